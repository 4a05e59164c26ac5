import type {
  ResolvedSetting,
  SettingChange,
  SettingLevel,
  SettingPreview,
  SettingRights,
  SettingView,
  StoredSetting,
  Team,
} from '../../src/client/settings-types.ts'
import type { FakeServer, Seen } from './fake-server.ts'
import { people } from './sample.ts'

const pool = { 'zh-CN': '公海', en: 'Public pool' }
const calendar = { 'zh-CN': '工作日历', en: 'Working calendar' }
const all: readonly SettingLevel[] = ['person', 'role', 'team', 'place', 'organisation']
const setting = (key: string, zh: string, en: string, rest: Partial<SettingView> & Pick<SettingView, 'type' | 'default'>): SettingView => ({
  ...{ key, plugin: key.split('.')[0] ?? '', group: pool, help: null, nullable: false, levels: all },
  ...{ label: { 'zh-CN': zh, en } },
  ...rest,
})
const office = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-12:00', '13:30-18:00']]))

/** A setting of every type. */
export const settingViews: readonly SettingView[] = [
  setting('pool.dailyClaims', '每日领取上限', 'Claims a day', {
    ...{ type: 'integer', default: 10, minimum: 0, nullable: true },
    help: { 'zh-CN': '一个人一天最多从公海领取的线索。', en: 'Leads one person may take from the pool in a day.' },
  }),
  setting('pool.holding', '持有上限', 'Leads held', { type: 'integer', default: 50, minimum: 0, nullable: true }),
  setting('pool.coolDown', '退回后的冷却', 'Waiting time after a return', { type: 'duration', default: '7d', nullable: true }),
  setting('pool.firstCall', '首次联系时限', 'Time to the first call', { type: 'duration', default: '2wh' }),
  setting('pool.share', '优质线索占比', 'Share of good leads', { type: 'percent', default: 2_500, minimum: 0, maximum: 10_000 }),
  setting('pool.masked', '公海中隐藏电话', 'Hide phone numbers in the pool', { type: 'boolean', default: true }),
  setting('pool.order', '领取顺序', 'Order of claims', {
    ...{ type: 'choice', default: 'newest' },
    options: [
      { value: 'newest', label: { 'zh-CN': '最新优先', en: 'Newest first' } },
      { value: 'best', label: { 'zh-CN': '评级高者优先', en: 'Best grade first' } },
    ],
  }),
  setting('pool.notices', '通知方式', 'Notices', {
    ...{ type: 'choices', default: ['app'] },
    options: [
      { value: 'app', label: { 'zh-CN': '站内', en: 'In the app' } },
      { value: 'mail', label: { 'zh-CN': '邮件', en: 'E-mail' } },
    ],
  }),
  setting('pool.digest', '日报时间', 'Time of the digest', { type: 'time', default: '09:00' }),
  setting('pool.sign', '署名', 'Signature', { type: 'text', default: '', levels: ['person', 'organisation'] }),
  setting('pool.taken.text', '线索被领取', 'Lead taken', {
    ...{ type: 'message', default: null, nullable: true, levels: ['organisation'], data: { name: 'text', by: 'person' } },
  }),
  setting('calendar.zone', '时区', 'Time zone', { type: 'zone', default: 'Asia/Shanghai', group: calendar, plugin: 'core' }),
  setting('calendar.hours', '工作时间', 'Working hours', {
    ...{ type: 'hours', default: office, group: calendar, plugin: 'core' },
    help: { 'zh-CN': '每个工作日的时段，没有列出的日子休息。', en: 'Hours of each weekday; a day left out is free.' },
  }),
  setting('calendar.holidays', '另外的休息日', 'Other days off', { type: 'dates', default: [], group: calendar, plugin: 'core' }),
  setting('calendar.workdays', '另外的上班日', 'Other workdays', { type: 'workdays', default: [], group: calendar, plugin: 'core' }),
  setting('calendar.years', '节假日安排', 'Official years', {
    ...{ type: 'years', default: [], group: calendar, plugin: 'core', levels: ['organisation'] },
  }),
]

const teams: readonly Team[] = [
  { id: 'sales', name: '销售部', parentId: null },
  { id: 'east', name: '华东', parentId: 'sales' },
  { id: 'south', name: '华南', parentId: 'sales' },
]

interface Member {
  readonly id: string
  readonly name: string
  readonly teamIds: readonly string[]
}

/** Settings as the server answers them: enough of the precedence for the component to be tested against. */
export class FakeSettings {
  definitions: readonly SettingView[] = settingViews
  rights: SettingRights = { read: true, define: true, leads: [], keys: settingViews.map(({ key }) => key) }
  version = 12
  values: StoredSetting[] = []
  readonly history: StoredSetting[] = []
  /** People beside those of the sample. */
  crowd = 0
  readonly #server: FakeServer

  constructor(server: FakeServer) {
    this.#server = server
    this.set([
      { key: 'pool.dailyClaims', level: 'organisation', value: 40 },
      { key: 'pool.dailyClaims', level: 'team', target: 'east', value: 30 },
      { key: 'pool.holding', level: 'team', target: 'south', value: null },
      { key: 'pool.coolDown', level: 'role', target: 'rep', value: '3d' },
    ])
  }

  get members(): readonly Member[] {
    const crowd = Array.from({ length: this.crowd }, (_, index) => ({
      id: `z-${String(index).padStart(4, '0')}`,
      name: `顾问 ${index + 1}`,
    }))
    return [...people, ...crowd]
      .map(({ id, name }, index) => ({ id, name, teamIds: [index % 2 === 0 ? 'east' : 'south'] }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Sets values as if somebody had, past every client. */
  set(changes: readonly SettingChange[], by = 'u-chen'): void {
    this.version += 1
    for (const { key, level, target = '', value, unset } of changes) {
      const row = { key, level, target, version: this.version, at: this.#server.now - 86_400_000, by }
      this.values = this.values.filter((one) => one.key !== key || one.level !== level || one.target !== target)
      if (!unset) this.values.push({ ...row, value })
      this.history.unshift(unset ? row : { ...row, value })
    }
  }

  answer({ method, path, query, body }: Seen): Response | null {
    if (path === 'teams') return json({ teams })
    if (method === 'POST') return path === 'settings/preview' ? json(this.#preview(body)) : this.#write(body)
    if (path === 'settings') return json({ settings: this.#resolved(query) })
    if (path === 'settings/definitions') return json({ settings: this.definitions })
    if (path === 'settings/rights') return json(this.rights)
    if (path === 'settings/values') return json({ values: this.values })
    if (path === 'settings/people') return json(this.#people(query))
    if (path !== 'settings/history') return null
    const [key, level, target] = [query.get('key'), query.get('level'), query.get('target') ?? '']
    return json({ entries: this.history.filter((one) => one.key === key && one.level === level && one.target === target) })
  }

  #resolved(query: URLSearchParams): ResolvedSetting[] {
    const [person, team, role] = [query.get('person'), query.get('team'), query.get('role')]
    const member = this.members.find(({ id }) => id === person)
    const places: [SettingLevel, string][] = [
      ...(person ? ([['person', person]] as [SettingLevel, string][]) : []),
      ...(role ? ([['role', role]] as [SettingLevel, string][]) : []),
      ...above(team ?? member?.teamIds[0]).map((id): [SettingLevel, string] => ['team', id]),
      ...(query.get('places')?.split(',') ?? []).map((id): [SettingLevel, string] => ['place', id]),
      ['organisation', ''],
    ]
    return this.definitions.map((definition) => this.#explain(definition, places))
  }

  #explain({ key, default: standard }: SettingView, places: readonly (readonly [SettingLevel, string])[]): ResolvedSetting {
    const found = places.flatMap(([level, target]) =>
      this.values.filter((one) => one.key === key && one.level === level && one.target === target),
    )
    const [winner, ...passed] = found
    return {
      ...{ key, value: winner ? winner.value : standard, level: winner?.level ?? 'default', target: winner?.target || null },
      ...{ version: winner?.version ?? 0, configVersion: this.version, at: winner?.at ?? null, by: winner?.by ?? null, passed },
    }
  }

  #people(query: URLSearchParams): unknown {
    const [key, after, limit] = [query.get('keys') ?? '', query.get('after') ?? '', Number(query.get('limit') ?? 100)]
    const [search, team] = [query.get('search') ?? '', query.get('team')]
    const found = this.members.filter(
      ({ id, name, teamIds }) => id > after && name.includes(search) && (!team || teamIds.some((one) => above(one).includes(team))),
    )
    const shown = found.slice(0, limit)
    const entries = shown.map((person) => ({
      person,
      settings: this.#resolved(new URLSearchParams({ person: person.id })).filter((one) => one.key === key),
    }))
    return { entries, cursor: found.length > limit && !search ? shown.at(-1)?.id : null }
  }

  #preview(body: unknown): SettingPreview {
    const { changes } = body as { changes: readonly SettingChange[] }
    const [kept, version, history] = [this.values, this.version, [...this.history]]
    const valueFor = (person: string, key: string) => this.#resolved(new URLSearchParams({ person })).find((one) => one.key === key)?.value
    const keys = [...new Set(changes.map(({ key }) => key))]
    const before = new Map(this.members.map(({ id }) => [id, keys.map((key) => valueFor(id, key))]))
    this.set(changes)
    const effects = this.members.flatMap(({ id }) =>
      keys.flatMap((key, index) => {
        const [old, now] = [before.get(id)?.[index], valueFor(id, key)]
        return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ person: id, key, before: old, after: now }]
      }),
    )
    this.values = kept
    this.version = version
    this.history.splice(0, this.history.length, ...history)
    return { effects: effects.slice(0, 500), total: effects.length, people: new Set(effects.map(({ person }) => person)).size }
  }

  #write(body: unknown): Response {
    const { changes, version } = body as { changes: readonly SettingChange[]; version?: number }
    const current = this.values.filter(
      (one) =>
        version !== undefined &&
        one.version > version &&
        changes.some(({ key, level, target = '' }) => one.key === key && one.level === level && one.target === target),
    )
    if (current.length > 0) return refused(409, { code: 'CONFLICT', message: '别人刚刚改过这条记录。', details: { current } })
    const wrong = changes.findIndex(({ key, value }) => {
      const { minimum } = this.definitions.find((one) => one.key === key) ?? {}
      return typeof value === 'number' && minimum !== undefined && value < minimum
    })
    if (wrong >= 0) {
      const issues = [{ code: 'PARAMETER_INVALID', path: `/changes/${wrong}/value`, message: '不能小于 0。' }]
      return refused(422, { code: 'VALIDATION_FAILED', message: '有 1 处需要修改。', details: { issues } })
    }
    this.set(changes, this.#server.actor)
    return json({ version: this.version })
  }
}

/** A team and those above it. */
function above(team: string | null | undefined): string[] {
  const one = teams.find(({ id }) => id === team)
  return one ? [one.id, ...above(one.parentId)] : []
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const refused = (status: number, error: object): Response => json({ error: { path: null, hint: null, ...error } }, status)

import type {
  Backtest,
  DeciderAdvance,
  DeciderPreview,
  DeciderRun,
  DeciderStep,
  DeciderVersion,
  DeciderView,
  NewDecider,
  Replay,
  SaveBody,
} from '@guanxi/core/types'
import type { FakeServer, Seen } from './fake-server.ts'

const DAY = 86_400_000
const usual = { records: 200, share: 0.05 }
const words = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const because = (name: string, days: number) =>
  words(`${name} 已 ${days} 天没有进展，回到经理。`, `${name} has not moved for ${days} days and goes back to the manager.`)

const rule = (days: number, owner: string) => ({
  id: 'rule',
  when: { and: [{ '===': [{ var: 'status' }, 'open'] }, { '<': [{ var: 'lastProgressAt' }, { ago: `P${days}D` }] }] },
  set: { ownerId: owner },
  because: {
    ...words('{name} 已 {days} 天没有进展，回到经理。', '{name} has not moved for {days} days and goes back to the manager.'),
    values: { name: { var: 'name' }, days: { daysBetween: [{ var: 'lastProgressAt' }, { now: [] }] } },
  },
})

/** What a request may send. */
type Sent = Partial<NewDecider & DeciderAdvance> & { readonly confirm?: string; readonly times?: DeciderView['schedule']['times'] }

const byHand: DeciderView['schedule'] = { times: null, own: false, zone: 'Asia/Shanghai', next: [] }

/** Rules, their versions and runs, in memory. */
export class FakeDeciders {
  deciders: DeciderView[]
  versions: Map<string, DeciderVersion[]>
  steps: Map<string, DeciderStep[]>
  runs: DeciderRun[]
  /** How many records a run would change. */
  affected = 1_479
  /** Records that somebody has changed since their run. */
  left = 0
  readonly #fake: FakeServer

  constructor(fake: FakeServer) {
    this.#fake = fake
    const { now } = fake
    const idle = 'admin.idle-deals'
    const label = words('停滞商机回经理', 'Idle deals go back')
    this.deciders = [
      {
        id: idle,
        object: 'deal',
        label,
        stage: 'shadow',
        version: 2,
        versions: 2,
        pilot: null,
        since: now - 3 * DAY,
        by: 'u-li',
        codeIsNewer: false,
        kind: 'condition',
        schedule: byHand,
        broken: null,
      },
      {
        ...{
          id: 'pool.recycle',
          object: 'customer',
          label: words('保护到期掉回公海', 'Expired customers go back to the pool'),
          stage: 'on',
          version: 6,
        },
        ...{
          versions: 7,
          pilot: null,
          since: now - 40 * DAY,
          by: 'u-chen',
          codeIsNewer: true,
          kind: 'condition',
          schedule: byHand,
          broken: null,
        },
      },
      {
        ...{ id: 'admin.priority', object: 'deal', label: words('大单升为高优先级', 'Large deals are urgent'), stage: 'draft', version: 1 },
        ...{ versions: 1, pilot: null, since: null, by: null, codeIsNewer: false, kind: 'condition', schedule: byHand, broken: null },
      },
    ]
    this.deciders.push({
      ...(this.deciders[2] as DeciderView),
      id: 'admin.amount-check',
      kind: 'validation',
      stage: 'on',
      label: words('大单须有决策人', 'Large deals need a decision maker'),
    })
    this.deciders.push({
      ...(this.deciders[3] as DeciderView),
      ...{ id: 'admin.won-deals', kind: 'automation', stage: 'shadow', version: 1, versions: 2 },
      label: words('赢单后安排交接', 'Won deals are handed over'),
    })
    const version = (number: number, days: number): DeciderVersion => ({
      ...{ version: number, at: now - (10 - number) * DAY, by: 'u-li', note: number === 2 ? '天数由 60 改为 90' : null },
      ...{ object: 'deal', label, settings: {}, rules: [rule(days, 'u-li')], blast: usual },
    })
    this.versions = new Map([
      [idle, [version(2, 90), version(1, 60)]],
      ['pool.recycle', [version(7, 45), version(6, 30)]],
      ['admin.priority', [version(1, 10)]],
      [
        'admin.amount-check',
        [
          {
            ...version(1, 10),
            rules: [],
            save: {
              ...{ kind: 'validation', on: ['create', 'update'], fields: null, mode: 'collect', order: 100, elevated: false, into: null },
              rules: [
                {
                  id: 'rule',
                  when: { and: [{ '===': [{ var: 'priority' }, 'high'] }, { '===': [{ var: 'competitor' }, null] }] },
                  do: [{ action: 'reject', params: { message: words('请写明竞争对手。', 'Name the competitor.'), field: 'competitor' } }],
                  because: words('高优先级的商机要写明竞争对手。', 'An urgent deal names its competitor.'),
                },
              ],
            },
          },
        ],
      ],
    ])
    this.versions.set('admin.won-deals', [
      { ...version(2, 10), rules: [], save: handOver(2) },
      { ...version(1, 10), rules: [], note: null, save: handOver(1) },
    ])
    const step = (stage: DeciderStep['stage'], number: number, ago: number): DeciderStep => ({
      ...{ stage, version: number, pilot: null, at: now - ago * DAY, by: 'u-li', note: null, schedule: null },
    })
    this.steps = new Map([[idle, [step('shadow', 2, 3), step('draft', 1, 9)]]])
    this.runs = [
      this.#run({ id: 'run-1', version: 2, affected: 37, startedAt: now - DAY / 2 }),
      this.#run({ id: 'run-s', version: 2, mode: 'shadow', affected: 41, startedAt: now - 3 * DAY }),
    ]
  }

  /** A schedule was due and a limit stopped its run; and a field that a rule needs is gone. */
  wait(): void {
    const breaches = [{ kind: 'team' as const, team: 't-east', affected: 812, limit: 74 }]
    const run = this.#run({ id: 'w-1', version: 2, status: 'waiting', planned: this.affected, affected: 0, breaches, by: '$schedule' })
    this.runs = [run, { ...run, id: 'w-2', decider: 'pool.recycle', object: 'customer', planned: 260 }, ...this.runs]
    this.break('admin.amount-check')
  }

  break(id: string): void {
    const message = words('没有字段「竞争对手」。', 'There is no field “competitor”.')
    const broken = { code: 'FIELD_UNKNOWN', message, path: '/rules/0/when/competitor', since: this.#fake.now - 2 * DAY }
    this.deciders = this.deciders.map((one) => (one.id === id ? { ...one, broken } : one))
  }

  #run(values: Partial<DeciderRun>): DeciderRun {
    const { now } = this.#fake
    const at = values.startedAt ?? now
    return {
      ...{ id: `run-${this.runs?.length ?? 0}-new`, decider: 'admin.idle-deals', object: 'deal', version: 1, mode: 'live', status: 'done' },
      ...{ at, startedAt: at, finishedAt: at + 800, by: 'u-li', affected: 0, skipped: { count: 0, cases: [] }, undo: null },
      ...{ planned: values.affected ?? 0, breaches: [], dismissed: null, seed: null, metrics: {} },
      ...values,
    }
  }

  answer({ method, path, query, body }: Seen): Response | null {
    const [area = '', id = '', what = ''] = path.split('/').map(decodeURIComponent)
    const sent = Object(body) as Sent
    if (area === 'decider-runs') return this.#runs(method, id, query, what)
    if (!id) return method === 'POST' ? this.#create(sent) : Response.json({ deciders: this.deciders })
    const decider = this.deciders.find((one) => one.id === id)
    if (!decider) return null
    if (!what) return Response.json(decider)
    if (what === 'versions')
      return method === 'POST' ? this.#propose(decider, sent) : Response.json({ versions: this.versions.get(id) ?? [] })
    if (what === 'history') return Response.json({ steps: this.steps.get(id) ?? [] })
    if (what === 'preview') return Response.json(this.#preview(decider, Number(query.get('version') ?? decider.version)))
    if (what === 'cases') return Response.json({ cases: this.#preview(decider, decider.version).sample, after: null })
    if (what === 'backtest') return Response.json(this.#backtest(decider, query))
    if (what === 'stage') return this.#advance(decider, sent)
    if (what === 'rollback') return this.#rollback(decider)
    if (what === 'replay') return Response.json(this.#replay(decider))
    if (what === 'schedule') return Response.json(this.#put({ ...decider, schedule: { ...byHand, times: sent.times ?? null, own: true } }))
    return what === 'run' ? this.#carryOut(decider, sent) : null
  }

  #runs(method: string, id: string, query: URLSearchParams, what: string): Response | null {
    if (!id) {
      const decider = query.get('decider')
      const status = query.get('status')
      return Response.json({ runs: this.runs.filter((run) => (!decider || run.decider === decider) && (!status || run.status === status)) })
    }
    const run = this.runs.find((one) => one.id === id)
    if (!run || method === 'GET') return run ? Response.json(run) : null
    if (what === 'dismiss' || what === 'confirm') return this.#settle(run, what)
    const kept = Array.from({ length: this.left }, (_, index) => ({ id: `d${index}`, reason: 'record_changed' as const }))
    const undo = { at: this.#fake.now, by: 'u-li', undone: run.affected - this.left, left: this.left, kept }
    const undone = { ...run, status: 'undone' as const, undo }
    this.runs = this.runs.map((one) => (one.id === id ? undone : one))
    return Response.json(undone)
  }

  #replay({ id, version }: DeciderView): Replay {
    const { now } = this.#fake
    const message = words('高优先级的商机要写明竞争对手。', 'An urgent deal names its competitor.')
    const sample = {
      id: 'd2',
      name: '协同办公 80 席',
      at: now - DAY,
      by: 'u-sun',
      rule: 'rule',
      because: message,
      values: {},
      actions: [],
      refused: true,
    }
    return {
      ...{ decider: id, version, from: now - 30 * DAY, to: now, saves: 1_000, fired: 31, unknown: 2, rules: [{ id: 'rule', fired: 31 }] },
      ...{
        people: [
          { id: 'u-sun', fired: 20, saves: 340 },
          { id: 'u-li', fired: 11, saves: 402 },
        ],
        sample: [sample],
      },
    }
  }

  #settle(run: DeciderRun, what: 'confirm' | 'dismiss'): Response {
    const dismissed = { at: this.#fake.now, by: 'u-li', superseded: false }
    const settled: DeciderRun =
      what === 'confirm' ? { ...run, status: 'done', affected: run.planned } : { ...run, status: 'dismissed', dismissed }
    this.runs = this.runs.map((one) => (one.id === run.id ? settled : one))
    return Response.json(what === 'confirm' ? { status: 'done', run: settled } : settled)
  }

  #create({ name, object = '', label = words('', ''), rules = [], save, limits }: Sent): Response {
    const id = `admin.${String(name)}`
    if (this.deciders.some((one) => one.id === id)) return refused(409, 'CONFLICT', '已经有这个名字的规则。', '/name')
    const view: DeciderView = {
      ...{
        id,
        object,
        label,
        stage: 'draft',
        version: 1,
        versions: 1,
        pilot: null,
        since: null,
        by: 'u-li',
        codeIsNewer: false,
        kind: save?.kind ?? 'condition',
        schedule: byHand,
        broken: null,
      },
    }
    this.deciders = [...this.deciders, view]
    const made = {
      version: 1,
      at: this.#fake.now,
      by: 'u-li',
      note: null,
      object,
      label,
      settings: {},
      rules,
      ...saveOf(save),
      blast: { ...usual, ...limits?.blast },
    }
    this.versions.set(id, [made])
    return Response.json(view, { status: 201 })
  }

  #propose(decider: DeciderView, { rules, save, limits, note }: Sent): Response {
    const all = this.versions.get(decider.id) ?? []
    const last = all[0]
    const made = {
      ...{ version: decider.versions + 1, at: this.#fake.now, by: 'u-li', note: note ?? null, schedule: null },
      ...{
        object: decider.object,
        label: decider.label,
        settings: {},
        rules: rules ?? last?.rules ?? [],
        ...saveOf(save ?? last?.save),
        blast: { ...usual, ...limits?.blast },
      },
    }
    this.versions.set(decider.id, [made, ...all])
    const isDraft = decider.stage === 'draft'
    this.#put({ ...decider, versions: made.version, ...(isDraft && { version: made.version }) })
    return Response.json(made, { status: 201 })
  }

  #preview({ id, stage }: DeciderView, version: number): DeciderPreview {
    const { affected } = this
    const { now } = this.#fake
    const share = (who: string | null, count: number, holdings: number) => ({ id: who, affected: count, holdings })
    const sample = (this.#fake.records.get('deal') ?? []).slice(0, 5).map((record, index) => ({
      ...{ id: record.id, name: String(record.name), rule: 'rule', because: because(String(record.name), 91 + index * 7) },
      values: { ownerId: [record.ownerId, 'u-li'] as const },
    }))
    const breaches =
      affected > 200
        ? [
            { kind: 'records' as const, team: null, affected, limit: 200 },
            { kind: 'team' as const, team: 't-east', affected: 812, limit: 74 },
          ]
        : []
    return {
      ...{ decider: id, version, at: now, considered: 8_800, affected, share: affected / 8_800, unknown: 12, breaches, metrics: {} },
      ...{ rules: [{ id: 'rule', affected }], token: breaches.length > 0 && stage !== 'shadow' ? 'token-1' : null },
      people: [share('u-sun', 812, 1_480), share('u-chen', 401, 990), share('u-li', 266, 1_204)],
      teams: [share('t-east', 812, 1_480), share(null, 667, 2_194)],
      sample: affected > 0 ? sample : [],
      path: { way: 'statement', because: [] },
    }
  }

  #backtest({ id, version, versions }: DeciderView, query: URLSearchParams): Backtest {
    const { now } = this.#fake
    const days = Number(query.get('days') ?? 90)
    const person = (who: string | null, gained: number, lost: number) => ({ id: who, gained, lost })
    const decision = (name: string, ago: number) => ({ at: now - ago * DAY, rule: 'rule', because: because(name, 91) })
    const most = (this.#fake.records.get('deal') ?? []).slice(0, 6).map((record, index) => ({
      ...{ id: record.id, name: String(record.name), differing: 40 - index * 5 },
      current: index % 3 === 1 ? null : decision(String(record.name), 20),
      next: index % 3 === 0 ? null : decision(String(record.name), 12),
    }))
    return {
      ...{
        decider: id,
        current: Number(query.get('against') ?? 0) || (versions > 1 ? version : null),
        next: Number(query.get('version') ?? versions),
      },
      ...{
        from: now - days * DAY,
        to: now,
        instants: days,
        considered: 2_418,
        decided: { current: 146, next: 128 },
        share: 0.0306,
        unknown: 9,
        metrics: { current: {}, next: {} },
      },
      differing: { records: 74, onlyCurrent: 41, onlyNext: 23, otherwise: 10 },
      people: [person('u-sun', 0, 12), person('u-chen', 5, 0), person('u-li', 26, 19)],
      teams: [person('t-east', 5, 31), person(null, 26, 0)],
      most,
    }
  }

  #advance(decider: DeciderView, { to = 'off', version, pilot, note }: Sent): Response {
    const now = version ?? decider.versions
    const step = { stage: to, version: now, pilot: pilot ?? null, at: this.#fake.now, by: 'u-li', note: note ?? null, schedule: null }
    this.steps.set(decider.id, [step, ...(this.steps.get(decider.id) ?? [])])
    return Response.json(this.#put({ ...decider, stage: to, version: now, pilot: pilot ?? null, since: this.#fake.now, by: 'u-li' }))
  }

  #rollback(decider: DeciderView): Response {
    const [, before] = this.steps.get(decider.id) ?? []
    const { stage = 'draft', version = 1, pilot = null } = before ?? {}
    this.steps.set(decider.id, [
      { stage, version, pilot, at: this.#fake.now, by: 'u-li', note: null, schedule: null },
      ...(this.steps.get(decider.id) ?? []),
    ])
    return Response.json(this.#put({ ...decider, stage, version, pilot }))
  }

  #carryOut(decider: DeciderView, { confirm }: Sent): Response {
    const preview = this.#preview(decider, decider.version)
    if (preview.token && confirm !== preview.token) return Response.json({ status: 'confirm', preview })
    const mode = decider.stage === 'shadow' ? ('shadow' as const) : ('live' as const)
    const run = this.#run({ decider: decider.id, object: decider.object, version: decider.version, mode, affected: this.affected })
    this.runs = [run, ...this.runs]
    return Response.json({ status: 'done', run })
  }

  #put(view: DeciderView): DeciderView {
    this.deciders = this.deciders.map((one) => (one.id === view.id ? view : one))
    return view
  }
}

/** A rule on save with actions of many sorts, some of which no control can show. */
function handOver(version: number): SaveBody {
  const task = { title: '交接：{name}', days: version, owner: { var: 'ownerId.leaderId' } }
  const shout = { text: words('{name} 赢了！', '{name} is won!'), loudness: 9, how: { pitch: 440 }, echo: true }
  return {
    ...{ kind: 'automation', on: ['update'], fields: ['status'], mode: 'first', order: 100, elevated: false, into: null },
    rules: [
      {
        id: 'won',
        when: { and: [{ '===': [{ var: 'status' }, 'won'] }, { changed: ['status'] }] },
        do: [
          { action: 'standard.task', params: task },
          {
            action: 'set',
            params: {
              values: { priority: 'low', ownerId: { if: [{ '===': [{ var: 'competitor' }, null] }, { var: 'ownerId' }, 'u-li'] } },
            },
          },
          { action: 'office.shout', params: shout },
          { action: 'gone.away', params: { deep: { er: 1 } } },
        ],
        because: { ...words('{name} 赢单', '{name} is won'), values: { name: { var: 'name' } } },
      },
    ],
  }
}

/** What is usual where nothing is said. */
function saveOf(save: Sent['save']): { save?: SaveBody } {
  if (!save) return {}
  const usual = { on: ['create', 'update'] as const, fields: null, mode: 'first' as const, order: 100, elevated: false, into: null }
  return { save: { ...usual, ...save } }
}

function refused(status: number, code: string, message: string, path: string): Response {
  return Response.json({ error: { code, message, path, hint: null } }, { status })
}

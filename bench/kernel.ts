import { writeFile } from 'node:fs/promises'
import {
  defineCommand,
  defineLedger,
  definePlugin,
  defineSetting,
  type Identity,
  type Posting,
  type Setting,
  type SettingChange,
} from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import type { Store } from '@guanxi/core/store'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { type Calendar, deadline, WorkingTime } from '@guanxi/core/time'
import type { SqliteDriver } from './contenders/sqlite-connection.ts'
import { openServer, storeAt, temporaryFolder } from './database.ts'
import { thisMachine } from './machine.ts'
import { leadSubject } from './standard-lead.ts'
import { median } from './statistics.ts'
import { benchLead, benchPlugin, subject } from './subject.ts'

/*
 * The speed bars of the shared kernel: settings, deadlines, ledgers. `node --conditions=source bench/kernel.ts` writes KERNEL.md.
 */

interface Line {
  readonly what: string
  readonly measured: string
  readonly bar: string
  readonly met: boolean
}

const label = { 'zh-CN': '甲', en: 'A' }
const settings: Setting<number | null>[] = Array.from({ length: 40 }, (_, index) =>
  defineSetting(`kernel.key${index}`, { type: 'integer', nullable: true, default: 1, stricter: 'lower', label }),
)
const claims = defineLedger('kernel.claims', { label, unit: 'count' })

let inside = { perCall: 0 }

/** Resolves settings where deciders do: inside a command, without asking the database. */
const resolve = defineCommand<{ readonly person: string }, number>({
  id: 'kernel.resolve',
  roles: '*',
  input: { type: 'object' },
  checks: [],
  run: async ({ person }, context) => {
    const [setting] = settings
    if (!setting) return 0
    const question = { person, places: ['pool:north'] }
    for (let index = 0; index < 50_000; index++) await context.settings.get(setting, question)
    const calls = 200_000
    const start = performance.now()
    for (let index = 0; index < calls; index++) await context.settings.get(setting, question)
    inside = { perCall: ((performance.now() - start) / calls) * 1_000 }
    return inside.perCall
  },
})

const bench = definePlugin({
  id: 'kernel',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.ledger(claims)
    plugin.command(resolve)
    for (const setting of settings) plugin.setting(setting)
  },
})

const opened = (store: Store): Promise<TestCrm> => createTestCrm({ store, plugins: [benchPlugin(), bench()], standard: false })

/** 500 people, 40 settings, values at every level. */
async function settingLines(crm: TestCrm): Promise<Line[]> {
  const people = Array.from({ length: 500 }, (_, index) => ({
    id: `p${index}`,
    name: `P${index}`,
    roles: ['rep', 'senior'],
    teamIds: ['sh'],
  }))
  await crm.directory.put({
    teams: [
      { id: 'east', name: 'E' },
      { id: 'sh', name: 'S', parentId: 'east' },
    ],
    people,
  })
  const levels = [
    { level: 'organisation', value: 9 },
    { level: 'place', target: 'pool:north', value: 8 },
    { level: 'team', target: 'east', value: 7 },
    { level: 'team', target: 'sh', value: 6 },
    { level: 'role', target: 'rep', value: 5 },
    { level: 'role', target: 'senior', value: 4 },
  ] as const
  const changes = settings.flatMap(({ key }): SettingChange[] => [
    ...levels.map((one) => ({ key, ...one })),
    ...people.slice(0, 200).map(({ id }, index) => ({ key, level: 'person' as const, target: id, value: index })),
  ])
  const user = crm.user()
  for (let start = 0; start < changes.length; start += 5_000) await user.settings.set(changes.slice(start, start + 5_000))
  await user.run(resolve, { person: 'p100' })
  const own = inside.perCall
  await user.run(resolve, { person: 'p400' })
  const start = performance.now()
  const all = await user.settings.resolveMany(people.map(({ id }) => id))
  const took = performance.now() - start
  const count = [...all.values()].reduce((sum, list) => sum + list.length, 0)
  return [
    line('one setting of one person, set for the person', own, 'µs', 5),
    line('the same, set for a role and six other levels asked', inside.perCall, 'µs', 5),
    {
      what: `${count.toLocaleString('en')} settings with provenance: 500 people × 46 keys`,
      measured: `${took.toFixed(0)} ms`,
      bar: '',
      met: true,
    },
  ]
}

function deadlineLines(): Line[] {
  const day = ['09:00-12:00', '13:30-18:00']
  const calendar: Calendar = {
    zone: 'Asia/Shanghai',
    weeklyHours: { mon: day, tue: day, wed: day, thu: day, fri: day },
    holidays: ['2026-04-04', '2026-04-05', '2026-04-06'],
    extraWorkdays: [{ date: '2026-02-14' }],
  }
  return ['Asia/Shanghai', 'America/New_York'].flatMap((zone) =>
    ['90wm', '12wh', '2wd', '7d'].map((duration) => {
      const time = new WorkingTime({ ...calendar, zone })
      const start = Date.parse('2026-01-05T01:00:00Z')
      const calls = 200_000
      for (let index = 0; index < calls; index++) deadline(time, start + index * 60_000, duration)
      const began = performance.now()
      for (let index = 0; index < calls; index++) deadline(time, start + index * 60_000, duration)
      return line(`a deadline of ${duration} in ${zone}`, ((performance.now() - began) / calls) * 1_000, 'µs', 10)
    }),
  )
}

interface Cost {
  readonly elapsed: number
  readonly cpu: number
}

/** A write, alone or with an entry. */
interface Carrier {
  readonly what: string
  write(n: number, post?: Posting): Promise<unknown>
}

/** What entries travel on: the barest create there is, one as in life, and a claim, which is what counters and ledgers were made for. */
async function carriersOf(bare: TestCrm, whole: TestCrm): Promise<Carrier[]> {
  const who = { id: 'bench' } satisfies Partial<Identity>
  const records = bare.user(who).records(benchLead)
  const leads = whole.user(who).records(lead.name)
  const { ids } = await leads.createMany(Array.from({ length: 1_000 }, (_, n) => leadSubject.record(n)))
  const with_ = (post?: Posting) => (post ? { post: [post] } : {})
  return [
    { what: 'a create of 25 fields', write: (n, post) => records.create(subject(n), with_(post)) },
    { what: 'a create of a standard lead', write: (n, post) => leads.create(leadSubject.record(n), with_(post)) },
    {
      what: 'a claim of a standard lead',
      write: (n, post) => leads.update({ id: ids[n % ids.length] ?? '', version: 'any' }, { ownerId: `rep${n % 7}` }, with_(post)),
    },
  ]
}

/** A write with and without an entry take turns, so that both meet the same machine; the ratio is the median of the pairs. */
async function ledgerLine(engine: string, { what, write }: Carrier): Promise<Line> {
  let next = 0
  const plain = (): Promise<unknown> => write(next++)
  const posting = (): Promise<unknown> => {
    next++
    return write(next, { ledger: claims, account: `rep${next % 50}`, amount: 1, key: `${what}${next}`, limit: 1_000_000 })
  }
  const cost = async (work: () => Promise<unknown>, count: number): Promise<Cost> => {
    const cpu = process.cpuUsage()
    const start = performance.now()
    for (let index = 0; index < count; index++) await work()
    const { user, system } = process.cpuUsage(cpu)
    return { elapsed: ((performance.now() - start) / count) * 1_000, cpu: (user + system) / count }
  }
  for (const work of [plain, posting]) await cost(work, 1_000)
  const costs: { plain: Cost[]; posting: Cost[] } = { plain: [], posting: [] }
  // Short turns, each with its neighbour: whatever else the machine does falls on both alike.
  for (let index = 0; index < 64; index++) {
    const order = index % 2 === 0 ? (['plain', 'posting'] as const) : (['posting', 'plain'] as const)
    for (const name of order) costs[name].push(await cost(name === 'plain' ? plain : posting, 40))
  }
  // What SQLite does is CPU of this process; PostgreSQL works elsewhere, so there it is elapsed time.
  const measure = engine === 'postgres' ? 'elapsed' : 'cpu'
  const [without, with_] = [costs.plain, costs.posting].map((list) => median(list.map((one) => one[measure]))) as [number, number]
  const ratio = median(costs.plain.map((one, index) => (costs.posting[index]?.[measure] ?? 0) / one[measure]))
  return {
    what: `${what} that posts, ${engine}: ${with_.toFixed(0)} µs ${measure} against ${without.toFixed(0)} µs`,
    measured: `${ratio.toFixed(2)}x`,
    bar: '≤ 1.3x',
    met: ratio <= 1.3,
  }
}

function line(what: string, value: number, unit: string, bar: number): Line {
  return { what, measured: `${value.toFixed(2)} ${unit}`, bar: `≤ ${bar} ${unit}`, met: value <= bar }
}

const lines: Line[] = [...deadlineLines()]
const folder = await temporaryFolder()
const server = await openServer()
try {
  const sqliteAt = (driver: SqliteDriver) => (name: string) =>
    storeAt({ engine: 'sqlite', driver, file: folder.file(`${driver}-${name}`) }, 1, () => {})
  const stores: [string, (name: string) => Store | Promise<Store>][] = [
    ['sqlite3', sqliteAt('sqlite3')],
    ['better-sqlite3', sqliteAt('better-sqlite3')],
    ['postgres', async (name) => storeAt({ engine: 'postgres', url: await server.database(name) }, 1, () => {})],
  ]
  for (const [engine, store] of stores) {
    const bare = await opened(await store('bare'))
    const whole = await createTestCrm({ store: await store('whole'), plugins: [bench()] })
    if (engine === 'better-sqlite3') lines.push(...(await settingLines(bare)))
    for (const carrier of await carriersOf(bare, whole)) lines.push(await ledgerLine(engine, carrier))
    await bare.close()
    await whole.close()
  }
} finally {
  await server.close()
  await folder.remove()
}

const machine = await thisMachine()
const table = lines.map(
  ({ what, measured, bar, met }) => `| ${what} | ${measured} | ${bar} | ${bar === '' ? '' : met ? 'met' : '**missed**'} |`,
)
const text = `# Benchmarks of the kernel

What calendars, settings and ledgers cost, warm, on one connection. The create of 25 fields is the one that RESULTS.md
measures, with its hook: the barest write there is, so an entry weighs most there. A claim changes the owner of a lead. Written by \`node --conditions=source bench/kernel.ts\`.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine.cores} × ${machine.model}, ${machine.platform}, Node ${machine.node}

| what | measured | bar | |
| --- | --: | --- | --- |
${table.join('\n')}
`
process.stdout.write(text)
await writeFile(new URL('KERNEL.md', import.meta.url), text)

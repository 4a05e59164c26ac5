import { writeFile } from 'node:fs/promises'
import { committed, defineConsumer, defineJob, defineObject, definePlugin, type Plugin } from '@guanxi/core'
import { jobTable, type Store } from '@guanxi/core/store'
import { createTestCrm } from '@guanxi/core/testing'
import Database from 'better-sqlite3'
import pg from 'pg'
import { v7 } from 'uuid'
import { openServer, type Place, storeAt, temporaryFolder } from './database.ts'
import { type Delays, liveDelays } from './live-delay.ts'
import { thisMachine } from './machine.ts'
import { median } from './statistics.ts'

/*
 * Work in the background against the barest way to do it by hand: jobs against a loop over SKIP LOCKED, consumers against a loop over a
 * cursor, and writes with ten committed hooks against writes with none. Both sides are warmed up with the same work. And how long it
 * takes until somebody who looks on over HTTP hears of a commit. `npm run bench:work` writes WORK.md.
 */

const jobCount = 2_000
const changeCount = 20_000
const chunk = 5_000
const writeCount = 4_000
const writeSlice = 200
const rounds = 3
const workers = 8

const order = defineObject('order', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, amount: { type: 'integer' }, note: { type: 'string' } },
})
const nothing = defineJob<object>({ id: 'bench.nothing', input: { type: 'object' }, run: () => {} })
let told = 0

const plugin = (hooks: number, batch: number): Plugin =>
  definePlugin({
    id: 'bench',
    version: '1.0.0',
    core: '^0.1.0',
    setup(recorder) {
      recorder.object(order)
      recorder.job(nothing)
      for (let index = 0; index < hooks; index++) recorder.hook(committed(order, { id: `hook-${index}` }, () => {}))
      if (batch > 0)
        recorder.consumer(
          defineConsumer({
            id: 'bench.feed',
            batch,
            run: (changes) => {
              told += changes.length
            },
          }),
        )
    },
  })()

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (count / (performance.now() - start)) * 1_000
}

/** By the processor's time, which others on the machine do not take part in. For work that waits for nobody. */
async function perBusySecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (count / (user + system)) * 1_000_000
}

async function withCrm<T>(
  place: Place,
  plugins: readonly Plugin[],
  work: (crm: Awaited<ReturnType<typeof createTestCrm>>, store: Store) => Promise<T>,
) {
  const store = storeAt(place, workers, () => {})
  const crm = await createTestCrm({ store, plugins, standard: false, concurrency: workers })
  try {
    await crm.user().definitions.list()
    return await work(crm, store)
  } finally {
    await crm.close()
  }
}

/** Our jobs, put there by hand so that only the running of them is measured. */
function jobs(place: Place): Promise<number> {
  return withCrm(place, [plugin(0, 0)], async (crm, store) => {
    const columns = [
      'tenant_id',
      'job',
      'key',
      'id',
      'input',
      'priority',
      'due_at',
      'max_attempts',
      'attempts',
      'state',
      'created_at',
      'actor_kind',
      'actor_id',
    ]
    const rows = Array.from({ length: jobCount }, () => {
      const id = v7()
      return ['test', nothing.id, id, id, '{}', 1, 0, 10, 0, 'waiting', 0, 'user', 'ada']
    })
    await store.direct.put({ table: jobTable, columns }, rows, 'error')
    return perSecond(jobCount, () => crm.flush())
  })
}

/** A row locked, worked at, deleted: one transaction each, on as many connections. */
async function bareJobs(url: string): Promise<number> {
  const clients = Array.from({ length: workers }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  try {
    await clients[0]?.query(
      'DROP TABLE IF EXISTS bare_job; CREATE TABLE bare_job (id bigint PRIMARY KEY, due bigint, input json); CREATE INDEX ON bare_job (due)',
    )
    await clients[0]?.query(`INSERT INTO bare_job SELECT n, 0, '{}' FROM generate_series(1, ${jobCount}) n`)
    const loop = async (client: pg.Client): Promise<void> => {
      for (;;) {
        await client.query('BEGIN')
        const take = {
          name: 'take',
          text: 'SELECT id, input FROM bare_job WHERE due <= $1 ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED',
          values: [1],
        }
        const { rows } = await client.query(take)
        if (rows[0]) await client.query({ name: 'done', text: 'DELETE FROM bare_job WHERE id = $1', values: [rows[0].id] })
        await client.query('COMMIT')
        if (!rows[0]) return
      }
    }
    return await perSecond(jobCount, async () => void (await Promise.all(clients.map(loop))))
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

type Speed = (count: number, work: () => Promise<void>) => Promise<number>

async function consumers(place: Place, batch: number, speedOf: Speed): Promise<number> {
  return withCrm(place, [plugin(0, batch)], async (crm) => {
    const records = crm.user().records(order)
    const values = Array.from({ length: chunk }, (_, index) => ({ name: `order ${index}`, amount: index, note: 'as it was' }))
    const round = async (): Promise<number> => {
      for (let made = 0; made < changeCount; made += chunk) await records.createMany(values)
      told = 0
      const speed = await speedOf(changeCount, () => crm.flush())
      if (told !== changeCount) throw new Error(`${told} changes were told, not ${changeCount}.`)
      return speed
    }
    await round()
    return round()
  })
}

/** The same log read by hand, a page at a time, its place kept after each. */
async function bareCursor(file: string): Promise<number> {
  const database = new Database(file)
  try {
    database.exec('CREATE TABLE IF NOT EXISTS bare_cursor (id INTEGER PRIMARY KEY, seq INTEGER)')
    const page = database.prepare('SELECT * FROM crm_change WHERE seq > ? ORDER BY seq LIMIT 100')
    const keep = database.prepare('INSERT OR REPLACE INTO bare_cursor VALUES (1, ?)')
    const start = (database.prepare('SELECT max(seq) AS last FROM crm_change').get() as { last: number }).last - changeCount
    const round = (): Promise<number> =>
      perBusySecond(changeCount, async () => {
        let read = 0
        for (let seq = start; ; ) {
          const rows = page.all(seq) as { seq: number; values: string }[]
          if (rows.length === 0) return requireAll(read)
          for (const row of rows) read += Object.keys(JSON.parse(row.values)).length > 0 ? 1 : 0
          seq = rows.at(-1)?.seq ?? seq
          keep.run(seq)
        }
      })
    await round()
    return await round()
  } finally {
    database.close()
  }
}

/** As {@link bareCursor}, on PostgreSQL: in the order in which transactions ended, which takes the condition on their numbers. */
async function bareCursorOn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('CREATE TABLE bare_cursor (id int PRIMARY KEY, xid text, seq bigint); INSERT INTO bare_cursor VALUES (1, NULL, 0)')
    const text =
      'SELECT * FROM crm_change WHERE (xid, seq) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ' +
      'ORDER BY xid, seq LIMIT 100'
    const first = 'SELECT xid, seq FROM crm_change ORDER BY xid DESC, seq DESC OFFSET $1 LIMIT 1'
    const start = (await client.query(first, [changeCount])).rows[0]
    const round = (): Promise<number> =>
      perSecond(changeCount, async () => {
        let read = 0
        for (let { xid, seq } = start; ; ) {
          const { rows } = await client.query({ name: 'page', text, values: [xid, seq] })
          if (rows.length === 0) return requireAll(read)
          for (const row of rows) read += Object.keys(row.values).length > 0 ? 1 : 0
          ;({ xid, seq } = rows.at(-1))
          await client.query({ name: 'keep', text: 'UPDATE bare_cursor SET xid = $1, seq = $2 WHERE id = 1', values: [xid, seq] })
        }
      })
    await round()
    return await round()
  } finally {
    await client.end()
  }
}

function requireAll(read: number): void {
  if (read !== changeCount) throw new Error(`${read} changes were read, not ${changeCount}.`)
}

/** Slice by slice in turns, each beginning as often as the other: what warms up or slows down the one does so to the other. */
function writes(placeOf: () => Promise<Place>): Promise<{ ours: number; bare: number }> {
  const make = (crm: Awaited<ReturnType<typeof createTestCrm>>) => async (): Promise<number> => {
    const records = crm.user().records(order)
    const start = process.cpuUsage()
    for (let index = 0; index < writeSlice; index++) await records.create({ name: `order ${index}`, amount: index })
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  return placeOf().then((first) =>
    withCrm(first, [plugin(10, 0)], async (hooked) =>
      withCrm(await placeOf(), [plugin(0, 0)], async (plain) => {
        const [ours, bare] = [make(hooked), make(plain)]
        for (let slice = 0; slice < 4; slice++) await (slice % 2 ? ours() : bare())
        const spent = { ours: 0, bare: 0 }
        for (let done = 0, turn = 0; done < writeCount; done += writeSlice, turn++) {
          if (turn % 2) spent.ours += await ours()
          spent.bare += await bare()
          if (turn % 2 === 0) spent.ours += await ours()
        }
        return { ours: (writeCount / spent.ours) * 1_000_000, bare: (writeCount / spent.bare) * 1_000_000 }
      }),
    ),
  )
}

const server = await openServer()
const folder = await temporaryFolder()
const lines: { what: string; ours: number; bare: number; bar: number }[] = []
const delays: ({ engine: string } & Delays)[] = []
let names = 0
const sqliteAt = (): Place & { readonly file: string } => ({
  engine: 'sqlite',
  driver: 'better-sqlite3',
  file: folder.file(`work${names++}`),
})

async function compare(what: string, bar: number, once: () => Promise<{ ours: number; bare: number }>): Promise<void> {
  const results: { ours: number; bare: number }[] = []
  for (let round = 0; round < rounds; round++) results.push(await once())
  lines.push({ what, ours: median(results.map(({ ours }) => ours)), bare: median(results.map(({ bare }) => bare)), bar })
}

try {
  await compare(`jobs on PostgreSQL, ${workers} at once, against a loop over SKIP LOCKED`, 0.5, async () => {
    const url = await server.database(`jobs${names++}`)
    return { bare: await bareJobs(url), ours: await jobs({ engine: 'postgres', url }) }
  })
  for (const batch of [100, 1]) {
    await compare(`changes on SQLite, told ${batch} at a time, against a loop over a cursor`, batch === 1 ? 0.25 : 0.5, async () => {
      const place = sqliteAt()
      const ours = await consumers(place, batch, perBusySecond)
      return { ours, bare: await bareCursor(place.file) }
    })
    await compare(`changes on PostgreSQL, told ${batch} at a time, against a loop over a cursor`, batch === 1 ? 0.25 : 0.5, async () => {
      const url = await server.database(`changes${names++}`)
      const ours = await consumers({ engine: 'postgres', url }, batch, perSecond)
      return { ours, bare: await bareCursorOn(url) }
    })
  }
  delays.push({ engine: 'SQLite', ...(await liveDelays(sqliteAt(), order)) })
  delays.push({ engine: 'PostgreSQL', ...(await liveDelays({ engine: 'postgres', url: await server.database(`live${names++}`) }, order)) })
  const hooked = 'creates with ten committed hooks, against creates with none'
  await compare(`${hooked}, SQLite`, 0.95, () => writes(async () => sqliteAt()))
  await compare(`${hooked}, PostgreSQL, work of the process`, 0.95, () =>
    writes(async () => ({ engine: 'postgres', url: await server.database(`hooked${names++}`) })),
  )
} finally {
  await folder.remove()
  await server.close()
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const table = lines.map(
  ({ what, ours, bare, bar }) => `| ${what} | ${whole(ours)} | ${whole(bare)} | ${(ours / bare).toFixed(2)} | ${bar} |`,
)
const machine = await thisMachine()
const text = [
  '# Work in the background',
  '',
  'Per second (on SQLite, and for creates, of the processor’s time), the median of three rounds. Written by `npm run bench:work`.',
  '',
  `${machine.model}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}.`,
  '',
  '| what | Guanxi | by hand | ratio | aim, at least |',
  '| --- | --- | --- | --- | --- |',
  ...table,
  '',
  'From a commit until somebody who follows over HTTP (server-sent events) has heard of it, milliseconds, at random moments:',
  '',
  '| what | median | 95 of 100 | longest |',
  '| --- | --- | --- | --- |',
  ...delays.map(({ engine, middle, p95, longest }) => `| ${engine} | ${whole(middle)} | ${whole(p95)} | ${whole(longest)} |`),
  '',
].join('\n')
await writeFile(new URL('WORK.md', import.meta.url), text)
console.log(text)

import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  type Crm,
  createCrm,
  defineDecider,
  defineObject,
  definePlugin,
  type Identity,
  type ObjectHandle,
  type RecordOf,
} from '@guanxi/core'
import { openServer, type Place, storeAt, temporaryFolder } from './database.ts'
import { machineLine } from './machine.ts'
import { type ProcessorTime, processorTime } from './processor-time.ts'
import { median } from './statistics.ts'
import { type HandSweep, openHandSweep } from './sweep/hand.ts'
import { openRowByRow } from './sweep/knex.ts'

/*
 * A run of a decider over many leads, against SQL written by hand that writes the same change rows: `npm run bench:sweep` writes
 * SWEEP.md. `--records=20000 --rounds=3` for a try, `--records=1000000 --rounds=3` for the large one, `--only=postgres` for one engine.
 */
const { values: options } = parseArgs({
  options: { records: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '7' }, only: { type: 'string' } },
})
const records = Number(options.records)
const rounds = Number(options.rounds)
const day = 86_400_000
const now = Date.UTC(2026, 2, 2)
const admin: Identity = { id: 'admin', tenant: 'bench', roles: ['admin'] }

const definition = defineObject('sweep_lead', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    phone: { kind: 'phone' },
    companyName: { type: 'string' },
    industry: { enum: ['it', 'food', 'steel', 'other'] },
    city: { type: 'string' },
    amount: { kind: 'money' },
    status: { enum: ['pooled', 'owned', 'following', 'converted'], index: true },
    score: { type: 'integer', minimum: 0, maximum: 100 },
    lastActivityAt: { kind: 'instant', index: true },
    note: { type: 'string' },
  },
})
interface SweepLead extends RecordOf<typeof definition> {}
const lead: ObjectHandle<SweepLead> = definition

const recycle = defineDecider({
  id: 'sweep.recycle',
  kind: 'condition',
  object: lead,
  when: { status: 'owned', lastActivityAt: { lt: { ago: 'P60D' } } },
  set: { status: 'pooled', ownerId: null },
  because: {
    'zh-CN': '{days} 天没有动静，回到公海。',
    en: 'nothing for {days} days: back to the pool.',
    values: { days: { daysBetween: [{ var: 'lastActivityAt' }, { now: [] }] } },
  },
  limits: { blast: { records: null, share: null } },
})

const sweepPlugin = definePlugin({
  id: 'sweep',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(lead)
    p.decider(recycle)
  },
})

/** One lead in ten is due. */
async function seed(crm: Crm): Promise<void> {
  const leads = crm.as(admin).records(lead)
  for (let from = 0; from < records; from += 5_000) {
    await leads.createMany(
      Array.from({ length: Math.min(5_000, records - from) }, (_, index) => {
        const n = from + index
        return {
          name: `Lead ${n}`,
          phone: `138${String(n).padStart(8, '0')}`,
          companyName: `Company ${n % 977}`,
          industry: (['it', 'food', 'steel', 'other'] as const)[n % 4] ?? null,
          city: `City ${n % 37}`,
          amount: { minor: n * 100, currency: 'CNY' },
          status: n % 10 < 7 ? ('owned' as const) : ('pooled' as const),
          score: n % 100,
          lastActivityAt: now - (n % 10 === 0 ? 90 : 10) * day - n,
          ownerId: `rep${n % 300}`,
        }
      }),
    )
  }
}

interface Line {
  readonly engine: string
  readonly due: number
  readonly hand: number
  readonly statement: number
  readonly run: number
  /** How many times the whole run the same leads take with knex, row by row in one transaction. */
  readonly rows: number
  /** And by an update of our own each, a transaction each. */
  readonly alone: number
}

/** Milliseconds: of this process's processor where the database runs in it, else of the clock. */
function timer({ engine }: Place): () => number {
  if (engine === 'postgres') return () => performance.now()
  return () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000
  }
}

async function measure(place: Place, name: string): Promise<Line> {
  const time = timer(place)
  const work = await processorTime(place)
  const marks: { sweep: number; last: string; at: number } = { sweep: 0, last: '', at: 0 }
  const observe = ({ label }: { readonly label: string }): void => {
    const at = time()
    if (marks.last.startsWith('sweep')) marks.sweep += at - marks.at
    marks.last = label
    marks.at = at
  }
  let clock = now
  const crm = createCrm({ store: storeAt(place, 2, observe), plugins: [sweepPlugin()], clock: () => clock })
  await crm.open()
  await seed(crm)
  const alone = await oneByOne(crm, work)
  const { deciders } = crm.as(admin)
  await deciders.advance('sweep.recycle', { to: 'on' })
  const hand: HandSweep = await openHandSweep(place)
  await hand.settle()
  const lines: { hand: number; statement: number; run: number; work: number }[] = []
  let due = 0
  for (let round = 0; round <= rounds; round++) {
    let started = time()
    due = await hand.sweep(now - 60 * day, now)
    const byHand = time() - started
    await hand.reset()
    clock += 1
    marks.sweep = 0
    const workBefore = await work.now()
    started = time()
    const result = await deciders.run('sweep.recycle')
    const run = time() - started
    const worked = (await work.now()) - workBefore
    if (result.status !== 'done' || result.run.affected !== due) throw new Error('the two swept different leads')
    await hand.reset()
    // The first round warms up.
    if (round > 0) lines.push({ hand: byHand, statement: marks.sweep, run, work: worked })
    process.stderr.write(
      `${name} ${round}: hand ${byHand.toFixed(0)} ms, statement ${marks.sweep.toFixed(0)} ms, run ${run.toFixed(0)} ms\n`,
    )
  }
  const rows = await rowByRow(place, hand, work)
  await work.close()
  process.stderr.write(`${name}: ${rows.toFixed(3)} ms a lead with knex, row by row\n`)
  await hand.close()
  await crm.close()
  const ratio = (what: 'statement' | 'run') => median(lines.map((line) => line[what] / line.hand))
  return {
    ...{ engine: name, due, hand: median(lines.map((line) => line.hand)), statement: ratio('statement'), run: ratio('run') },
    rows: (rows * due) / median(lines.map((line) => line.work)),
    alone: (alone * due) / median(lines.map((line) => line.work)),
  }
}

const sampled = 500

/** Milliseconds of work on one lead with knex, row by row in one transaction: of some of those that are due, the second of two goes. */
async function rowByRow(place: Place, hand: HandSweep, work: ProcessorTime): Promise<number> {
  let each = 0
  for (let turn = 0; turn < 2; turn++) {
    const contender = openRowByRow(place)
    const started = await work.now()
    const written = await contender.sweep(now - 60 * day, now, rowsSampled)
    each = ((await work.now()) - started) / written
    await contender.close()
    await hand.reset()
  }
  return each
}

const rowsSampled = 10_000

/** Milliseconds of one update with its change row, by a transaction each: some leads, there and back. */
async function oneByOne(crm: Crm, work: ProcessorTime): Promise<number> {
  const leads = crm.as(admin).records(lead)
  const { records: some } = await leads.find({ where: { status: 'owned' }, limit: sampled })
  for (const { id } of some.slice(0, 50)) await leads.update({ id, version: 'any' }, { score: 1 })
  const started = await work.now()
  for (const { id } of some) await leads.update({ id, version: 'any' }, { status: 'pooled', ownerId: null })
  const each = ((await work.now()) - started) / some.length
  for (const { id, ownerId, score } of some) await leads.update({ id, version: 'any' }, { status: 'owned', ownerId, score })
  return each
}

const server = await openServer()
const folder = await temporaryFolder()
const lines: Line[] = []
try {
  const isWanted = (name: string): boolean => options.only === undefined || options.only === name
  if (isWanted('postgres')) lines.push(await measure({ engine: 'postgres', url: await server.database('sweep') }, 'postgres'))
  for (const driver of (['sqlite3', 'better-sqlite3'] as const).filter(isWanted))
    lines.push(await measure({ engine: 'sqlite', driver, file: folder.file(driver) }, driver))
} finally {
  await server.close()
  await folder.remove()
}

const row = ({ engine, due, hand, statement, run, rows, alone }: Line): string =>
  `| ${engine} | ${due.toLocaleString('en')} | ${hand.toFixed(0)} ms | ${statement.toFixed(2)}x | ${statement <= 1.3 ? 'met' : '**missed**'} | ${run.toFixed(2)}x | ${rows.toFixed(1)}x | ${rows >= 15 ? 'met' : '**missed**'} | ${alone.toFixed(1)}x |`

await writeFile(
  new URL('SWEEP.md', import.meta.url),
  `# A run of a decider over many leads

${records.toLocaleString('en')} leads of ten fields, one in ten due. Against SQL written by hand over the same table: the same rows, the same columns, the
same change rows with salt and digest, in one transaction; on SQLite by the driver itself, digests made in JavaScript. *Writing* is what
the run writes with; *whole run* also counts what is due by owner and team before it, and keeps run and decision. PostgreSQL by the clock, SQLite by
processor time. *Row by row*: how many times as long as the whole run the same leads take with knex as it comes, in one transaction, three
statements each (read for update, update, change row with salt and digest; ${rowsSampled.toLocaleString('en')} of them at most are measured, the rest reckoned): bar 15x. *One by
one*: the same with our own API, which checks rights, hooks and rules each time, by an update and a transaction each (${sampled} measured). These two by processor time, on PostgreSQL with that of its connections. Medians
of ${rounds} rounds that take turns. Bar: writing ≤ 1.3x. Written by \`npm run bench:sweep\`.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${await machineLine()}

| database | leads written | by hand | writing | bar | whole run | row by row | bar | one by one |
| --- | --: | --: | --: | --- | --: | --: | --- | --: |
${lines.map(row).join('\n')}

The bar of 15x comes from a sweep with a plain history row; here each change row carries salt and digest. The most that SQL written by hand
for this one purpose reaches on SQLite is *row by row* times *whole run*.
`,
)

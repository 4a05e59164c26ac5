import { deepStrictEqual } from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Crm, createCrm } from '@guanxi/core'
import { ownCpu } from './contender.ts'
import { openServer, type Place, storeAt, temporaryFolder } from './database.ts'
import { thisMachine } from './machine.ts'
import { type Hand, handWritten, openHand } from './million/hand.ts'
import { handRecord, recordColumns } from './million/hand-record.ts'
import { type Question, questions } from './million/questions.ts'
import { access, seller } from './people.ts'
import { median } from './statistics.ts'
import { benchLead, benchPlugin, subject } from './subject.ts'

/*
 * A filtered page among a million leads, against the same SQL written by hand on the same table: `npm run bench:million` writes
 * MILLION.md. `--records=20000` for a try.
 */
const { values: options } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })
const records = Number(options.records)
const rounds = 15
/** Of a turn: a few dozen would be a matter of luck. */
const calls = 200
const batch = 10_000

interface Line {
  readonly engine: string
  readonly question: string
  readonly hand: number
  readonly own: number
  /** Median of the rounds' ratios of elapsed time, and of processor time. */
  readonly wall: number
  readonly cpu: number
  readonly index: boolean
}

async function seed(crm: Crm): Promise<void> {
  const leads = crm.as(seller).records(benchLead)
  for (let from = 0; from < records; from += batch) {
    await leads.createMany(Array.from({ length: Math.min(batch, records - from) }, (_, index) => subject(from + index)))
    if (from % 100_000 === 0) process.stderr.write(`${from} records\n`)
  }
}

interface Turn {
  readonly wall: number
  readonly cpu: number
}

async function turn(work: () => Promise<unknown>): Promise<Turn> {
  const cpu = ownCpu()
  const started = performance.now()
  for (let call = 0; call < calls; call++) await work()
  return { wall: ((performance.now() - started) * 1_000) / calls, cpu: (ownCpu() - cpu) / calls }
}

async function compare(crm: Crm, place: Place, hand: Hand, question: Question, lastSql: () => string): Promise<Line> {
  const leads = crm.as(seller).records(benchLead)
  const page = await leads.find(question.query)
  const own = lastSql()
  const { sql, values } = handWritten(place, recordColumns, question.sql)
  const byHand = async () => (await hand.run(sql, values)).slice(0, 50).map(handRecord)
  deepStrictEqual(page.records, await byHand(), `Another answer by hand: ${question.what}.`)
  const asked = { own: () => leads.find(question.query), hand: byHand }
  for (const work of Object.values(asked)) for (let call = 0; call < calls; call++) await work()
  const turns: { own: Turn; hand: Turn }[] = []
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await turn(asked.hand) : await turn(asked.own)
    const second = round % 2 === 0 ? await turn(asked.own) : await turn(asked.hand)
    turns.push(round % 2 === 0 ? { hand: first, own: second } : { own: first, hand: second })
  }
  return {
    engine: place.engine === 'postgres' ? 'PostgreSQL' : place.driver,
    question: question.what,
    hand: median(turns.map((each) => each.hand.wall)),
    own: median(turns.map((each) => each.own.wall)),
    wall: median(turns.map((each) => each.own.wall / each.hand.wall)),
    cpu: median(turns.map((each) => each.own.cpu / each.hand.cpu)),
    index: /using index|index scan/i.test(await hand.explain(own)) && /status_amount/.test(await hand.explain(own)),
  }
}

/** `fill`: puts the leads there first. */
async function measureAt(place: Place, fill: (crm: Crm) => Promise<void>): Promise<Line[]> {
  let last = ''
  const store = storeAt(place, 1, ({ sql }) => {
    last = sql
  })
  const crm = createCrm({ store, plugins: [benchPlugin()], access, tenant: seller.tenant, identify: () => seller })
  await crm.open()
  await fill(crm)
  const hand = await openHand(place)
  const lines: Line[] = []
  for (const question of questions) lines.push(await compare(crm, place, hand, question, () => last))
  await hand.close()
  await crm.close()
  return lines
}

const folder = await temporaryFolder()
const server = await openServer()
const file = folder.file('million')
const lines = [
  ...(await measureAt({ engine: 'sqlite', driver: 'better-sqlite3', file }, seed)),
  ...(await measureAt({ engine: 'sqlite', driver: 'sqlite3', file }, async () => {})),
  ...(await measureAt({ engine: 'postgres', url: await server.database('million') }, async (crm) => {
    await seed(crm)
    await server.analyse()
  })),
]
await folder.remove()
await server.close()

const machine = await thisMachine()
const text = `# A filtered page among ${records.toLocaleString('en')} leads

A page of 50 with all its columns, against the same SQL written by hand and prepared on the same table with the bare driver, its rows turned into equal records (decimals as text, yes and no, own fields) by a function written for this table. By hand no rights are checked, no revision is compared and no cursor is sealed. Medians of ${rounds} interleaved rounds, one caller; a ratio is taken within each round, so it is not that of the medians beside it. The bar is 1.1 of the elapsed time.

- Date: ${new Date().toISOString().slice(0, 10)}
- Command: \`npm run bench:million\`
- Machine: ${machine.cores} × ${machine.model}, ${machine.platform}, Node ${machine.node}

| engine | condition | by hand µs | Guanxi µs | elapsed, ratio | CPU, ratio | index used | 1.1 |
|---|---|--:|--:|--:|--:|---|---|
${lines.map((line) => `| ${line.engine} | ${line.question} | ${line.hand.toFixed(0)} | ${line.own.toFixed(0)} | ${line.wall.toFixed(2)} | ${line.cpu.toFixed(2)} | ${line.index ? 'yes' : '**no**'} | ${line.wall <= 1.1 ? 'met' : '**missed**'} |`).join('\n')}
`
process.stdout.write(text)
if (records >= 1_000_000) await writeFile(new URL('MILLION.md', import.meta.url), text)

import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  createCrm,
  defineDecider,
  defineObject,
  definePlugin,
  defineReasons,
  type Identity,
  type ObjectHandle,
  type RecordOf,
} from '@guanxi/core'
import { type HandAllocation, openHandAllocation } from './allocate/hand.ts'
import { openServer, type Place, storeAt, temporaryFolder } from './database.ts'
import { machineLine } from './machine.ts'
import { median } from './statistics.ts'

/*
 * An allocation of many leads to many people by turns, against the bare writes by hand with the same change rows:
 * `npm run bench:allocate` writes ALLOCATE.md. `--records=20000 --people=200 --rounds=3` for a try.
 */
const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    people: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
  },
})
const records = Number(options.records)
const rounds = Number(options.rounds)
const people = Array.from({ length: Number(options.people) }, (_, index) => `rep${String(index).padStart(5, '0')}`)
const now = Date.UTC(2026, 2, 2)
const admin: Identity = { id: 'admin', tenant: 'bench', roles: ['admin'] }

const definition = defineObject('pool_lead', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', search: true },
    companyName: { type: 'string' },
    industry: { enum: ['it', 'food', 'steel', 'other'] },
    city: { type: 'string' },
    amount: { kind: 'money' },
    score: { type: 'integer', minimum: 0, maximum: 100 },
    receivedAt: { kind: 'instant' },
    note: { type: 'string' },
  },
})
interface PoolLead extends RecordOf<typeof definition> {}
const lead: ObjectHandle<PoolLead> = definition

const reasons = defineReasons({
  turn_came: { data: { person: 'person' }, message: { 'zh-CN': '轮到 {person}。', en: 'It was the turn of {person}.' } },
  nobody_free: { message: { 'zh-CN': '没有人有空位。', en: 'Nobody has room.' } },
})

interface Round {
  readonly line: { readonly id: string; room: number }[]
  next: number
}

const capacity = Math.ceil(records / people.length) + 1

/** By turns, to whoever has room. */
const assign = defineDecider({
  id: 'intake.assign',
  kind: 'allocation',
  object: lead,
  subjects: { ownerId: { isNull: true } },
  sets: ['ownerId'],
  code: 1,
  load: async ({ records: read, people: everybody, denial, kept }): Promise<Round> => {
    const rows = await read(lead).aggregate({ where: { ownerId: { isNull: false } }, group: ['ownerId'], limit: 1_000 })
    const held = new Map(rows.map(({ group, values }) => [group.ownerId, Number(values.count)]))
    const free = (await everybody()).filter((person) => denial(person) === null)
    return { line: free.map(({ id }) => ({ id, room: capacity - (held.get(id) ?? 0) })), next: Number(kept ?? 0) }
  },
  decide: (state: Round) => {
    for (let tried = 0; tried < state.line.length; tried++) {
      const member = state.line[state.next % state.line.length]
      state.next++
      if (!member || member.room <= 0) continue
      member.room--
      return { decision: { set: { ownerId: member.id }, reason: reasons.make.turn_came({ person: member.id }) }, state }
    }
    return { decision: { set: null, reason: reasons.make.nobody_free() }, state }
  },
  keep: ({ next }) => next,
  limits: { blast: { records: null } },
})

const plugin = definePlugin({
  id: 'intake',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(lead)
    p.reasons(reasons)
    p.decider(assign)
  },
})

interface Line {
  readonly engine: string
  readonly hand: number
  readonly run: number
  readonly ratio: number
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
  let clock = now
  const crm = createCrm({ store: storeAt(place, 2, () => {}), plugins: [plugin()], clock: () => clock })
  await crm.open()
  await crm.directory.put({ tenant: 'bench', people: people.map((id) => ({ id, name: id })) })
  for (let from = 0; from < records; from += 5_000)
    await crm
      .as(admin)
      .records(lead)
      .createMany(
        Array.from({ length: Math.min(5_000, records - from) }, (_, index) => {
          const n = from + index
          return {
            name: `Lead ${n}`,
            companyName: `Company ${n % 977}`,
            industry: (['it', 'food', 'steel', 'other'] as const)[n % 4] ?? null,
            city: `City ${n % 37}`,
            amount: { minor: n * 100, currency: 'CNY' },
            score: n % 100,
            receivedAt: now - n,
            ownerId: null,
          }
        }),
      )
  const { deciders } = crm.as(admin)
  await deciders.advance('intake.assign', { to: 'on' })
  const hand: HandAllocation = await openHandAllocation(place)
  await hand.settle()
  const lines: { hand: number; run: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    let started = time()
    const given = await hand.allocate(people, now)
    const byHand = time() - started
    await hand.reset()
    clock += 1
    started = time()
    const result = await deciders.run('intake.assign')
    const run = time() - started
    if (result.status !== 'done' || result.run.affected !== given) throw new Error('the two gave different leads')
    await hand.reset()
    // The first round warms up.
    if (round > 0) lines.push({ hand: byHand, run })
    process.stderr.write(`${name} ${round}: hand ${byHand.toFixed(0)} ms, run ${run.toFixed(0)} ms, ${(run / byHand).toFixed(2)}x\n`)
  }
  await hand.close()
  await crm.close()
  return {
    engine: name,
    hand: median(lines.map((line) => line.hand)),
    run: median(lines.map((line) => line.run)),
    ratio: median(lines.map((line) => line.run / line.hand)),
  }
}

const server = await openServer()
const folder = await temporaryFolder()
const lines: Line[] = []
try {
  const isWanted = (name: string): boolean => options.only === undefined || options.only === name
  if (isWanted('postgres')) lines.push(await measure({ engine: 'postgres', url: await server.database('allocate') }, 'postgres'))
  for (const driver of (['sqlite3', 'better-sqlite3'] as const).filter(isWanted))
    lines.push(await measure({ engine: 'sqlite', driver, file: folder.file(driver) }, driver))
} finally {
  await server.close()
  await folder.remove()
}

const row = ({ engine, hand, run, ratio }: Line): string =>
  `| ${engine} | ${hand.toFixed(0)} ms | ${run.toFixed(0)} ms | ${ratio.toFixed(2)}x | ${ratio <= 1.5 ? 'met' : '**missed**'} |`

await writeFile(
  new URL('ALLOCATE.md', import.meta.url),
  `# An allocation of many leads

${records.toLocaleString('en')} leads of eight fields in a pool, given by turns to ${people.length.toLocaleString('en')} people with room. *By hand* are the bare writes: the
same rows and change rows with salt and digest, without room, reasons, log or undo, set-based on PostgreSQL, by prepared statements on
SQLite. *The run* reads people, what they hold and every lead, decides one by one, writes with reasons, and keeps decisions and whose
turn is next. PostgreSQL by the clock, SQLite by processor time. Medians of ${rounds} rounds that take turns. Bar: 1.5x. Written by
\`npm run bench:allocate\`.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${await machineLine()}

| database | by hand | the run | of it | bar |
| --- | --: | --: | --: | --- |
${lines.map(row).join('\n')}
`,
)

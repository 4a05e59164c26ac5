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

/*
 * A back-test of one rule over a long change log: `npm run bench:backtest` writes BACKTEST.md. Time per change must stay what it is when
 * the log grows. `--changes=50000,200000` unless said; `--changes=50000,1000000 --only=postgres` for the large one.
 */
const { values: options } = parseArgs({
  options: { changes: { type: 'string', default: '50000,200000' }, only: { type: 'string' } },
})
const sizes = options.changes.split(',').map(Number)
const day = 86_400_000
const now = Date.UTC(2026, 2, 2)
const admin: Identity = { id: 'admin', tenant: 'bench', roles: ['admin'] }
/** Changes of each record: it is made, and touched four times. */
const each = 5

const definition = defineObject('past_lead', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    status: { enum: ['owned', 'pooled'] },
    lastActivityAt: { kind: 'instant' },
    note: { type: 'string' },
  },
})
interface PastLead extends RecordOf<typeof definition> {}
const lead: ObjectHandle<PastLead> = definition

const idle = defineDecider({
  id: 'past.idle',
  kind: 'condition',
  object: lead,
  when: { status: 'owned', lastActivityAt: { lt: { ago: 'P20D' } } },
  set: { status: 'pooled', ownerId: null },
  because: {
    'zh-CN': '{days} 天没有动静。',
    en: 'nothing for {days} days.',
    values: { days: { daysBetween: [{ var: 'lastActivityAt' }, { now: [] }] } },
  },
})
const plugin = definePlugin({
  id: 'past',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(lead)
    p.decider(idle)
  },
})

async function seed(crm: Crm, changes: number): Promise<void> {
  const leads = crm.as(admin).records(lead)
  for (let from = 0; from < changes / each; from += 2_000) {
    const count = Math.min(2_000, changes / each - from)
    const { ids } = await leads.createMany(
      Array.from({ length: count }, (_, index) => ({
        name: `Lead ${from + index}`,
        status: 'owned' as const,
        lastActivityAt: now - 120 * day,
        ownerId: `rep${index % 300}`,
      })),
      { at: now - 120 * day },
    )
    for (let touch = 1; touch < each; touch++) {
      const at = now - (120 - touch * 25) * day
      await leads.updateMany({ ids, maxAffected: ids.length }, { lastActivityAt: at, note: `call ${touch}` }, { at })
    }
  }
}

interface Line {
  readonly engine: string
  readonly changes: number
  readonly considered: number
  readonly decided: number
  readonly seconds: number
  readonly processor: number
  readonly memory: number
}

async function measure(place: Place, engine: string, changes: number): Promise<Line> {
  const crm = createCrm({ store: storeAt(place, 2, () => {}), plugins: [plugin()], clock: () => now })
  await crm.open()
  await seed(crm, changes)
  const { deciders } = crm.as(admin)
  await deciders.backtest('past.idle', { days: 7 })
  const before = process.cpuUsage()
  const started = performance.now()
  const { considered, decided } = await deciders.backtest('past.idle', { days: 90 })
  const seconds = (performance.now() - started) / 1_000
  const { user, system } = process.cpuUsage(before)
  await crm.close()
  const line: Line = {
    ...{ engine, changes, considered, decided: decided.next, seconds },
    processor: (user + system) / 1_000_000,
    memory: process.memoryUsage().rss / 1_048_576,
  }
  process.stderr.write(`${engine} ${changes}: ${JSON.stringify(line)}\n`)
  return line
}

const isWanted = (name: string): boolean => options.only === undefined || options.only === name
const server = await openServer()
const folder = await temporaryFolder()
const lines: Line[] = []
try {
  for (const size of sizes) {
    if (isWanted('postgres')) lines.push(await measure({ engine: 'postgres', url: await server.database(`past${size}`) }, 'postgres', size))
    if (isWanted('better-sqlite3'))
      lines.push(await measure({ engine: 'sqlite', driver: 'better-sqlite3', file: folder.file(`past${size}`) }, 'better-sqlite3', size))
  }
} finally {
  await server.close()
  await folder.remove()
}

const row = ({ engine, changes, considered, decided, seconds, processor, memory }: Line): string =>
  `| ${engine} | ${changes.toLocaleString('en')} | ${considered.toLocaleString('en')} | ${decided.toLocaleString('en')} | ${seconds.toFixed(1)} s | ` +
  `${processor.toFixed(1)} s | ${((processor * 1_000_000) / changes).toFixed(0)} µs | ${memory.toFixed(0)} MB |`

await writeFile(
  new URL('BACKTEST.md', import.meta.url),
  `# A back-test over a long log

One rule over 90 days, judged on each of them, for every record of an object with ${each} changes a record. It reads the log page by page: time grows
with the changes, memory does not. *Processor* is that of this process, where the rule is judged, and on SQLite the database with it.
Written by \`npm run bench:backtest\`.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${await machineLine()}

| database | changes | records | decided | time | processor | a change | memory |
| --- | --: | --: | --: | --: | --: | --: | --: |
${lines.map(row).join('\n')}
`,
)

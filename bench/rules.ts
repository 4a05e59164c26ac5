import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Crm, createCrm, defineObject, definePlugin, type Identity, type SaveInput } from '@guanxi/core'
import { openServer, type Place, storeAt, temporaryFolder } from './database.ts'
import { thisMachine } from './machine.ts'
import { median } from './statistics.ts'

/*
 * What rules on save cost where none of them holds: 200 against none, `npm run bench:rules` writes RULES.md. `--saves=200 --rounds=5`
 * for a try, `--engine=better-sqlite3` for one database.
 */
const { values: options } = parseArgs({
  options: {
    saves: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '9' },
    rules: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'postgres,sqlite3,better-sqlite3' },
  },
})
const [saves, rounds, count] = [Number(options.saves), Number(options.rounds), Number(options.rules)]

const lead = defineObject('rule_lead', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', search: true },
    phone: { kind: 'phone', search: true },
    companyName: { type: 'string' },
    industry: { enum: ['it', 'food', 'steel', 'other'] },
    city: { type: 'string' },
    amount: { kind: 'integer', minimum: 0, maximum: 1_000_000_000 },
    status: { enum: ['pooled', 'owned', 'following', 'converted'], index: true },
    score: { type: 'integer', minimum: 0, maximum: 100_000 },
    lastActivityAt: { kind: 'instant', index: true },
    note: { type: 'string' },
  },
})

const plugin = definePlugin({
  id: 'rules',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(lead)
  },
})

const record = (n: number) => ({
  name: `Lead ${n}`,
  phone: `138${String(n % 100_000_000).padStart(8, '0')}`,
  companyName: `Company ${n % 977}`,
  industry: (['it', 'food', 'steel', 'other'] as const)[n % 4] ?? null,
  city: `City ${n % 37}`,
  amount: n % 1_000_000,
  status: 'owned' as const,
  score: n % 100,
  lastActivityAt: 1_700_000_000_000 + n,
  note: 'as before',
  ownerId: `rep${n % 300}`,
})

/** None of them holds for any record above. Half of the conditions look at something that an update does not send. */
function ruleAt(n: number): SaveInput {
  const also = n % 2 === 0 ? [{ '===': [{ var: 'status' }, 'owned'] }] : []
  const tests = [
    { '===': [{ var: 'city' }, `Town ${n}`] },
    { '>': [{ var: 'score' }, 1_000 + n] },
    { '===': [{ var: 'note' }, `note ${n}`] },
    { '>': [{ var: 'amount' }, 2_000_000 + n] },
  ]
  const when = { and: [tests[n % tests.length], ...also] }
  const message = { 'zh-CN': '不行', en: 'no' }
  if (n % 5 < 2) return { kind: 'validation', rules: [{ id: 'one', when, do: [{ action: 'reject', params: { message } }] }] }
  const kind = n % 5 === 4 ? 'automation' : 'compute'
  return { kind, rules: [{ id: 'one', when, do: [{ action: 'set', params: { values: { companyName: `set by ${n}` } } }] }] }
}

const as = (crm: Crm, tenant: string) => crm.as({ id: 'admin', tenant, roles: ['admin'] } satisfies Identity)

interface Line {
  readonly engine: string
  readonly what: string
  readonly without: number
  readonly ratio: number
}

/** Microseconds a save: of this process's processor where the database runs in it, else of the clock. */
async function timed({ engine }: Place, work: () => Promise<void>): Promise<number> {
  const time = () => {
    if (engine === 'postgres') return performance.now() * 1_000
    const { user, system } = process.cpuUsage()
    return user + system
  }
  const started = time()
  await work()
  return (time() - started) / saves
}

async function measure(place: Place, name: string): Promise<readonly Line[]> {
  const crm = createCrm({ store: storeAt(place, 1, () => {}), plugins: [plugin()] })
  await crm.open()
  const many = as(crm, 'many')
  for (let n = 0; n < count; n++) {
    const { id } = await many.deciders.create({ name: `r${n}`, object: lead.name, label: { 'zh-CN': '规则', en: 'Rule' }, save: ruleAt(n) })
    await many.deciders.advance(id, { to: 'on' })
  }
  const works: Record<string, (tenant: string, round: number) => Promise<() => Promise<void>>> = {
    'create, one by one': async (tenant, round) => async () => {
      const leads = as(crm, tenant).records(lead)
      for (let n = 0; n < saves; n++) await leads.create(record(round * saves + n))
    },
    'update of two fields, one by one': async (tenant, round) => {
      const leads = as(crm, tenant).records(lead)
      const { ids } = await leads.createMany(Array.from({ length: saves }, (_, n) => record(n)))
      return async () => {
        for (const id of ids) await leads.update({ id, version: 1 }, { score: 200 + (round % 7), note: `seen ${round}` })
      }
    },
    'create, all at once': async (tenant) => async () => {
      await as(crm, tenant)
        .records(lead)
        .createMany(Array.from({ length: saves }, (_, n) => record(n)))
    },
  }
  const lines: Line[] = []
  for (const [what, prepare] of Object.entries(works)) {
    const pairs: { none: number; many: number }[] = []
    for (let round = 0; round <= rounds; round++) {
      const pair = { none: 0, many: 0 }
      for (const tenant of round % 2 === 0 ? (['none', 'many'] as const) : (['many', 'none'] as const))
        pair[tenant] = await timed(place, await prepare(tenant, round))
      // The first round warms up.
      if (round > 0) pairs.push(pair)
    }
    const line = {
      engine: name,
      what,
      without: median(pairs.map(({ none }) => none)),
      ratio: median(pairs.map((one) => one.many / one.none)),
    }
    lines.push(line)
    process.stderr.write(`${name} ${what}: ${line.without.toFixed(0)} µs without, ${line.ratio.toFixed(2)}x with ${count}\n`)
  }
  await crm.close()
  return lines
}

const engines = options.engine.split(',')
const folder = await temporaryFolder()
const lines: Line[] = []
try {
  if (engines.includes('postgres')) {
    const server = await openServer()
    try {
      lines.push(...(await measure({ engine: 'postgres', url: await server.database('rules') }, 'postgres')))
    } finally {
      await server.close()
    }
  }
  for (const driver of ['sqlite3', 'better-sqlite3'] as const)
    if (engines.includes(driver)) lines.push(...(await measure({ engine: 'sqlite', driver, file: folder.file(driver) }, driver)))
} finally {
  await folder.remove()
}

const machine = await thisMachine()
const row = ({ engine, what, without, ratio }: Line): string =>
  `| ${engine} | ${what} | ${without.toFixed(0)} µs | ${ratio.toFixed(2)}x | ${ratio <= 1.3 ? 'met' : '**missed**'} |`

await writeFile(
  new URL('RULES.md', import.meta.url),
  `# What rules on save cost where none of them holds

${count} deciders with a rule each (two in five refuse, two set fields, one is an automation) over leads of ten fields, against a tenant of the
same database without any. Half of the conditions also look at a field that the update does not send. PostgreSQL by the clock, SQLite by
processor time. Medians of ${rounds} rounds of ${saves.toLocaleString('en')} saves that take turns. Bar: 1.3x. Written by \`npm run bench:rules\`.

- Date: ${new Date().toISOString().slice(0, 10)}
- Machine: ${machine.cores} × ${machine.model}, ${machine.platform}, Node ${machine.node}

| database | save | without rules, each | with ${count} | bar |
| --- | --- | --: | --: | --- |
${lines.map(row).join('\n')}
`,
)

import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Contender, conditionContenders, rulesContenders, scoreContenders } from './expressions/contenders.ts'
import { type Lead, leadsOf, rulesOf } from './expressions/workload.ts'
import { thisMachine } from './machine.ts'
import { median } from './statistics.ts'

const rounds = 15
const leads = leadsOf(2_000)
const peers = fileURLToPath(new URL('peers/expressions/node_modules', import.meta.url))

if (!existsSync(peers)) throw new Error('Run `npm ci` in bench/peers/expressions first.')

interface Timed {
  readonly contender: Contender
  readonly size: number
  readonly nanoseconds: number[]
}

/** Leads that one round takes a little more than a tenth of a second for. */
async function warmedUp(contender: Contender): Promise<Timed> {
  let size = 1
  for (;;) {
    const started = performance.now()
    await pass(contender, size)
    const elapsed = performance.now() - started
    if (elapsed > 120 || size >= 1_000_000) return { contender, size, nanoseconds: [] }
    size = Math.min(1_000_000, Math.ceil(size * Math.max(2, Math.min(20, 150 / Math.max(elapsed, 0.1)))))
  }
}

async function pass({ run, isAsync }: Contender, size: number): Promise<number> {
  if (!isAsync) return passAtOnce(run as (lead: Lead) => number, size)
  let sum = 0
  for (let index = 0; index < size; index++) sum += await run(leads[index % leads.length] as Lead)
  return sum
}

function passAtOnce(run: (lead: Lead) => number, size: number): number {
  let sum = 0
  for (let index = 0; index < size; index++) sum += run(leads[index % leads.length] as Lead)
  return sum
}

/** Everybody must agree on a few leads before anybody is timed. */
async function agree(contenders: readonly Contender[]): Promise<void> {
  for (const lead of leads.slice(0, 50)) {
    const answers = await Promise.all(contenders.map(({ run }) => run(lead)))
    if (new Set(answers).size > 1)
      throw new Error(`They disagree: ${contenders.map(({ name }, index) => `${name} ${answers[index]}`).join(', ')}`)
  }
}

async function measure(title: string, contenders: readonly Contender[]): Promise<string> {
  await agree(contenders)
  const timed: Timed[] = []
  for (const contender of contenders) timed.push(await warmedUp(contender))
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < timed.length; index++) {
      const one = timed[(index + round) % timed.length] as Timed
      const started = process.threadCpuUsage()
      await pass(one.contender, one.size)
      const { user, system } = process.threadCpuUsage(started)
      one.nanoseconds.push(((user + system) * 1_000) / one.size)
    }
  }
  const base = median(timed[0]?.nanoseconds ?? [])
  const rows = timed.map(({ contender, nanoseconds }) => {
    const middle = median(nanoseconds)
    return `| ${contender.name} | ${Math.round(middle).toLocaleString('en')} | ${(middle / base).toPrecision(3)} |`
  })
  return [`## ${title}`, '', '| contender | CPU ns per lead | ratio |', '|---|--:|--:|', ...rows].join('\n')
}

const machine = await thisMachine()
const sections = [
  await measure('One condition of four terms', conditionContenders()),
  await measure('100 rules on one lead', rulesContenders(rulesOf(100))),
  await measure('1,000 rules on one lead', rulesContenders(rulesOf(1_000))),
  await measure('A score of twenty terms', scoreContenders()),
]
const head = `# Expressions, measured

Medians of ${rounds} interleaved rounds in one process, in time spent computing (other work of the machine is not counted); the ratio is to JavaScript written by hand. All contenders gave the same answers. Read the ratios: absolute figures are about the machine.

- Command: \`npm ci\` in \`bench/peers/expressions\`, then \`node --conditions=source bench/expressions.ts\`
- Machine: ${machine.cores} × ${machine.model}, ${machine.platform}, Node ${machine.node}
- Date: ${new Date().toISOString().slice(0, 10)}`
const report = `${[head, ...sections].join('\n\n')}\n`
process.stdout.write(report)
await writeFile(fileURLToPath(new URL('EXPRESSIONS.md', import.meta.url)), report)

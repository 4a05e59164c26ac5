import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openArena } from './arena.ts'
import type { Engine } from './bars.ts'
import { type Choices, choicesOf } from './choices.ts'
import { type Figure, figuresOf } from './figures.ts'
import { thisMachine } from './machine.ts'
import { measure } from './measure.ts'
import { type EngineResults, report } from './report.ts'

const args = process.argv.slice(2)
const choices = choicesOf(args, process.env)
const say = (text: string): void => void process.stderr.write(`${text}\n`)

async function measureEngine(engine: Engine, { measurements, rounds, seeded }: Choices): Promise<EngineResults> {
  say(`${engine}: filling the tables`)
  const arena = await openArena(engine)
  try {
    for (const contender of arena.contenders) await contender.seed(seeded)
    await arena.ready()
    const figures: Figure[] = []
    for (const measurement of measurements) {
      say(`${engine}: ${measurement.label}`)
      figures.push(...figuresOf(engine, measurement, await measure(arena.contenders, measurement, rounds)))
    }
    return { engine, versions: arena.versions, figures }
  } finally {
    await arena.close()
  }
}

if (!globalThis.gc) throw new Error('Run it with --expose-gc, as `npm run bench` does.')
const results: EngineResults[] = []
for (const engine of choices.engines) results.push(await measureEngine(engine, choices))
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
const facts = {
  date: new Date().toISOString().slice(0, 10),
  command,
  machine: await thisMachine(),
  seeded: choices.seeded,
  rounds: choices.rounds.measured,
}
const text = report(facts, results)
process.stdout.write(text)
if (choices.complete) await writeFile(fileURLToPath(new URL('RESULTS.md', import.meta.url)), text)

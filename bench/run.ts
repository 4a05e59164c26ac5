import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Engine } from './bars.ts'
import { choicesOf } from './choices.ts'
import { thisMachine } from './machine.ts'
import { writeFigures } from './readme-figures.ts'
import { type EngineResults, report } from './report.ts'

const args = process.argv.slice(2)
const choices = choicesOf(args, process.env)
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** The child inherits the options of Node, `--conditions` and `--expose-gc` among them. */
async function measureEngine(engine: Engine): Promise<EngineResults> {
  const child = fork(fileOf('measure-engine.ts'), [engine, ...args])
  const results: EngineResults[] = []
  child.on('message', (message) => results.push(message as EngineResults))
  const [code] = (await once(child, 'exit')) as [number | null]
  const [result] = results
  if (code !== 0 || !result) throw new Error(`${engine} could not be measured (exit code ${code}).`)
  return result
}

if (!globalThis.gc) throw new Error('Run it with --expose-gc, as `npm run bench` does.')
const results: EngineResults[] = []
for (const engine of choices.engines) results.push(await measureEngine(engine))
const text = report(
  {
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
    machine: await thisMachine(),
    seeded: choices.seeded,
    rounds: choices.duration.rounds,
  },
  results,
)
process.stdout.write(text)
if (choices.complete) {
  await writeFile(fileOf('RESULTS.md'), text)
  await writeFigures(text)
}

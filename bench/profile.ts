import { Session } from 'node:inspector/promises'
import { openArena } from './arena.ts'
import { choicesOf } from './choices.ts'
import { type CallTree, hottest } from './hottest.ts'

/*
 * Where the time of an operation goes, for whoever wants to make it faster:
 * node --conditions=source --expose-gc bench/profile.ts --only=postgres --operations=create
 * BENCH_ROLE=limit profiles the raw driver instead. With few cores the sampler favours system calls such as writev: compare functions
 * with each other, not with the figures of a run.
 */
const { engines, measurements, seeded } = choicesOf(process.argv.slice(2), process.env)
const role = process.env.BENCH_ROLE ?? 'judged'
const rounds = 8
const notWork = new Set(['(idle)', 'post'])
const shown = 45

async function profiled(work: () => Promise<void>): Promise<CallTree> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 100 })
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return profile
}

for (const engine of engines) {
  const arena = await openArena(engine)
  const contender = arena.contenders.find((candidate) => candidate.role === role)
  await contender?.seed(seeded)
  await arena.ready()
  for (const { operation, label, count, records } of measurements) {
    const work = contender?.work[operation]
    if (!work) continue
    const run = async (times: number): Promise<void> => {
      for (let done = 0; done < times; done++) {
        contender.prepare?.(operation)
        await work()
      }
    }
    await run(count * rounds)
    const profile = await profiled(() => run(count * rounds))
    process.stdout.write(`\n${engine}, ${label}: microseconds per operation, by itself and with what it calls\n`)
    for (const { self, total, name, place } of hottest(profile, count * rounds * records)
      .filter((hot) => !notWork.has(hot.name))
      .slice(0, shown)) {
      process.stdout.write(`${self.toFixed(2).padStart(9)} ${total.toFixed(2).padStart(9)}  ${name}  ${place}\n`)
    }
  }
  await arena.close()
}

import type { Contender, Work } from './contender.ts'
import type { Measurement } from './operation.ts'

/** Figures of one contender in one round, per operation. */
export interface Sample {
  /** CPU, microseconds. */
  readonly cpu: number
  /** Elapsed time, microseconds. With several callers: of all of them together, divided by the operations. */
  readonly wall: number
  readonly statements: number
}

/** Rounds that count, and rounds before them that do not. */
export interface Rounds {
  readonly measured: number
  readonly warmUp: number
}

interface Entrant {
  readonly contender: Contender
  readonly work: Work
}

/** Measures one operation: in each round every contender has its turn, and the order moves on by one from round to round. */
export async function measure(
  contenders: readonly Contender[],
  measurement: Measurement,
  rounds: Rounds,
): Promise<Map<Contender, readonly Sample[]>> {
  const entrants = contenders.flatMap((contender): Entrant[] => {
    const work = contender.work[measurement.operation]
    return work ? [{ contender, work }] : []
  })
  const samples = new Map(entrants.map(({ contender }): [Contender, Sample[]] => [contender, []]))
  for (let round = -rounds.warmUp; round < rounds.measured; round++) {
    for (const entrant of rotated(entrants, round + rounds.warmUp)) {
      const sample = await turn(entrant, measurement)
      if (round >= 0) samples.get(entrant.contender)?.push(sample)
    }
  }
  return samples
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

async function turn({ contender, work }: Entrant, { count, callers, records }: Measurement): Promise<Sample> {
  await contender.settle()
  const before = await contender.usage()
  const started = performance.now()
  if (callers === 1) await repeat(work, count)
  else await Promise.all(Array.from({ length: callers }, () => repeat(work, count / callers)))
  const elapsed = (performance.now() - started) * 1_000
  const after = await contender.usage()
  return {
    cpu: (after.cpu - before.cpu) / count / records,
    wall: elapsed / count / records,
    statements: (after.statements - before.statements) / count,
  }
}

async function repeat(work: Work, count: number): Promise<void> {
  for (let done = 0; done < count; done++) {
    const running = work()
    if (running instanceof Promise) await running
  }
}

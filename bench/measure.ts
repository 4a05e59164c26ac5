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

/** How long to measure. */
export interface Duration {
  readonly rounds: number
  /**
   * Rounds' worth of operations that each contender does beforehand, and milliseconds it may take over them: the compiler of Node
   * needs thousands of calls to be done with its work.
   */
  readonly warmUp: { readonly rounds: number; readonly milliseconds: number }
}

interface Entrant {
  readonly contender: Contender
  readonly work: Work
}

/** Measures one operation: in each round every contender has its turn, and the order moves on by one from round to round. */
export async function measure(
  contenders: readonly Contender[],
  measurement: Measurement,
  { rounds, warmUp }: Duration,
): Promise<Map<Contender, readonly Sample[]>> {
  const entrants = contenders.flatMap((contender): Entrant[] => {
    const work = contender.work[measurement.operation]
    return work ? [{ contender, work }] : []
  })
  for (const entrant of entrants) await warm(entrant, measurement, warmUp)
  for (const { contender } of entrants) await contender.settle()
  const samples = new Map(entrants.map(({ contender }): [Contender, Sample[]] => [contender, []]))
  for (let round = 0; round < rounds; round++) {
    for (const entrant of rotated(entrants, round)) samples.get(entrant.contender)?.push(await turn(entrant, measurement))
  }
  return samples
}

async function warm(
  { contender, work }: Entrant,
  { operation, count }: Measurement,
  { rounds, milliseconds }: Duration['warmUp'],
): Promise<void> {
  const end = performance.now() + milliseconds
  for (let done = 0; done < count * rounds && performance.now() < end; done++) {
    contender.prepare?.(operation)
    await work()
  }
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

/** A turn of a few milliseconds is a matter of luck: whose garbage is collected, and when. */
const shortestTurn = 200_000

async function turn({ contender, work }: Entrant, { operation, count, callers, records }: Measurement): Promise<Sample> {
  const spent = { cpu: 0, wall: 0, statements: 0 }
  let done = 0
  while (spent.wall < shortestTurn) {
    contender.prepare?.(operation)
    const before = await contender.usage()
    const started = performance.now()
    if (callers === 1) await repeat(work, count)
    else await Promise.all(Array.from({ length: callers }, () => repeat(work, count / callers)))
    spent.wall += (performance.now() - started) * 1_000
    const after = await contender.usage()
    spent.cpu += after.cpu - before.cpu
    spent.statements += after.statements - before.statements
    done += count
  }
  return { cpu: spent.cpu / done / records, wall: spent.wall / done / records, statements: spent.statements / done }
}

async function repeat(work: Work, count: number): Promise<void> {
  for (let done = 0; done < count; done++) {
    const running = work()
    if (running instanceof Promise) await running
  }
}

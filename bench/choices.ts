import { parseArgs } from 'node:util'
import { type Engine, engines } from './bars.ts'
import type { Duration } from './measure.ts'
import { type Measurement, measurements, operations } from './operation.ts'

/** What to measure, and how long. */
export interface Choices {
  readonly engines: readonly Engine[]
  readonly measurements: readonly Measurement[]
  readonly duration: Duration
  readonly seeded: number
  /** Everything, at full length: the only run that is written down. */
  readonly complete: boolean
}

/**
 * `--quick` (or `BENCH_QUICK=1`) for about a minute, `--only=postgres,sqlite3` (or `BENCH_ONLY`) for some engines,
 * `--operations=create,read` for some operations.
 */
export function choicesOf(args: readonly string[], environment: NodeJS.ProcessEnv): Choices {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, only: { type: 'string' }, operations: { type: 'string' } },
  })
  const quick = values.quick ?? environment.BENCH_QUICK === '1'
  const only = values.only ?? environment.BENCH_ONLY
  const chosen = named(values.operations, operations)
  const selected = measurements.filter(({ operation }) => chosen.includes(operation))
  return {
    engines: named(only, engines),
    measurements: quick ? selected.map(shorter) : selected,
    duration: quick
      ? { rounds: 6, warmUp: { rounds: 8, milliseconds: 1_000 } }
      : { rounds: 12, warmUp: { rounds: 20, milliseconds: 2_000 } },
    seeded: quick ? 5_000 : 20_000,
    complete: !quick && only === undefined && values.operations === undefined,
  }
}

function named<T extends string>(list: string | undefined, all: readonly T[]): readonly T[] {
  if (list === undefined) return all
  const names = list.split(',')
  const unknown = names.find((name) => !(all as readonly string[]).includes(name))
  if (unknown !== undefined) throw new TypeError(`"${unknown}" is none of ${all.join(', ')}.`)
  return all.filter((name) => names.includes(name))
}

/** Still a multiple of the callers. */
function shorter(measurement: Measurement): Measurement {
  return { ...measurement, count: Math.max(1, Math.floor(measurement.count / 2)) }
}

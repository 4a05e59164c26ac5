import { type Bar, bars, type Engine, isMet } from './bars.ts'
import type { Contender } from './contender.ts'
import type { Sample } from './measure.ts'
import type { Measurement } from './operation.ts'
import { median } from './statistics.ts'

/** One line of the report. */
export interface Figure {
  readonly measurement: Measurement
  readonly contender: string
  readonly role: Contender['role']
  /** Microseconds of CPU per operation. */
  readonly cpu: number
  /** As a multiple of the raw driver. */
  readonly cpuRatio: number
  /** Throughput as a share of the raw driver. */
  readonly wallRatio: number
  readonly perSecond: number
  readonly statements: number
  readonly bar: Bar | null
  readonly met: boolean | null
}

/** Figures of one operation: medians over the rounds. Ratios are taken within each round, so that slow moments of the machine cancel out. */
export function figuresOf(engine: Engine, measurement: Measurement, samples: ReadonlyMap<Contender, readonly Sample[]>): Figure[] {
  const limits = [...samples].filter(([{ role }]) => role === 'limit').map(([, own]) => own)
  return [...samples].map(([contender, own]) => {
    const cpuRatio = ratio(own, limits, (sample) => sample.cpu)
    const wallRatio = 1 / ratio(own, limits, (sample) => sample.wall)
    const statements = median(own.map((sample) => sample.statements))
    const bar = (contender.role === 'judged' && bars[engine][measurement.operation]) || null
    return {
      measurement,
      contender: contender.name,
      role: contender.role,
      cpu: median(own.map((sample) => sample.cpu)),
      cpuRatio,
      wallRatio,
      perSecond: 1_000_000 / median(own.map((sample) => sample.wall)),
      statements,
      bar,
      met: bar && isMet(bar, cpuRatio, wallRatio, statements),
    }
  })
}

/** Against the better one, where the raw driver has several ways. */
function ratio(own: readonly Sample[], limits: readonly (readonly Sample[])[], figure: (sample: Sample) => number): number {
  const against = limits.map((limit) => median(own.map((sample, round) => figure(sample) / figure(limit[round] ?? sample))))
  return Math.max(...against)
}

import { z95 } from './observations.ts'

/** How long something was watched, and whether what was waited for happened (else it was still open: censored). */
export interface Observation {
  /** Any unit, not negative. */
  readonly time: number
  readonly happened: boolean
}

/** The curve after one time at which something happened. */
export interface SurvivalStep {
  readonly time: number
  /** Still under watch just before. */
  readonly atRisk: number
  readonly happened: number
  /** Share for which it has not happened yet. */
  readonly survival: number
  /** Pointwise 95 % interval, by Greenwood's variance on the log-log scale. */
  readonly low: number
  readonly high: number
}

/** A Kaplan–Meier curve. */
export interface SurvivalCurve {
  readonly steps: readonly SurvivalStep[]
  readonly observations: number
  readonly happened: number
  /** The earliest time by which it has happened for half; null when it has not come to that. */
  readonly median: number | null
}

/**
 * The product-limit estimate (E. L. Kaplan, P. Meier, “Nonparametric estimation from incomplete observations”, Journal of the American
 * Statistical Association 53, 1958). Whoever is censored at a time was still at risk at it. Intervals: M. Greenwood (1926), log-log
 * transformed (J. D. Kalbfleisch, R. L. Prentice, “The statistical analysis of failure time data”).
 */
export function survivalCurve(observations: readonly Observation[]): SurvivalCurve {
  if (observations.some(({ time }) => !(time >= 0) || !Number.isFinite(time))) throw new RangeError('Times are numbers from 0.')
  const sorted = observations.toSorted((a, b) => a.time - b.time)
  const steps: SurvivalStep[] = []
  let survival = 1
  let greenwood = 0
  for (let index = 0; index < sorted.length; ) {
    const time = sorted[index]?.time ?? 0
    const atRisk = sorted.length - index
    let happened = 0
    for (; index < sorted.length && sorted[index]?.time === time; index++) happened += sorted[index]?.happened ? 1 : 0
    if (happened === 0) continue
    survival *= 1 - happened / atRisk
    greenwood += happened / (atRisk * (atRisk - happened))
    steps.push({ time, atRisk, happened, survival, ...interval(survival, greenwood) })
  }
  return {
    steps,
    observations: sorted.length,
    happened: steps.reduce((sum, step) => sum + step.happened, 0),
    median: steps.find((step) => step.survival <= 0.5)?.time ?? null,
  }
}

/** The share for which it has not happened at a time. */
export function survivalAt({ steps }: SurvivalCurve, time: number): number {
  return steps.findLast((step) => step.time <= time)?.survival ?? 1
}

/** Where everything has happened, or nothing, the transformation has no value and neither has the interval: it is the point. */
function interval(survival: number, greenwood: number): { low: number; high: number } {
  if (survival <= 0 || survival >= 1) return { low: survival, high: survival }
  const spread = (z95 * Math.sqrt(greenwood)) / Math.log(survival)
  return { low: survival ** Math.exp(-spread), high: survival ** Math.exp(spread) }
}

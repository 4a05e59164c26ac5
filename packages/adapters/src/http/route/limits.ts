import type { Settings } from '../options.ts'
import type { BodyLimits } from '../request/body.ts'

/** What one record's body may cost. */
export function recordLimits({ bodyLimit }: Settings): BodyLimits {
  return { bytes: bodyLimit, depth: 20, keys: 10_000 }
}

/** What a body with expressions may cost: 32 deep is twice as deep in JSON. */
export function expressionLimits({ bodyLimit }: Settings): BodyLimits {
  return { bytes: bodyLimit, depth: 80, keys: 10_000 }
}

/** What a bulk body may cost: 10,000 records of 30 fields. */
export function bulkLimits({ bulkLimit }: Settings): BodyLimits {
  return { bytes: bulkLimit, depth: 20, keys: 300_000 }
}

/** Entries of the lists in a query string. */
export const listLimits = {
  fields: 500,
  expand: 50,
  sort: 10,
  group: 10,
  measures: 50,
  ids: 500,
  places: 20,
  keys: 500,
  accounts: 500,
} as const

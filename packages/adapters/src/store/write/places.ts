import type { SatellitePlan, WritePlan } from '@guanxi/core/store'
import { Bindings, type Slot } from '../sql/bindings.ts'
import type { Dialect } from '../sql/dialect.ts'
import { predicateSql } from '../sql/predicate.ts'
import type { Tables } from '../sql/tables.ts'

/** The named places of a composed write, in the order in which its values are sent. */
export interface WritePlaces {
  readonly tenant: string
  readonly revision: string
  readonly id: string
  readonly version: string
  readonly set: readonly string[]
  readonly ext: string
  /** The policy's SQL; its values come here, after `ext`. */
  readonly policy: { readonly sql: string; readonly slots: readonly Slot[] }
  readonly counters: readonly CounterPlaces[]
  readonly references: readonly string[]
  readonly change: readonly string[]
  readonly values: string
  readonly digest: string
  readonly satellites: readonly SatellitePlaces[]
  readonly count: number
}

/** Where a satellite's rows stand: each value in a place of its own, or all rows in one as a JSON text. */
export type SatellitePlaces = { readonly rows: readonly (readonly string[])[] } | { readonly text: string }

/** How many rows of a satellite travel value by value; null = all of them as one text. */
export function rowsLaidOut(plan: SatellitePlan): number | null {
  return plan.op === 'insert' ? (plan.rows ?? null) : null
}

/** The places of one satellite, each taken from `next`. */
export function satellitePlaces(plan: SatellitePlan, next: () => string, text: () => string): SatellitePlaces {
  const rows = rowsLaidOut(plan)
  return rows === null ? { text: text() } : { rows: Array.from({ length: rows }, () => plan.columns.map(next)) }
}

export interface CounterPlaces {
  readonly kind: string
  readonly key: string
  readonly amount: string
  readonly capacity: string
}

/** How many values of the change row are sent in any case. */
export const changePlaces = 10

/** Lays the places out. The policy is compiled in between, because only then is known how many places it takes. */
export function writePlaces(dialect: Dialect, tables: Tables, plan: WritePlan): WritePlaces {
  let used = 0
  const next = (): string => dialect.placeholder(++used)
  const several = (count: number): string[] => Array.from({ length: count }, next)
  const [tenant, revision, id] = [next(), next(), next()]
  const version = plan.op === 'update' ? next() : ''
  const set = several(plan.set.length)
  const ext = plan.mergeExt ? next() : ''
  const policy = policyPlaces(dialect, tables, plan, used)
  used += policy.slots.length
  const counters = Array.from({ length: plan.counters }, () => ({ kind: next(), key: next(), amount: next(), capacity: next() }))
  const references = several(plan.references.length)
  const change = several(changePlaces)
  const [values = '', digest = ''] = plan.diff === 'given' ? several(2) : []
  const satellites = plan.satellites.map((satellite) => satellitePlaces(satellite, next, next))
  return { tenant, revision, id, version, set, ext, policy, counters, references, change, values, digest, satellites, count: used }
}

function policyPlaces(dialect: Dialect, tables: Tables, plan: WritePlan, before: number): WritePlaces['policy'] {
  const bindings = new Bindings(dialect, before)
  if (!plan.policy) return { sql: 'true', slots: [] }
  const sql = predicateSql({ dialect, bindings, tables, table: plan.table.name, depth: 0 }, plan.policy)
  return { sql, slots: bindings.slots }
}

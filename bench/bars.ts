import type { Operation } from './operation.ts'

/** What Guanxi in process must hold. */
export interface Bar {
  /** CPU of the raw driver, times this, at most. */
  readonly cpu?: number
  /** Elapsed time of the raw driver, times this, at most. */
  readonly wall?: number
  /** Statements at most: one is one round trip. */
  readonly statements?: number
}

/** The engines measured. */
export const engines = ['postgres', 'sqlite3', 'better-sqlite3'] as const

/** One of {@link engines}. */
export type Engine = (typeof engines)[number]

const onSqlite: Partial<Record<Operation, Bar>> = {
  create: { cpu: 3.5 },
  read: { cpu: 2.2 },
  page: { cpu: 1.2 },
  bulk: { cpu: 2 },
  import: { wall: 2.5 },
}

/** Bars by engine. Operations without one are measured all the same. */
export const bars: Readonly<Record<Engine, Readonly<Partial<Record<Operation, Bar>>>>> = {
  postgres: {
    create: { cpu: 3, statements: 1 },
    read: { cpu: 1.5 },
    page: { cpu: 1.2 },
    bulk: { cpu: 2 },
    import: { wall: 2.5 },
  },
  sqlite3: onSqlite,
  'better-sqlite3': onSqlite,
}

/** Does a figure hold its bar? */
export function isMet(bar: Bar, cpuRatio: number, wallRatio: number, statements: number): boolean {
  return isWithin(cpuRatio, bar.cpu) && isWithin(1 / wallRatio, bar.wall) && isWithin(statements, bar.statements)
}

const isWithin = (value: number, bar = Number.POSITIVE_INFINITY): boolean => value <= bar

import { postgres } from '@guanxi/adapters/postgres'
import { compileExpression, type ExpressionContext, ExpressionError } from '@guanxi/core/expression'
import fc from 'fast-check'
import { type Database, engines, postgresDatabase } from '../../support/engines.ts'
import { now } from './people.ts'
import { conditions, order } from './rules.ts'
import { sampleOf } from './sample.ts'
import { openWorld, readOrders, type World } from './world.ts'

/** The same records in memory, in SQLite and in PostgreSQL with two orders of texts. */
export interface Worlds {
  readonly all: readonly World[]
  readonly orders: readonly Record<string, unknown>[]
  close(): Promise<void>
}

export const context: ExpressionContext = {
  now,
  zone: 'Asia/Shanghai',
  tenant: 'test',
  actor: { id: 'ada', personId: null, teamIds: ['bob', '王芳'], roles: ['admin'] },
}

/** A PostgreSQL database whose own order of texts is that of English dictionaries. */
async function icuDatabase(): Promise<Database> {
  const { url, drop } = await postgresDatabase("template template0 locale_provider icu icu_locale 'en-US' locale 'C.UTF-8'")
  return {
    store: (options) => postgres(url, { pool: { min: 0, max: 4 }, ...options }),
    sql: () => Promise.reject(new Error('no SQL by hand')),
    drop,
  }
}

export async function openWorlds(seed: number): Promise<Worlds> {
  const sample = sampleOf(seed)
  const named = (name: string) => engines.find((engine) => engine.name === name)
  const [sqlite3, better, pg] = await Promise.all(['sqlite3', 'better-sqlite3', 'postgres'].map((name) => named(name)?.create()))
  const databases = { sqlite3, 'better-sqlite3': better, 'PostgreSQL C': pg, 'PostgreSQL ICU': await icuDatabase() }
  const all: World[] = []
  for (const [name, database] of Object.entries(databases)) if (database) all.push(await openWorld(name, database, sample))
  const reader = all.find(({ name }) => name === 'PostgreSQL C')
  const orders = reader ? await readOrders(reader.session) : []
  return { all, orders, close: async () => void (await Promise.all(all.map((world) => world.close()))) }
}

/** What became of a number of rules. */
export interface Tally {
  readonly rules: number
  /** Refused because a number could leave its bounds; they are not counted as rules. */
  readonly refused: number
  /** Rules that held for some records and not for others. */
  readonly telling: number
  readonly differences: readonly {
    readonly logic: unknown
    readonly on: string
    readonly extra: readonly string[]
    readonly missing: readonly string[]
  }[]
  readonly errors: readonly { readonly logic: unknown; readonly on: string; readonly error: string }[]
}

/** The ids an expression holds for, in memory. */
export function inMemory(worlds: Worlds, logic: unknown): string[] {
  const definition = worlds.all[0]?.definition
  if (!definition) throw new Error('There is no world.')
  const compiled = compileExpression(logic, { object: definition('order'), objects: definition, expect: 'condition' })
  return worlds.orders.filter((record) => compiled.evaluate(record, context) === true).map((record) => String(record.id))
}

/** When to stop early, and which rules to run: those that hold this text. */
export interface Until {
  readonly enough?: number
  readonly about?: string
}

/** Runs random rules everywhere and compares. */
export async function compareRules(worlds: Worlds, count: number, seed: number, until: Until = {}): Promise<Tally> {
  const { enough = Number.POSITIVE_INFINITY, about = '' } = until
  const differences: Tally['differences'][number][] = []
  const errors: Tally['errors'][number][] = []
  let [rules, refused, telling] = [0, 0, 0]
  for (let depth = 0; rules < count && differences.length + errors.length < enough && depth < 4_000; depth++) {
    const batch = fc.sample(conditions(order, depth % 4), { seed: seed + depth, numRuns: Math.min(50, count - rules) })
    for (const logic of batch) {
      if (!JSON.stringify(logic).includes(about)) continue
      const expected = attempt(worlds, logic)
      if (expected === null) {
        refused++
        continue
      }
      rules++
      if (expected.length > 0 && expected.length < worlds.orders.length) telling++
      await Promise.all(
        worlds.all.map(async (world) => {
          try {
            const found = await world.select(logic, context)
            const [wanted, had] = [new Set(expected), new Set(found)]
            const extra = found.filter((id) => !wanted.has(id))
            const missing = expected.filter((id) => !had.has(id))
            if (extra.length + missing.length > 0) differences.push({ logic, on: world.name, extra, missing })
          } catch (error) {
            errors.push({ logic, on: world.name, error: error instanceof Error ? String(error.cause ?? error) : String(error) })
          }
        }),
      )
    }
  }
  return { rules, refused, telling, differences, errors }
}

function attempt(worlds: Worlds, logic: unknown): string[] | null {
  try {
    return inMemory(worlds, logic)
  } catch (error) {
    if (error instanceof ExpressionError && (error.code === 'RULE_RANGE' || error.code === 'RULE_LIMIT')) return null
    throw new Error(`${error instanceof Error ? error.message : error} in ${JSON.stringify(logic)}`)
  }
}

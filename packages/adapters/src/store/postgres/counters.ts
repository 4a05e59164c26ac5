import type { WritePlan } from '@guanxi/core/store'
import type { CounterPlaces, WritePlaces } from '../write/places.ts'
import type { GuardColumn } from './guards.ts'
import { type Statement, statement } from './prepared-names.ts'

/** The common table expressions that lock and judge counters, and the guards they give. */
export interface CounterParts {
  readonly judging: readonly string[]
  readonly guards: readonly GuardColumn[]
  readonly taking: readonly string[]
}

const none: CounterParts = { judging: [], guards: [], taking: [] }

/**
 * All counter rows are locked in key order, after the record's row (the sub-select on `row_` sees to that), and judged before any is
 * moved. A row that is missing cannot be locked: the write then does nothing, and is tried again when the row is there.
 */
export function counterParts(plan: WritePlan, places: WritePlaces): CounterParts {
  const [only] = places.counters
  if (!only) return none
  if (plan.counters === 1) return oneCounter(plan, only)
  const rows = places.counters.map((counter, index) => takeRow(counter, index))
  const keys = places.counters.map(({ kind, key }) => `(b."kind" = ${kind}::text AND b."key" = ${key}::text)`)
  const afterRow = plan.op === 'update' ? ' AND (SELECT count(*) FROM row_) >= 0' : ''
  const total = 'sum(amount) OVER (PARTITION BY kind, key)'
  const balances = `SELECT b."kind", b."key", b."used" FROM "crm_balance" b WHERE b."tenant_id" = $1 AND (${keys.join(' OR ')})${afterRow}`
  const full = 'take.capacity IS NOT NULL AND balance."used" + take.total > take.capacity'
  const join = 'take LEFT JOIN balance ON balance."kind" = take.kind AND balance."key" = take.key'
  return {
    judging: [
      `take AS MATERIALIZED (SELECT *, ${total} AS total FROM (VALUES ${rows.join(', ')}) AS given (at, kind, key, amount, capacity))`,
      `balance AS MATERIALIZED (${balances} ORDER BY b."kind", b."key" FOR UPDATE OF b)`,
      `judged AS MATERIALIZED (SELECT take.at, balance."used" IS NOT NULL AS is_there, coalesce(${full}, false) AS is_full FROM ${join})`,
    ],
    guards: [
      { name: '__counted', sql: '(SELECT bool_and(is_there) FROM judged)' },
      ...places.counters.map((_, index) => ({ name: `__room${index}`, sql: `(SELECT NOT is_full FROM judged WHERE at = ${index})` })),
    ],
    taking: [
      'taken AS (UPDATE "crm_balance" b SET "used" = b."used" + once.total FROM go, (SELECT DISTINCT kind, key, total FROM take) once ' +
        'WHERE b."tenant_id" = $1 AND b."kind" = once.kind AND b."key" = once.key)',
    ],
  }
}

/** The usual case, without sums over the counters of a write. */
function oneCounter(plan: WritePlan, { kind, key, amount, capacity }: CounterPlaces): CounterParts {
  const here = `b."tenant_id" = $1 AND b."kind" = ${kind}::text AND b."key" = ${key}::text`
  const afterRow = plan.op === 'update' ? ' AND (SELECT count(*) FROM row_) >= 0' : ''
  const room = `${capacity}::bigint IS NULL OR "used" + ${amount}::bigint <= ${capacity}::bigint`
  return {
    judging: [`balance AS MATERIALIZED (SELECT b."used" FROM "crm_balance" b WHERE ${here}${afterRow} FOR UPDATE OF b)`],
    guards: [
      { name: '__counted', sql: 'EXISTS (SELECT 1 FROM balance)' },
      { name: '__room0', sql: `coalesce((SELECT ${room} FROM balance), true)` },
    ],
    taking: [`taken AS (UPDATE "crm_balance" b SET "used" = b."used" + ${amount}::bigint FROM go WHERE ${here})`],
  }
}

function takeRow({ kind, key, amount, capacity }: CounterPlaces, index: number): string {
  return `(${index}, ${kind}::text, ${key}::text, ${amount}::bigint, ${capacity}::bigint)`
}

/** Puts missing balances there, at nothing used, in key order, so that two first takers meet at the same row. */
export const ensureBalances: Statement = statement(
  'INSERT INTO "crm_balance" ("tenant_id", "kind", "key", "used") ' +
    'SELECT $1, kind, key, 0 FROM (SELECT DISTINCT kind, key FROM unnest($2::text[], $3::text[]) AS given (kind, key) ORDER BY kind, key) AS sorted ' +
    'ON CONFLICT DO NOTHING',
  'ensure counters',
)

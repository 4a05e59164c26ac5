import type { ColumnType, WritePlan } from '@guanxi/core/store'
import { quote } from '../sql/identifier.ts'
import { typeOf } from '../sql/tables.ts'
import type { WritePlaces } from '../write/places.ts'
import { unrecorded } from '../write/recorded.ts'
import { postgresDialect } from './dialect.ts'

/** `{"column":[old,new]}` of what differs between the locked row `row_` and the new values, as text; `{}` when nothing does. */
export function diffSql(plan: WritePlan, places: WritePlaces): string {
  const parts = plan.set.flatMap((column, index) => {
    if (unrecorded.has(column)) return []
    const type = typeOf(plan.table, column)
    return [columnDifference(column, `r.${quote(column)}`, postgresDialect.typed(places.set[index] ?? '', type), type)]
  })
  if (plan.mergeExt) parts.push(extDifferences(places.ext))
  return `SELECT '{' || array_to_string(ARRAY[${parts.join(', ')}]::text[], ',') || '}' AS "text" FROM row_ r`
}

/** Columns of the old row that the diff is built from. */
export function diffColumns(plan: WritePlan): string[] {
  const columns = plan.set.filter((column) => !unrecorded.has(column))
  return plan.mergeExt ? [...columns, 'ext'] : columns
}

/** The same for a new row, out of the values that `place` names by their index in `set`: what has a value, and the keys of `ext`. */
export function createdSql(plan: WritePlan, place: (index: number) => string): string {
  const parts = (plan.recorded ?? []).map((column) => {
    const value = place(plan.set.indexOf(column))
    if (column === 'ext') return `(SELECT string_agg(to_json(key)::text || ':[null,' || value::text || ']', ',') FROM jsonb_each(${value}))`
    return `'"${column}":[null,' || ${givenText(value, typeOf(plan.table, column))} || ']'`
  })
  return `'{' || array_to_string(ARRAY[${parts.join(', ')}]::text[], ',') || '}'`
}

/** A value as JSON; null stays null. */
function givenText(value: string, type: ColumnType): string {
  if (type === 'integer' || type === 'boolean' || type === 'json' || type === 'log') return `${value}::text`
  return `to_json(${value})::text`
}

/** The document with the patch's keys in place, and without those the patch sets to null. */
export function mergedExt(document: string, patch: string): string {
  const removed = `ARRAY(SELECT key FROM jsonb_each(${patch}::jsonb) WHERE value = 'null'::jsonb)`
  return `(coalesce(${document}, '{}'::jsonb) || ${patch}::jsonb) - ${removed}`
}

/** `"column":[old,new]` where the two differ, else null. */
export function columnDifference(column: string, before: string, after: string, type: ColumnType): string {
  // The json type has no equality.
  const comparable = (value: string): string => (type === 'log' ? `(${value})::text` : value)
  const text = `'"${column}":[' || ${jsonText(before)} || ',' || ${jsonText(after)} || ']'`
  return `CASE WHEN ${comparable(before)} IS DISTINCT FROM ${comparable(after)} THEN ${text} END`
}

function jsonText(value: string): string {
  return `coalesce(to_json(${value})::text, 'null')`
}

/** One entry per key of the patch; no key and a null key are the same: no value. */
function extDifferences(patch: string): string {
  const before = `coalesce(r."ext" -> patch.key, 'null'::jsonb)`
  const text = `to_json(patch.key)::text || ':[' || ${before}::text || ',' || patch.value::text || ']'`
  return `(SELECT string_agg(${text}, ',') FROM jsonb_each(${patch}::jsonb) patch WHERE ${before} <> patch.value)`
}

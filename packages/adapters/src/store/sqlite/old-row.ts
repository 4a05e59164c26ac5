import type { RawRow, WritePlan, WriteValues } from '@guanxi/core/store'
import type { Difference } from '../write/diff.ts'
import type { CompiledWrite } from './compile-write.ts'
import { encodeSqlite } from './dialect.ts'

/** Every column and ext key that the write may change, before and after. */
export function differences(compiled: CompiledWrite, values: WriteValues, old: RawRow): Difference[] {
  const columns: Difference[] = compiled.recorded.map(({ column, type, at }) => ({
    key: column,
    type,
    before: old[column],
    after: values.set[at],
  }))
  if (!compiled.plan.mergeExt) return columns
  const before = parse(old.ext)
  const patch = parse(values.ext)
  const keys = Object.keys(patch).map((key): Difference => ({ key, type: 'json', before: asJson(before[key]), after: asJson(patch[key]) }))
  return [...columns, ...keys]
}

/** The document with the patch's keys in place, and without those the patch sets to null. Both are JSON texts. */
export function mergedExt(document: unknown, patch: string | undefined): string {
  const merged = { ...parse(document), ...parse(patch) }
  for (const key of Object.keys(merged)) if (merged[key] === null) delete merged[key]
  return JSON.stringify(merged)
}

/** What a write has put into the row. */
interface Written {
  readonly set: readonly unknown[]
  readonly ext: string | undefined
  readonly version: number
}

/** The columns wanted back, without asking the database again: it was locked all along. */
export function rowAfter(plan: WritePlan, old: RawRow, now: Written | null): RawRow {
  const row: RawRow = {}
  for (const column of plan.returning) row[column] = old[column]
  if (!now) return row
  plan.set.forEach((column, index) => {
    if (column in row) row[column] = encodeSqlite(now.set[index])
  })
  if ('version' in row) row.version = now.version
  if (now.ext !== undefined && 'ext' in row) row.ext = now.ext
  return row
}

/** No key and a null key are the same: no value. */
function asJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function parse(text: unknown): Record<string, unknown> {
  return typeof text === 'string' ? (JSON.parse(text) as Record<string, unknown>) : {}
}

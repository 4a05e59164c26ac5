import { StoreFailure, type TableSpec, UniqueViolation } from '@guanxi/core/store'
import type { Tables } from '../sql/tables.ts'

const unique = /UNIQUE constraint failed: (.+)$/
const transientCodes = /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR)/

/** What the trigger of a composed write raises when a guard fails. */
export const refusalText = 'guanxi: refused'

/** A guard failed inside a composed write, which therefore did nothing. Which one is read afterwards. */
export class GuardRefusal extends Error {
  override readonly name = 'GuardRefusal'
}

/** The store's error for an error of either SQLite driver. */
export function sqliteError(error: unknown, tables: Tables): Error {
  if (!(error instanceof Error)) return new StoreFailure(String(error), false)
  if (error.message.endsWith(refusalText)) return new GuardRefusal('A guard of a composed write failed.', { cause: error })
  const columns = unique.exec(error.message)?.[1]
  if (columns) return new UniqueViolation(constraintName(columns.split(', '), tables), { cause: error })
  const code = String((error as { code?: unknown }).code ?? '')
  return new StoreFailure(error.message, transientCodes.test(code), { cause: error })
}

/** SQLite names the columns of a unique key, not the key: `lead.tenant_id, lead.phone`. */
function constraintName(qualified: readonly string[], tables: Tables): string {
  const [name = ''] = (qualified[0] ?? '').split('.')
  const columns = qualified.map((column) => column.slice(name.length + 1))
  const table = tables.find(name)
  if (!table) return qualified.join(', ')
  if (isSame(table.primaryKey, columns)) return `${name}_pkey`
  return uniqueIndex(table, columns) ?? qualified.join(', ')
}

function uniqueIndex(table: TableSpec, columns: readonly string[]): string | undefined {
  return table.indexes.find((index) => index.unique && isSame(['tenant_id', ...index.columns], columns))?.name
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((column, index) => column === right[index])
}

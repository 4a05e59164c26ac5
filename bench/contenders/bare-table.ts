import { randomUUID } from 'node:crypto'
import { seller } from '../people.ts'
import { fieldNames, subject } from '../subject.ts'

/** Columns of the bare table: id, tenant, stamps, and the 25 fields. */
export const columns: readonly string[] = [
  'id',
  'tenant_id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  ...fieldNames,
]

const types: Readonly<Record<string, string>> = {
  id: 'uuid',
  version: 'integer',
  created_at: 'bigint',
  updated_at: 'bigint',
  employees: 'integer',
  score: 'integer',
  visits: 'integer',
  amount: 'numeric(12, 2)',
  discount: 'numeric(12, 2)',
  subscribed: 'boolean',
  qualified: 'boolean',
}

/** Type of a column on PostgreSQL. SQLite takes the same words; a uuid is text there. */
export function columnType(column: string): string {
  return types[column] ?? 'text'
}

/** Table and index of the raw driver and of the plain query builder. */
export function bareTable(name: string, engine: 'sqlite' | 'postgres'): readonly string[] {
  const typeOf = (column: string): string => (engine === 'sqlite' && column === 'id' ? 'text' : columnType(column))
  const specs = columns.map((column) => `${column} ${typeOf(column)}`).join(', ')
  return [
    `create table ${name} (${specs}, primary key (tenant_id, id))${engine === 'sqlite' ? ' without rowid' : ''}`,
    `create index ${name}_page on ${name} (tenant_id, status, amount)`,
  ]
}

/** An id that sorts by time, made as cheaply as can be. */
function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** A new row's values in the order of {@link columns}; its id comes first. */
export function bareRow(n: number): [id: string, ...rest: unknown[]] {
  const record = subject(n) as unknown as Record<string, unknown>
  const now = Date.now()
  const row: [string, ...unknown[]] = [newId(), seller.tenant, 1, now, seller.id, now, seller.id]
  for (const field of fieldNames) row.push(record[field])
  return row
}

/** The same as an object by column, for JSON and the query builder. */
export function bareRecord(n: number): Record<string, unknown> & { id: string } {
  const now = Date.now()
  const stamps = { version: 1, created_at: now, created_by: seller.id, updated_at: now, updated_by: seller.id }
  return { id: newId(), tenant_id: seller.tenant, ...stamps, ...subject(n) }
}

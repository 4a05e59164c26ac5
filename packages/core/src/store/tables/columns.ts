import type { ColumnSpec, IndexSpec, TableSpec } from '../schema.ts'

export const text = (name: string, nullable = false): ColumnSpec => ({ name, type: 'text', nullable })
export const integer = (name: string, nullable = false): ColumnSpec => ({ name, type: 'integer', nullable })
export const uuid = (name: string, nullable = false): ColumnSpec => ({ name, type: 'uuid', nullable })
export const log = (name: string, nullable = false): ColumnSpec => ({ name, type: 'log', nullable })
export const json = (name: string, nullable = false): ColumnSpec => ({ name, type: 'json', nullable })
/** A table of the core: its tenant first. */
export const table = (name: string, columns: ColumnSpec[], key: string[], indexes: IndexSpec[] = []): TableSpec => ({
  name,
  columns: [text('tenant_id'), ...columns],
  primaryKey: ['tenant_id', ...key],
  indexes,
})

import type { SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import { changeColumns } from './decode-change.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })

/** Changes of a record whose cause has some text in it, newest first. Parameters: tenant, record, text, limit. */
export const causedChanges: SelectPlan = {
  table: changeTable,
  columns: changeColumns,
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('record_id'), param: 1 },
      { op: 'contains', operand: column('cause', true), param: 2 },
    ],
  },
  order: [
    { operand: column('version'), descending: true },
    { operand: column('id'), descending: true },
  ],
  limit: 3,
  revision: false,
}

import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { changeTable } from '../store/system-tables.ts'
import type { StoredRun } from './run-rows.ts'

/** A change that a run made, in storage form. */
export interface RunChange {
  readonly recordId: string
  readonly version: number
  /** Null once erased. */
  readonly values: Readonly<Record<string, unknown>> | null
  /** Its number in the log. */
  readonly seq: number
}

const column = (name: string, nullable = false) => ({ column: name, nullable })

/** The log with the number that the store gives each change. */
const log: TableSpec = { ...changeTable, columns: [...changeTable.columns, { name: 'seq', type: 'integer', nullable: false }] }

const ofRun: SelectPlan = {
  table: log,
  columns: ['record_id', 'version', 'values', 'seq'],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('object'), param: 1 },
      { op: 'gt', operand: column('seq'), param: 2 },
      { op: 'lte', operand: column('seq'), param: 3 },
      { op: 'contains', operand: column('cause', true), param: 4 },
    ],
  },
  order: [{ operand: column('seq'), descending: false }],
  limit: 5,
  revision: false,
}
const lastOne: SelectPlan = {
  table: log,
  columns: ['seq'],
  order: [{ operand: column('seq'), descending: true }],
  limit: 1,
  revision: false,
}

/** Changes of a run after a number, in the order of the log: the run knows the part of it they stand in. */
export async function changesOfRun(scope: Scope, run: StoredRun, after: number | null, limit: number): Promise<readonly RunChange[]> {
  const from = after ?? run.log?.from ?? 0
  const params = [scope.actor.tenant, run.object, from, run.log?.to ?? Number.MAX_SAFE_INTEGER, `"run":"${run.id}"`, limit]
  const rows = await sessionOf(scope).select(ofRun, params)
  return rows.map((row) => ({
    recordId: String(row.record_id),
    version: Number(row.version),
    values: parsed(row.values),
    seq: Number(row.seq),
  }))
}

/** Where the log ends for whoever wants to write: what is written from then on comes after. Not known in a host's transaction. */
export async function beginOfLog({ kernel, unit }: Scope): Promise<StoredRun['log']> {
  return unit ? null : { from: await kernel.store.work.lastChange(), to: null }
}

/** The same part of the log, closed behind what the tenant has written by now. */
export async function endOfLog(scope: Scope, { log: part }: StoredRun): Promise<StoredRun['log']> {
  const [row] = await sessionOf(scope).select(lastOne, [scope.actor.tenant, 1])
  return part && { ...part, to: row ? Number(row.seq) : part.from }
}

function parsed(value: unknown): Readonly<Record<string, unknown>> | null {
  if (value === null || value === undefined) return null
  return (typeof value === 'string' ? JSON.parse(value) : value) as Readonly<Record<string, unknown>>
}

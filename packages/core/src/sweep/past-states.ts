import { crmError } from '../error/crm-error.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { decodeChange } from '../object/storage-keys.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { RawRow, SelectPlan } from '../store/port.ts'
import { changeTable } from '../store/system-tables.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Locked } from '../write/locked-read.ts'

/** A record as it was for some time. */
export interface PastState {
  /** From this instant on, until the next state. */
  readonly from: number
  readonly record: Locked
  /** True where values of that time have been erased. */
  readonly isUnknown: boolean
}

/** A record with its states within a window, oldest first. */
export interface PastRecord {
  readonly id: string
  readonly states: readonly PastState[]
  readonly deletedAt: number | null
}

const pageSize = 200
const mostChanges = 10_000
const column = (name: string, nullable = false) => ({ column: name, nullable })

/** Records of an object that existed in [from, to], page by page by id, with the states they were in. */
export async function* pastRecords(scope: Scope, runtime: ObjectRuntime, from: number, to: number): AsyncGenerator<readonly PastRecord[]> {
  for (let after: string | null = null; ; ) {
    const rows: readonly (readonly unknown[])[] = await sessionOf(scope).selectValues(recordsPlan(runtime, after !== null), [
      scope.actor.tenant,
      to,
      from,
      pageSize,
      ...(after === null ? [] : [after]),
    ])
    const records = rows.map((values) => runtime.codec.decodeValues(values) as unknown as Locked)
    if (records.length > 0) yield await withPast(scope, runtime.definition, records, from)
    if (records.length < pageSize) return
    after = records.at(-1)?.id ?? null
  }
}

function recordsPlan(runtime: ObjectRuntime, isNext: boolean): SelectPlan {
  return runtime.selects.get(`existed|${isNext}`, () => ({
    table: runtime.definition.table,
    columns: runtime.codec.columns,
    where: {
      op: 'and',
      of: [
        { op: 'lte', operand: column('created_at'), param: 1 },
        {
          op: 'or',
          of: [
            { op: 'isNull', operand: column('deleted_at', true) },
            { op: 'gt', operand: column('deleted_at', true), param: 2 },
          ],
        },
      ],
    },
    order: [{ operand: column('id'), descending: false }],
    ...(isNext && { after: [4] }),
    limit: 3,
    revision: false,
  }))
}

const changesPlan: SelectPlan = {
  table: changeTable,
  columns: ['record_id', 'at', 'version', 'op', 'values'],
  where: {
    op: 'and',
    of: [
      { op: 'in', operand: column('record_id'), param: 1 },
      { op: 'gt', operand: column('at'), param: 2 },
    ],
  },
  order: [
    { operand: column('record_id'), descending: false },
    { operand: column('at'), descending: true },
    { operand: column('version'), descending: true },
    { operand: column('id'), descending: true },
  ],
  limit: 3,
  revision: false,
}

/** The same records with the states they were in since an instant. */
export async function withPast(
  scope: Scope,
  definition: ObjectDefinition,
  records: readonly Locked[],
  from: number,
): Promise<readonly PastRecord[]> {
  const params = [scope.actor.tenant, records.map(({ id }) => id), from, mostChanges]
  const rows = await sessionOf(scope).select(changesPlan, params)
  if (rows.length < mostChanges) {
    const byRecord = Map.groupBy(rows, (row) => String(row.record_id))
    return records.map((record) => pastOf(definition, record, byRecord.get(record.id) ?? [], from))
  }
  if (records.length === 1) throw crmError('LIMIT_EXCEEDED', { what: 'changes of one record', limit: mostChanges })
  const half = records.length >> 1
  const first = await withPast(scope, definition, records.slice(0, half), from)
  return [...first, ...(await withPast(scope, definition, records.slice(half), from))]
}

/** From how it is now backwards: each change that is taken away gives the state before it. */
function pastOf(definition: ObjectDefinition, record: Locked, changes: readonly RawRow[], from: number): PastRecord {
  const states: PastState[] = []
  let state = record
  let isUnknown = false
  for (const row of changes) {
    const at = Number(row.at)
    states.push({ from: at, record: state, isUnknown })
    if (row.op === 'create') return { id: record.id, states: states.reverse(), deletedAt: record.deletedAt }
    const values = parsed(row.values)
    isUnknown ||= values === null
    if (values) state = before(definition, state, values)
  }
  states.push({ from: Math.max(Number(record.createdAt), from), record: state, isUnknown })
  return { id: record.id, states: states.reverse(), deletedAt: record.deletedAt }
}

function before(definition: ObjectDefinition, state: Locked, values: Readonly<Record<string, unknown>>): Locked {
  const next: Record<string, unknown> = { ...state }
  for (const [name, [old]] of Object.entries(decodeChange(definition, values, state))) {
    if (name.startsWith('custom.')) next.custom = { ...(next.custom as object | undefined), [name.slice('custom.'.length)]: old }
    else next[name] = old
  }
  return next as unknown as Locked
}

function parsed(value: unknown): Readonly<Record<string, unknown>> | null {
  if (value === null || value === undefined) return null
  return (typeof value === 'string' ? JSON.parse(value) : value) as Readonly<Record<string, unknown>>
}

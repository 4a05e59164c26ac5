import { createHash } from 'node:crypto'
import type { ChangeValues, RawRow, SelectPlan, StoreSession, TableSpec, WriteOutcome, WritePlan, WriteValues } from '@guanxi/core/store'
import { changeTable } from '@guanxi/core/store'
import { v7 } from 'uuid'

/** An object's table with a column of every type, both kinds of nullability, and a unique key. */
export const leadTable: TableSpec = {
  name: 'lead',
  columns: [
    { name: 'tenant_id', type: 'text', nullable: false },
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'version', type: 'integer', nullable: false },
    { name: 'deleted_at', type: 'integer', nullable: true },
    { name: 'name', type: 'text', nullable: false },
    { name: 'phone', type: 'text', nullable: true },
    { name: 'note', type: 'text', nullable: true },
    { name: 'amount', type: 'integer', nullable: true },
    { name: 'score', type: 'real', nullable: true },
    { name: 'hot', type: 'boolean', nullable: true },
    { name: 'tags', type: 'json', nullable: true },
    { name: 'owner_id', type: 'uuid', nullable: true },
    { name: 'ext', type: 'json', nullable: false },
    { name: 'updated_at', type: 'integer', nullable: false },
    { name: 'updated_by', type: 'text', nullable: false },
  ],
  primaryKey: ['tenant_id', 'id'],
  indexes: [
    { name: 'lead_phone_key', columns: ['phone'], unique: true, only: 'live' },
    { name: 'lead_amount_idx', columns: ['amount', 'id'] },
  ],
}

/** Keys of leads, as a satellite holds them. */
export const keyTable: TableSpec = {
  name: 'lead_key',
  columns: [
    { name: 'tenant_id', type: 'text', nullable: false },
    { name: 'kind', type: 'text', nullable: false },
    { name: 'value', type: 'text', nullable: false },
    { name: 'lead_id', type: 'uuid', nullable: false },
  ],
  primaryKey: ['tenant_id', 'kind', 'value'],
  indexes: [],
}

/** An append-only ledger, whose order the store keeps. */
export const ledgerTable: TableSpec = {
  name: 'lead_ledger',
  columns: [
    { name: 'tenant_id', type: 'text', nullable: false },
    { name: 'lead_id', type: 'uuid', nullable: false },
    { name: 'amount', type: 'integer', nullable: false },
    { name: 'note', type: 'json', nullable: true },
  ],
  primaryKey: ['tenant_id', 'seq'],
  indexes: [{ name: 'lead_ledger_lead_idx', columns: ['lead_id'] }],
  sequence: true,
}

export const columns = leadTable.columns.map((column) => column.name)

/** The values of a lead by column; what is left out is null or a default. */
export type Lead = Partial<Record<string, unknown>> & { readonly id: string }

export const tenant = 't1'

export function newId(): string {
  return v7()
}

export function lead(values: Partial<Record<string, unknown>> = {}): Lead {
  return { id: newId(), tenant_id: tenant, version: 1, name: 'Blue Sea', ext: '{}', updated_at: 1_000, updated_by: 'u1', ...values }
}

/** A change row's values, with whatever the test wants to be different. */
export function change(values: Partial<ChangeValues> = {}): ChangeValues {
  const text = values.values === undefined ? '{"name":[null,"Blue Sea"]}' : values.values
  return {
    id: newId(),
    object: 'lead',
    op: 'create',
    at: 1_700_000_000_000,
    recordedAt: 1_700_000_000_001,
    actorKind: 'user',
    actorId: 'u1',
    cause: null,
    authors: null,
    values: text,
    salt: 'salt',
    digest: text === null ? null : digestOf('salt', text),
    ...values,
  }
}

export function digestOf(salt: string, text: string): string {
  return createHash('sha256')
    .update(salt + text)
    .digest('hex')
}

const nothing = { counters: 0, references: [], satellites: [], mergeExt: false, returning: [] } as const

/** A plan that inserts a whole lead. */
export function insertPlan(rest: Partial<WritePlan> = {}): WritePlan {
  return { ...nothing, op: 'insert', table: leadTable, set: columns, state: 'any', diff: 'given', ...rest }
}

/** A plan that updates columns of a live lead. */
export function updatePlan(set: readonly string[], rest: Partial<WritePlan> = {}): WritePlan {
  return { ...nothing, op: 'update', table: leadTable, set, state: 'live', diff: 'given', ...rest }
}

export function insertValues(values: Lead, rest: Partial<WriteValues> = {}): WriteValues {
  const set = columns.map((column) => values[column] ?? null)
  return { tenant: String(values.tenant_id), id: values.id, revision: null, version: null, set, ...noExtras, change: change(), ...rest }
}

export function updateValues(id: string, set: readonly unknown[], rest: Partial<WriteValues> = {}): WriteValues {
  return { tenant, id, revision: null, version: null, set, ...noExtras, change: change({ op: 'update' }), ...rest }
}

const noExtras = { counters: [], references: [], satellites: [] } as const

const plainInsert = insertPlan()

export function insert(session: StoreSession, values: Lead): Promise<WriteOutcome> {
  return session.write(plainInsert, insertValues(values))
}

const byId: SelectPlan = {
  table: leadTable,
  columns,
  where: { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 },
  order: [],
  revision: false,
}

export async function read(session: StoreSession, id: string, of = tenant): Promise<RawRow | undefined> {
  const [row] = await session.select(byId, [of, id])
  return row
}

const allLeads: SelectPlan = {
  table: leadTable,
  columns,
  order: [{ operand: { column: 'id', nullable: false }, descending: false }],
  revision: false,
}

export function leads(session: StoreSession, of = tenant): Promise<RawRow[]> {
  return session.select(allLeads, [of])
}

const allChanges: SelectPlan = {
  table: changeTable,
  columns: changeTable.columns.map((column) => column.name),
  order: [{ operand: { column: 'version', nullable: false }, descending: false }],
  revision: false,
}

export function changes(session: StoreSession, of = tenant): Promise<RawRow[]> {
  return session.select(allChanges, [of])
}

const allKeys: SelectPlan = {
  table: keyTable,
  columns: ['kind', 'value', 'lead_id'],
  order: [{ operand: { column: 'value', nullable: false }, descending: false }],
  revision: false,
}

export function keys(session: StoreSession): Promise<RawRow[]> {
  return session.select(allKeys, [tenant])
}

/** A row in the same form on every engine: documents parsed, booleans and numbers as such. */
export function decoded(row: RawRow | undefined, table: TableSpec = leadTable): RawRow | undefined {
  if (!row) return undefined
  const types = new Map(table.columns.map((column) => [column.name, column.type]))
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, decode(types.get(name), value)]))
}

function decode(type: string | undefined, value: unknown): unknown {
  if (value === null) return null
  if (type === 'json' || type === 'log') return JSON.parse(String(value))
  if (type === 'boolean') return value === true || value === 1
  if (type === 'integer' || type === 'real') return Number(value)
  return value
}

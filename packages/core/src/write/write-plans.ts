import type { Reached } from '../access/access.ts'
import { allOf, Params } from '../expression/shape.ts'
import { requestColumns } from '../job/job-row.ts'
import { entryColumns } from '../ledger/entry.ts'
import { extColumn } from '../object/system-fields.ts'
import type { SatellitePlan, WritePlan } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { idempotencyTable, jobTable, ledgerTable, tokenTable } from '../store/system-tables.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'

/** Which satellites a write brings along; each combination is a statement of its own. */
export interface Company {
  readonly tokens: boolean
  readonly links: boolean
  readonly idempotency: boolean
  /** Postings it carries: each takes a counter and brings an entry. */
  readonly postings?: number
  readonly jobs?: boolean
}

const tokenColumns = ['tenant_id', 'object', 'token', 'field', 'record_id']
const linkColumns = ['tenant_id', 'from_id', 'to_id']
const idempotencyColumns = ['tenant_id', 'actor_id', 'key', 'fingerprint', 'result', 'created_at']

const ledgerColumns = ['tenant_id', ...entryColumns]

/** The plan of an insert: every column of the row. */
export function insertPlan(runtime: ObjectRuntime, company: Company, checked: boolean): WritePlan {
  return runtime.writes.get(`insert|${nameOf(company)}|${checked}`, () => ({
    op: 'insert',
    table: runtime.definition.table,
    set: runtime.insertColumns,
    returning: [],
    mergeExt: false,
    state: 'any',
    counters: company.postings ?? 0,
    references: checked ? runtime.references.map(({ table }) => table) : [],
    diff: 'sql',
    recorded: recordedOf(runtime),
    satellites: satellitesOf(runtime, company, false),
  }))
}

/** All columns of fields but those that every record has anyway. */
function recordedOf({ definition, insertColumns }: ObjectRuntime): readonly string[] {
  const fields = definition.fields.filter(({ name, layer }) => layer !== 'system' || name === 'ownerId' || name === 'teamId')
  const columns = fields.flatMap(({ storage }) => ('columns' in storage ? storage.columns.map(({ name }) => name) : []))
  return insertColumns.includes(extColumn.name) ? [...columns, extColumn.name] : columns
}

/** What the plan of an update depends on, besides its columns. */
export interface UpdateShape {
  readonly columns: readonly string[]
  readonly mergeExt: boolean
  readonly state: WritePlan['state']
  readonly diff: WritePlan['diff']
  readonly reach: Reached
  readonly returning: readonly string[]
  readonly references: readonly string[]
  readonly company: Company
  /** In a batch: the rows are locked by this transaction already. */
  readonly held?: boolean
}

/** The plan of an update. With reach `own`, the actor's id is its only policy parameter after the tenant. */
export function updatePlan(runtime: ObjectRuntime, shape: UpdateShape): WritePlan {
  const { columns, mergeExt, state, diff, reach, returning, references, company, held = false } = shape
  const key = `update|${columns.join(',')}|${mergeExt}|${state}|${diff}|${reach}|${returning.length}|${references.join(',')}|${nameOf(company)}|${held}`
  return runtime.writes.get(key, () => ({
    op: 'update',
    table: runtime.definition.table,
    set: columns,
    returning,
    mergeExt,
    state,
    ...(held && { held }),
    ...(reach === 'own' && { policy: ownPolicy() }),
    counters: company.postings ?? 0,
    references,
    diff,
    satellites: satellitesOf(runtime, company, true),
  }))
}

function ownPolicy(): NonNullable<WritePlan['policy']> {
  const params = new Params('')
  const own = allOf([{ op: 'eq', operand: { column: 'owner_id', nullable: true }, param: params.add(null) }])
  return own ?? { op: 'and', of: [] }
}

/** Removals come before additions, so that a word that moves between fields survives. */
function satellitesOf(runtime: ObjectRuntime, company: Company, removes: boolean): readonly SatellitePlan[] {
  const plans: SatellitePlan[] = []
  const pairs = (table: TableSpec, columns: readonly string[]): void => {
    if (removes) plans.push({ op: 'delete', table, columns })
    plans.push({ op: 'insert', table, columns, conflict: 'ignore' })
  }
  if (company.tokens) pairs(tokenTable, tokenColumns)
  if (company.links) for (const { storage } of runtime.links) if (storage.at === 'links') pairs(storage.table, linkColumns)
  if (company.idempotency) plans.push({ op: 'insert', table: idempotencyTable, columns: idempotencyColumns, conflict: 'error', rows: 1 })
  if (company.postings) plans.push(entriesPlan(company.postings))
  if (company.jobs) plans.push({ op: 'insert', table: jobTable, columns: requestColumns, conflict: 'replace' })
  return plans
}

/** A place for each value of many entries would make a statement longer than it is worth. */
const fewEntries = 3

function entriesPlan(postings: number): SatellitePlan {
  const few = postings <= fewEntries
  return { op: 'insert', table: ledgerTable, columns: ledgerColumns, conflict: 'error', ...(few && { rows: postings }) }
}

const nameOf = ({ tokens, links, idempotency, postings, jobs }: Company): string =>
  `${tokens ? 't' : ''}${links ? 'l' : ''}${idempotency ? 'i' : ''}${postings ? `p${postings}` : ''}${jobs ? 'j' : ''}`

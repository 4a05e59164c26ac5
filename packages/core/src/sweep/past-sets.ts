import { crmError } from '../error/crm-error.ts'
import type { RelationNeeded } from '../expression/facts.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { rowCodec } from '../object/row-codec.ts'
import { mostChildren } from '../read/children.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { type PastRecord, withPast } from './past-states.ts'

/** A set of child records that a rule asks about. */
export interface SetPlace {
  /** References to follow from the record to the one whose children they are, and the field there. */
  readonly steps: readonly string[]
  /** The object whose children they are. */
  readonly owner: string
  readonly child: ObjectRuntime
  /** The field of a child that points back. */
  readonly by: FieldDefinition
  readonly needed: RelationNeeded
}

/** A field of the tenant's admins is one step. */
const stepsOf = (path: string): string[] => path.match(/custom\.[^.]+|[^.]+/g) ?? []

/** The sets of child records among what the expressions over an object need. */
export function setsAmong(tenant: Tenant, object: string, needed: readonly RelationNeeded[]): readonly SetPlace[] {
  return needed.flatMap((one): SetPlace[] => {
    if (!one.many) return []
    const steps = stepsOf(one.path)
    const before = steps.slice(0, -1).join('.')
    const owner = before === '' ? object : needed.find(({ path }) => path === before)?.object
    const field = owner && tenant.runtime(owner).definition.field.get(steps.at(-1) ?? '')
    if (!owner || !field || field.kind !== 'children') return []
    const child = tenant.runtime(field.to ?? '')
    return [{ steps, owner, child, by: fieldOf(child.definition, field.by, ''), needed: one }]
  })
}

/** Does a child, as it was, belong to the record? */
export function belongs({ by, owner }: SetPlace, child: Locked, parent: string): boolean {
  const value = (child as unknown as Readonly<Record<string, unknown>>)[by.name]
  if (typeof value !== 'object' || value === null) return value === parent
  const { object, id } = value as { readonly object?: unknown; readonly id?: unknown }
  return id === parent && object === owner
}

/** Children that belong to these records or did, with the states they were in since an instant. */
export async function pastOfChildren(
  scope: Scope,
  set: SetPlace,
  parents: readonly string[],
  moved: ReadonlyMap<string, readonly string[]>,
  window: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<string, readonly PastRecord[]>> {
  const strangers = [...new Set(parents.flatMap((id) => moved.get(id) ?? []))]
  const rows = await childRows(scope, set, parents, strangers, window)
  if (rows.length > mostChildren) {
    if (parents.length === 1) throw crmError('LIMIT_EXCEEDED', { what: 'children of one record', limit: mostChildren })
    const half = parents.length >> 1
    const first = await pastOfChildren(scope, set, parents.slice(0, half), moved, window)
    return new Map([...first, ...(await pastOfChildren(scope, set, parents.slice(half), moved, window))])
  }
  const pasts: PastRecord[] = []
  for (let start = 0; start < rows.length; start += 500)
    pasts.push(...(await withPast(scope, set.child.definition, rows.slice(start, start + 500), window.from)))
  const wanted = new Set(parents)
  const byParent = new Map<string, PastRecord[]>()
  for (const past of pasts) {
    for (const parent of parentsOf(set, past)) {
      if (!wanted.has(parent)) continue
      const own = byParent.get(parent) ?? []
      byParent.set(parent, own)
      own.push(past)
    }
  }
  return byParent
}

/** All records that a child has belonged to. */
function parentsOf(set: SetPlace, { states }: PastRecord): ReadonlySet<string> {
  const ids = states.flatMap(({ record }) => {
    const value = (record as unknown as Readonly<Record<string, unknown>>)[set.by.name]
    const id = typeof value === 'object' && value !== null ? (value as { readonly id?: unknown }).id : value
    return typeof id === 'string' && belongs(set, record, id) ? id : []
  })
  return new Set(ids)
}

/** Most ids of one question. */
const idsAtOnce = 1_000

/** Those that belong to the records now, and those that did. */
async function childRows(
  scope: Scope,
  set: SetPlace,
  parents: readonly string[],
  strangers: readonly string[],
  window: { readonly from: number; readonly to: number },
): Promise<readonly Locked[]> {
  const [column] = 'columns' in set.by.storage ? set.by.storage.columns : []
  const found = new Map<string, Locked>()
  for (const [name, ids] of [[column?.name ?? '', parents] as const, ['id', strangers] as const])
    for (let start = 0; start < ids.length && found.size <= mostChildren; start += idsAtOnce)
      for (const row of await rowsBy(scope, set, name, ids.slice(start, start + idsAtOnce), window)) found.set(row.id, row)
  return [...found.values()]
}

/** Rows that existed in the window, with the fields that are looked at. */
async function rowsBy(
  scope: Scope,
  { child, by, needed }: SetPlace,
  name: string,
  ids: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Locked[]> {
  const codec = rowCodec(child.definition, [...needed.fields, by.name])
  const column = (of: string) => ({ column: of, nullable: of !== 'id' && of !== 'created_at' })
  const plan = child.selects.get(`past children|${name}|${codec.shape}`, () => ({
    table: child.definition.table,
    columns: codec.columns,
    where: {
      op: 'and',
      of: [
        { op: 'in', operand: column(name), param: 1 },
        { op: 'lte', operand: column('created_at'), param: 2 },
        {
          op: 'or',
          of: [
            { op: 'isNull', operand: column('deleted_at') },
            { op: 'gt', operand: column('deleted_at'), param: 3 },
          ],
        },
      ],
    },
    order: [{ operand: column('id'), descending: false }],
    limit: 4,
    revision: false,
  }))
  const rows = await sessionOf(scope).selectValues(plan, [scope.actor.tenant, ids, to, from, mostChildren + 1])
  return rows.map((values) => codec.decodeValues(values) as unknown as Locked)
}

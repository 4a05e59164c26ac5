import { crmError } from '../error/crm-error.ts'
import type { Node } from '../expression/node.ts'
import { kindOf } from '../kind/registry.ts'
import type { ObjectLogic } from '../logic/object-logic.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { type RowCodec, rowCodec } from '../object/row-codec.ts'
import { nameColumns } from '../object/system-fields.ts'
import type { AggregatePlan, SelectPlan, WritePlan } from '../store/port.ts'
import type { Tenant } from './tenants.ts'

/**
 * An object at one revision with everything computed from it once: its codec and the plans of its statements. Tenants without an
 * overlay share it, so they share prepared statements too.
 */
export interface ObjectRuntime {
  readonly definition: ObjectDefinition
  /** All fields that writes keep. */
  readonly codec: RowCodec
  /** Fields as a reader asked for them, all unless said; with those that are computed. */
  codecFor(fields: readonly string[] | undefined): RowCodec
  /** Columns of an insert: the tenant, all fields, what is computed from the name. */
  readonly insertColumns: readonly string[]
  /** Checked filters over its own fields, by their text. */
  readonly conditions: PlanCache<Node>
  readonly selects: PlanCache<SelectPlan>
  readonly aggregates: PlanCache<AggregatePlan>
  readonly writes: PlanCache<WritePlan>
  /** Fields whose values point to one record, with the object they point to. */
  readonly references: readonly { readonly field: FieldDefinition; readonly table: string }[]
  /** Fields kept in tables of pairs. */
  readonly links: readonly FieldDefinition[]
  /** What the definition says in expressions; null where it says nothing. */
  readonly logic: LogicAtWork | null
}

/** The logic of an object in the hands of a tenant. */
export interface LogicAtWork extends ObjectLogic {
  readonly tenant: Tenant
}

/** Compiles what an object needs at run time. */
export function objectRuntime(definition: ObjectDefinition): ObjectRuntime {
  const codec = rowCodec(definition)
  const reading = definition.hasLogic ? rowCodec(definition, undefined, 'read') : codec
  const derived = definition.table.columns.some(({ name }) => name === nameColumns[0]) ? nameColumns : []
  return {
    definition,
    codec,
    codecFor: (fields) => (fields === undefined ? reading : rowCodec(definition, fields, 'read')),
    insertColumns: ['tenant_id', ...codec.columns, ...derived],
    conditions: new PlanCache(),
    selects: new PlanCache(),
    aggregates: new PlanCache(),
    writes: new PlanCache(),
    references: definition.fields
      .filter((field) => field.kind === 'reference' && field.layer !== 'system' && field.storage.at === 'columns')
      .map((field) => ({ field, table: `crm_${field.to}` })),
    links: definition.fields.filter((field) => field.storage.at === 'links'),
    logic: null,
  }
}

/** The same runtime with the logic that the tenant's definitions give it, which is checked when first used. */
export function withLogic(runtime: ObjectRuntime, tenant: () => Tenant): ObjectRuntime {
  let made: LogicAtWork | undefined
  return {
    ...runtime,
    get logic() {
      made ??= { ...tenant().book.of(runtime.definition), tenant: tenant() }
      return made
    },
  }
}

const planLimit = 500

/** Plans by shape, the oldest leaving first. */
export class PlanCache<P> {
  readonly #plans = new Map<string, P>()

  get(shape: string, make: () => P): P {
    const known = this.#plans.get(shape)
    if (known) return known
    const plan = make()
    this.keep(shape, plan)
    return plan
  }

  find(shape: string): P | undefined {
    return this.#plans.get(shape)
  }

  keep(shape: string, plan: P): void {
    if (this.#plans.size >= planLimit) this.#plans.delete(this.#plans.keys().next().value ?? '')
    this.#plans.set(shape, plan)
  }
}

/** The field a caller named; FIELD_UNKNOWN otherwise. */
export function fieldOf(definition: ObjectDefinition, name: unknown, path: string): FieldDefinition {
  const field = typeof name === 'string' ? definition.field.get(name) : undefined
  if (field) return field
  throw crmError('FIELD_UNKNOWN', { field: String(name).slice(0, 100) }, { path })
}

/** Can this field be sorted, grouped or summed? Otherwise a PARAMETER_INVALID that names it. */
export function requireAbility(field: FieldDefinition, ability: 'sortable' | 'groupable' | 'summable', parameter: string): void {
  if (field.masked !== undefined) throw crmError('FIELD_MASKED', { field: field.name }, { path: `/${parameter}` })
  if (kindOf(field.kind)[ability]) return
  throw crmError(
    'PARAMETER_INVALID',
    { name: parameter, reason: `“${field.name}” (${field.kind}) is not ${ability}` },
    { path: `/${parameter}` },
  )
}

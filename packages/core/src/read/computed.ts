import { crmError } from '../error/crm-error.ts'
import type { Computation } from '../expression/computation.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { factsOf } from '../expression/facts.ts'
import { lowerValue } from '../expression/lower/lower-term.ts'
import { placesOf } from '../expression/lower/places.ts'
import type { Node } from '../expression/node.ts'
import { columnOperand, fieldOperand } from '../expression/operand.ts'
import type { Computations } from '../expression/schema.ts'
import type { Params } from '../expression/shape.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import type { RowValue } from '../store/predicate.ts'
import { definitionsOf } from '../tenant/definitions-of.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { contextOf, mayRead, readReach } from './context.ts'
import { policyPredicate } from './policy.ts'

/** Formulas as this reader may use them: what they look into must be readable, else the field is as if it were not there. */
export function computationsFor(scope: Scope, tenant: Tenant): Computations {
  return (object, field) => {
    const computation = tenant.book.attempt(() => tenant.book.computation(object, field))
    if (computation && mayCompute(scope, computation)) return computation
    throw new ExpressionError('RULE_FIELD', '', { field })
  }
}

/** May the reader see everything that a formula looks into? */
function mayCompute(scope: Scope, { node }: Computation): boolean {
  return scope.privileged || factsOf(node).relationsNeeded.every(({ object }) => mayRead(scope, object))
}

/** May the reader see the field? Only formulas can be hidden so far. */
export function isReadable(scope: Scope, tenant: Tenant, object: string, { name, formula }: FieldDefinition): boolean {
  if (formula?.mode !== 'read') return true
  const computation = tenant.book.attempt(() => tenant.book.computation(object, name))
  return computation !== null && mayCompute(scope, computation)
}

/** The field a reader named; FIELD_UNKNOWN where there is none, or none that they may see. */
export function readableField(scope: Scope, tenant: Tenant, { definition }: ObjectRuntime, name: unknown, path: string): FieldDefinition {
  const field = fieldOf(definition, name, path)
  if (isReadable(scope, tenant, definition.name, field)) return field
  throw crmError('FIELD_UNKNOWN', { field: field.name }, { path })
}

/** The values of fields that are computed on read, in the order in which a codec wants them; nothing for those the reader may not see. */
export function computedValues(
  scope: Scope,
  tenant: Tenant,
  runtime: ObjectRuntime,
  fields: readonly FieldDefinition[],
  params: Params,
): readonly RowValue[] {
  return fields.flatMap((field) => {
    const { columns } = kindOf(field.kind)
    if (isReadable(scope, tenant, runtime.definition.name, field))
      return columns.map((_, part) => fieldValueOf(scope, tenant, runtime, field, part, params))
    const none = params.add(null)
    return columns.map(({ type }) => ({ term: { op: 'param', param: none, type, nullable: true }, type, nullable: true }) as const)
  })
}

/** A part of a field's value as something to read, sort, group or measure by: where it stands, or how it is computed. */
export function fieldValueOf(
  scope: Scope,
  tenant: Tenant,
  { definition }: ObjectRuntime,
  field: FieldDefinition,
  part: number,
  params: Params,
): RowValue {
  if (field.formula?.mode !== 'read') return part === 0 ? fieldOperand(field) : columnOperand(field, part)
  const { node, currency } = tenant.book.computation(definition.name, field.name)
  const type = kindOf(field.kind).columns[part]?.type ?? 'text'
  return { term: lowered(scope, tenant, part === 0 ? node : (currency ?? node), params), type, nullable: true }
}

function lowered(scope: Scope, tenant: Tenant, node: Node, params: Params) {
  const places = placesOf(definitionsOf(tenant), (object, within) => policyPredicate(readReach(scope, object), scope, within))
  return lowerValue(node, places, params, contextOf(scope, tenant))
}

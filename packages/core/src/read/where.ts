import { directoryDefinition } from '../directory/path-definitions.ts'
import { type CrmError, crmError } from '../error/crm-error.ts'
import { checkExpression } from '../expression/compile-expression.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { factsOf } from '../expression/facts.ts'
import { literalForm } from '../expression/lower/literal-form.ts'
import { lowerCondition } from '../expression/lower/lower-term.ts'
import { placesOf } from '../expression/lower/places.ts'
import type { Node } from '../expression/node.ts'
import { type Computations, schemaOf } from '../expression/schema.ts'
import { type Params, remembered } from '../expression/shape.ts'
import { lowerShorthand } from '../expression/shorthand/lower-shorthand.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import type { Predicate } from '../store/predicate.ts'
import { definitionsOf } from '../tenant/definitions-of.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { computationsFor } from './computed.ts'
import { contextOf, mayRead, readReach } from './context.ts'
import { plainText } from './plain-text.ts'
import { policyPredicate } from './policy.ts'

/** What a caller asks of the records, in the short form or as an expression, as a condition. */
export function lowerWhere(
  where: unknown,
  tenant: Tenant,
  runtime: ObjectRuntime,
  scope: Scope,
  params: Params,
  root?: string,
): Predicate | undefined {
  const node = checkWhere(where, tenant, runtime, scope, root)
  if (node.is === 'call' && node.op.name === 'and' && node.of.length === 0) return undefined
  const start = params.values.length
  const known = lowered.get(node)
  if (known?.start === start) {
    params.values.push(...known.values)
    return known.predicate
  }
  const places = placesOf(definitionsOf(tenant), (object, within) => policyPredicate(readReach(scope, object), scope, within))
  const predicate = lowerCondition(node, places, params, contextOf(scope, tenant))
  if (lasting.has(node)) lowered.set(node, { start, values: params.values.slice(start), predicate: remembered(predicate) })
  return predicate
}

/** What a lasting condition was lowered to, where its parameters began at the same place. */
interface Lowered {
  readonly start: number
  readonly values: readonly unknown[]
  readonly predicate: Predicate
}

const lowered = new WeakMap<Node, Lowered>()
/** Conditions over the object's own fields that do not depend on who asks or when: each call lowers them to the same. */
const lasting = new WeakSet<Node>()

/**
 * The checked tree of a filter, kept for the next time when it is about the object's own fields only. Errors point into `/where`, or what
 * else it is called.
 */
export function checkWhere(where: unknown, tenant: Tenant, runtime: ObjectRuntime, scope: Scope, root = '/where'): Node {
  const text = plainText(where)
  const known = text === null ? undefined : runtime.conditions.find(text)
  if (known) return known
  let isOwn = true
  const readable = (name: string): ObjectDefinition | undefined => {
    isOwn = false
    return readableDefinition(scope, tenant, name)
  }
  const computations: Computations = (object, field) => {
    isOwn = false
    return computationsFor(scope, tenant)(object, field)
  }
  const node = check(where, tenant, runtime, scope, { readable, computations }, root)
  if (text !== null && isOwn) {
    runtime.conditions.keep(text, node)
    if (!factsOf(node).usesContext) lasting.add(node)
  }
  return node
}

/** What the reader may use of other objects, and of formulas. */
interface Seen {
  readonly readable: (name: string) => ObjectDefinition | undefined
  readonly computations: Computations
}

function check(where: unknown, tenant: Tenant, runtime: ObjectRuntime, scope: Scope, { readable, computations }: Seen, root: string): Node {
  try {
    const literal = literalForm(definitionsOf(tenant), scope.kernel.kinds)
    const forms = scope.kernel.operators
    const schema = schemaOf(runtime.definition, readable, computations)
    const { logic, origins } = lowerShorthand(where, schema, (name) => forms.has(name))
    const node = checkExpression(logic, { schema, expect: 'condition', literal, origins, forms })
    factsOf(node)
    return node
  } catch (error) {
    if (error instanceof ExpressionError) throw whereError(error, root, runtime)
    throw error
  }
}

/** What a path may lead to for the reader. People and teams are known to everybody who is known. */
export function readableDefinition(scope: Scope, tenant: Tenant, name: string): ObjectDefinition | undefined {
  const known = directoryDefinition(name)
  if (known) return known
  return mayRead(scope, name) ? readableRuntime(scope, tenant, name).definition : undefined
}

/** Unknown fields and limits have one code wherever they are met. */
function whereError({ code, path: at, params }: ExpressionError, root: string, { definition }: ObjectRuntime): CrmError {
  const path = root + at
  if (code === 'RULE_FIELD' && definition.field.get(String(params.field))?.masked !== undefined)
    return crmError('FIELD_MASKED', params, { path })
  if (code === 'RULE_FIELD') return crmError('FIELD_UNKNOWN', params, { path })
  if (code === 'RULE_LIMIT') return crmError('LIMIT_EXCEEDED', params, { path })
  return crmError(code, params, { path })
}

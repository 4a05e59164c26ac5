import { CrmError, crmError } from '../error/crm-error.ts'
import { type CompiledExpression, compileExpression, type ExpressionOptions } from '../expression/compile-expression.ts'
import { ExpressionError } from '../expression/expression-error.ts'
import { literalForm } from '../expression/lower/literal-form.ts'
import type { Node } from '../expression/node.ts'
import { schemaOf } from '../expression/schema.ts'
import { lowerShorthand } from '../expression/shorthand/lower-shorthand.ts'
import { computationsFor } from '../read/computed.ts'
import { readableDefinition } from '../read/where.ts'
import type { Scope } from '../scope/scope.ts'
import { definitionsOf } from '../tenant/definitions-of.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'

/** Checks expressions over the records of one object, with the rights of whoever the scope is. */
export interface Check {
  condition(where: unknown, path: string): CompiledExpression
  value(logic: unknown, path: string): CompiledExpression
}

/** What conditions may ask that are looked at when a record is saved, not in a run. */
export type CheckMode = 'run' | 'save'

/** The checks of one object in one tenant. Errors point into the decider. */
export function checkOf(scope: Scope, tenant: Tenant, object: string, mode: CheckMode = 'run'): Check {
  const own = readableRuntime(scope, tenant, object).definition
  const definition = definitionsOf(tenant)
  const schema = schemaOf(own, (name) => readableDefinition(scope, tenant, name), computationsFor(scope, tenant))
  const forms = scope.kernel.operators
  const shared = { schema, forms, literal: literalForm(definition, scope.kernel.kinds) }
  const compiled = (logic: unknown, options: Partial<ExpressionOptions>, path: string): CompiledExpression =>
    placed(path, () => {
      const expression = compileExpression(logic, {
        ...shared,
        ...options,
        mode: mode === 'save' ? 'memory' : 'both',
      } as ExpressionOptions)
      if (mode === 'run') requireNobody(expression.node)
      return expression
    })
  return {
    condition: (where, path) =>
      placed(path, () => {
        const { logic, origins } = lowerShorthand(where, schema, (name) => forms.has(name))
        return compiled(logic, { expect: 'condition', origins }, path)
      }),
    value: (logic, path) => compiled(logic, {}, path),
  }
}

/** A run is nobody's: what it does must not depend on who started it. */
function requireNobody(node: Node): void {
  if (node.is === 'context' && node.name.startsWith('actor.'))
    throw new ExpressionError('RULE_FIELD', node.path, { field: `$.${node.name}` })
  if (node.is === 'call') for (const part of node.of) requireNobody(part)
  if (node.is === 'each') for (const part of [node.where, node.value]) if (part) requireNobody(part)
}

function placed<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof CrmError) throw error
    if (!(error instanceof ExpressionError)) throw error
    const at = { path: path + error.path }
    if (error.code === 'RULE_FIELD') throw crmError('FIELD_UNKNOWN', error.params, at)
    throw crmError(error.code, error.params, at)
  }
}

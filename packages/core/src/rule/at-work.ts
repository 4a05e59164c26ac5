import type { ExpressionContext } from '../expression/context.ts'
import type { HookRecord, Values } from '../hook/hook-record.ts'
import { fieldValue } from '../object/field-value.ts'
import { contextOf } from '../read/context.ts'
import type { Scope } from '../scope/scope.ts'
import { factsOf } from '../sweep/because.ts'
import { restrictionOf } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { CompiledAction } from './compile-action.ts'
import type { CompiledSave, CompiledSaveRule } from './compile-save.ts'
import type { Acting } from './outcome.ts'

/** What rules know of a save besides the record. */
export function contextFor(scope: Scope, tenant: Tenant, { previous }: Pick<HookRecord, 'previous'>): ExpressionContext {
  return { ...contextOf(scope, tenant), ...(previous && { previous }) }
}

/** The rules of a decider that act on a record as it will be: none outside a pilot, and none for somebody without the rights. */
export function actingRules(scope: Scope, decider: CompiledSave, record: Values, context: ExpressionContext): readonly Acting[] {
  const { rules, part, body } = decider
  if (part && part.evaluate(record, context) !== true) return []
  const holds = (rule: CompiledSaveRule): boolean => rule.when.evaluate(record, context) === true
  const first = body.mode === 'first' ? rules.find(holds) : undefined
  const found = body.mode === 'first' ? (first ? [first] : []) : rules.filter(holds)
  if (found.length === 0 || !mayAct(scope, decider)) return []
  return found.map((rule) => ({ decider, rule, facts: factsOf({ facts: rule.facts }, record, context) }))
}

/** Is the record in the decider's part, and may it act for the one who saves? */
export function isConcerned(scope: Scope, decider: CompiledSave, record: Values, context: ExpressionContext): boolean {
  return (!decider.part || decider.part.evaluate(record, context) === true) && mayAct(scope, decider)
}

/** Without more rights of its own a rule leaves alone who may not see what it looks at, or write what it sets. */
export function mayAct(scope: Scope, decider: CompiledSave): boolean {
  if (scope.privileged || decider.body.elevated) return true
  const { runtime } = decider
  for (const name of decider.reads) if ((restrictionOf(scope, runtime, name)?.read ?? 'full') !== 'full') return false
  for (const name of decider.writes) if (restrictionOf(scope, runtime, name)?.write === false) return false
  return decider.rules.every(({ actions }) => actions.every((action) => mayReach(scope, action)))
}

function mayReach(scope: Scope, { action, target }: CompiledAction): boolean {
  if (!target) return true
  const right = action.id === 'create' ? 'create' : 'update'
  if (!scope.kernel.access.judge(scope.actor, right, target.object).allowed) return false
  return target.fields.every((name) => restrictionOf(scope, target.runtime, name)?.write !== false)
}

/** What rules set, in the form of the API; of several that set one field the last counts. */
export function valuesSet(acting: readonly Acting[], record: Values, context: ExpressionContext): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  for (const { rule } of acting)
    for (const { sets } of rule.actions)
      for (const { field, constant, expression } of sets)
        values.set(field.name, expression ? expression.evaluate(record, context) : (constant?.value ?? null))
  return values
}

/** Those that are not what the record has: field → [as it is, as it would be]. */
export function differing(
  { definition }: ObjectRuntime,
  record: Values,
  values: ReadonlyMap<string, unknown>,
): Readonly<Record<string, readonly [unknown, unknown]>> {
  const found: Record<string, readonly [unknown, unknown]> = {}
  for (const [name, value] of values) {
    const field = definition.field.get(name)
    const now = field ? (fieldValue(record, field) ?? null) : null
    if (field && now !== value) found[name] = [now, value]
  }
  return found
}

/** What a decider would set in a record: the score, or the values of its rules. */
export function wouldSet(decider: CompiledSave, acting: readonly Acting[], record: Values, context: ExpressionContext) {
  const { into, runtime } = decider
  const values = into ? new Map([[into.name, pointsOf(acting, record, context)]]) : valuesSet(acting, record, context)
  return differing(runtime, record, values)
}

/** The points of all rules that hold. */
export function pointsOf(acting: readonly Acting[], record: Values, context: ExpressionContext): number {
  let sum = 0
  for (const { rule } of acting)
    for (const { points } of rule.actions) {
      if (points?.is === 'constant') sum += Number(points.value)
      if (points?.is === 'expression') sum += Math.round(Number(points.expression.evaluate(record, context) ?? 0))
    }
  return sum
}

/** Which of the names have another value than before; on create every one that has a value. */
export function changes({ previous, next }: Pick<HookRecord, 'previous' | 'next'>, { runtime, triggers }: CompiledSave): boolean {
  for (const name of triggers) {
    const field = runtime.definition.field.get(name)
    if (!field) continue
    const now = fieldValue(next, field) ?? null
    const then = previous ? (fieldValue(previous, field) ?? null) : null
    if (now !== then && JSON.stringify(now) !== JSON.stringify(then)) return true
  }
  return false
}

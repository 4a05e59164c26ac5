import type { DeciderBody } from '../decider/body.ts'
import type { DeciderStage } from '../decider/deciders.ts'
import type { ActionCall, SaveBody, SaveRule } from '../decider/save-rule.ts'
import { crmError } from '../error/crm-error.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { Words } from '../locale/locale.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Scope } from '../scope/scope.ts'
import { type Check, checkOf } from '../sweep/check.ts'
import type { CompiledFact, DeciderSource } from '../sweep/compile-decider.ts'
import { settingValues, withSettings } from '../sweep/setting-values.ts'
import { fieldOf, type ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { actionFor } from './actions.ts'
import { type CompiledAction, compileAction, expressionsIn } from './compile-action.ts'
import { asksBefore } from './group.ts'

/** A rule on save, checked against the fields of the tenant. */
export interface CompiledSaveRule {
  readonly id: string
  readonly when: CompiledExpression
  readonly actions: readonly CompiledAction[]
  readonly facts: readonly CompiledFact[]
  readonly sentence: Words | null
  /** Static cost of all its expressions. */
  readonly cost: number
}

/** A version of a decider that acts on save, ready to look at records. */
export interface CompiledSave {
  readonly id: string
  readonly version: number
  readonly stage: DeciderStage
  readonly object: string
  readonly body: SaveBody
  readonly runtime: ObjectRuntime
  readonly rules: readonly CompiledSaveRule[]
  /** Which records a pilot is about; null = all. */
  readonly part: CompiledExpression | null
  readonly into: FieldDefinition | null
  /** Own fields all its expressions look at. */
  readonly reads: ReadonlySet<string>
  /** Own fields it sets. */
  readonly writes: ReadonlySet<string>
  /** Setting one of these makes it look. */
  readonly triggers: ReadonlySet<string>
  /** It must know the record as it was. */
  readonly needsPrevious: boolean
  readonly cost: number
}

/** What is compiled, and how far it has come. */
export interface SaveSource extends Omit<DeciderSource, 'body'> {
  readonly body: Pick<DeciderBody, 'object' | 'settings'> & { readonly save: SaveBody }
  readonly stage: DeciderStage
}

/** Checks a version with the rights of the scope: the system's for what acts, an admin's own for what they write. */
export function compileSave(scope: Scope, tenant: Tenant, { id, version, stage, body, pilot }: SaveSource): CompiledSave {
  const { save, object } = body
  const runtime = tenant.runtime(object)
  const check = checkOf(scope, tenant, object, 'save')
  const settings = settingValues(scope.kernel, tenant, body.settings)
  const rules = save.rules.map((rule, index) => compileRule(scope, tenant, runtime, check, settings, save, rule, `/rules/${index}`))
  const part = pilot === undefined || pilot === null ? null : check.condition(pilot, '/pilot')
  const into = save.into === null ? null : scoreField(runtime, save.into)
  const expressions = [...rules.flatMap(expressionsOf), ...(part ? [part] : [])]
  requireOwn(rules, part)
  const reads = new Set(expressions.flatMap(({ fieldsTouched }) => fieldsTouched.filter((name) => runtime.definition.field.has(name))))
  const sets = rules.flatMap(({ actions }) => actions.flatMap((action) => action.sets.map(({ field }) => field.name)))
  for (const name of save.fields ?? []) fieldOf(runtime.definition, name, '/fields')
  return {
    id,
    version,
    stage,
    object,
    body: save,
    runtime,
    rules,
    part,
    into,
    reads,
    writes: new Set(into ? [...sets, into.name] : sets),
    triggers: save.fields ? new Set(save.fields) : triggersOf(save, rules),
    needsPrevious: save.kind === 'automation' || expressions.some(({ node }) => asksBefore(node)),
    cost: expressions.reduce((sum, { cost }) => sum + cost, 0),
  }
}

function compileRule(
  scope: Scope,
  tenant: Tenant,
  { definition }: ObjectRuntime,
  check: Check,
  settings: ReadonlyMap<string, unknown>,
  save: SaveBody,
  { id, when, do: calls, because }: SaveRule,
  path: string,
): CompiledSaveRule {
  const condition = check.condition(withSettings(when, settings), `${path}/when`)
  const { values = {}, 'zh-CN': zh, en } = because ?? { 'zh-CN': '', en: '' }
  const facts = Object.entries(values).map(
    ([name, logic]): CompiledFact => ({ name, expression: check.value(withSettings(logic, settings), `${path}/because/values/${name}`) }),
  )
  const actions = calls.map((call, index) => {
    const at = `${path}/do/${index}`
    const filled = { ...call, params: withSettings(call.params, settings) as ActionCall['params'] }
    return compileAction(
      { scope, tenant, definition, check, facts: new Set(Object.keys(values)) },
      actionFor(scope.kernel, definition.name, save.kind, call, at),
      filled,
      `${at}/params`,
    )
  })
  const made = { id, when: condition, actions, facts, sentence: because ? { 'zh-CN': zh, en } : null }
  return { ...made, cost: expressionsOf(made).reduce((sum, one) => sum + one.cost, 0) }
}

function expressionsOf({ when, actions, facts }: Omit<CompiledSaveRule, 'cost'>): readonly CompiledExpression[] {
  return [
    when,
    ...facts.map(({ expression }) => expression),
    ...actions.flatMap(({ params, sets }) => [
      ...sets.flatMap(({ expression }) => expression ?? []),
      ...[...params.values()].flatMap(expressionsIn),
    ]),
  ]
}

/** Only own fields are known while a record is saved; what is done after it may ask about people and teams as well. */
function requireOwn(rules: readonly CompiledSaveRule[], part: CompiledExpression | null): void {
  const known = new Set(rules.flatMap(({ actions }) => actions.flatMap(({ people }) => people)))
  const all = [...rules.flatMap(expressionsOf), ...(part ? [part] : [])]
  const related = all.flatMap(({ relationsNeeded }) => relationsNeeded).find((one) => !known.has(one))
  if (related) throw crmError('RULE_RELATED', { field: related.path }, { path: '/rules' })
}

/** Fields whose change makes it look: those of its conditions, and those that values it sets in the record come from. */
function triggersOf({ kind }: SaveBody, rules: readonly CompiledSaveRule[]): ReadonlySet<string> {
  const setting = kind === 'compute' || kind === 'score'
  const asked = rules.flatMap((rule) => [rule.when, ...(setting ? expressionsOf({ ...rule, facts: [] }) : [])])
  return new Set(asked.flatMap(({ fieldsTouched }) => fieldsTouched))
}

function scoreField({ definition }: ObjectRuntime, name: string): FieldDefinition {
  const field = fieldOf(definition, name, '/into')
  if (field.kind === 'integer' && !field.formula) return field
  throw crmError('RULE_TYPE', { expected: 'int', found: field.kind }, { path: '/into' })
}

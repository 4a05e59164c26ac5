import type { Action as Right } from '../access/access.ts'
import { saveProblems } from '../decider/check-save.ts'
import { crmError } from '../error/crm-error.ts'
import { authorise, type Scope } from '../scope/scope.ts'
import { type Life, sourceOf } from '../sweep/life.ts'
import { restrictionOf } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { actionFor } from './actions.ts'
import { budget } from './budget.ts'
import { type CompiledSave, compileSave, type SaveSource } from './compile-save.ts'
import { checkParams } from './params.ts'
import { rulesOf } from './rules-of.ts'

/** A version that acts on save, the one that counts unless said; DECIDER_KIND where it runs instead. */
export function savedSource(life: Life, version?: number): SaveSource {
  const source = sourceOf(life, version)
  const { save } = source.body
  if (!save) throw crmError('DECIDER_KIND', { decider: life.id, kind: 'condition' })
  return { ...source, body: { ...source.body, save }, stage: life.stage }
}

export const compileSaved = (scope: Scope, tenant: Tenant, source: SaveSource): CompiledSave => compileSave(scope, tenant, source)

/** Checks what is to be kept or switched on: its shape, its actions, and the rights of whoever does so. */
export function requireSave(scope: Scope, tenant: Tenant, source: SaveSource): void {
  const { save, object } = source.body
  const [problem] = saveProblems(save)
  if (problem !== undefined) throw crmError('DECIDER_INVALID', { decider: source.id, reason: problem }, { path: '/rules' })
  for (const [index, { do: calls }] of save.rules.entries())
    for (const [place, call] of calls.entries()) {
      const path = `/rules/${index}/do/${place}`
      checkParams(actionFor(scope.kernel, object, save.kind, call, path), call.params, `${path}/params`)
    }
  const compiled = compileSave(scope, tenant, source)
  requireRights(scope, compiled)
  if (source.stage !== 'draft') requireBudget(scope, tenant, compiled)
}

/** Whoever writes a rule, or switches it on, must be able to do by hand what it does; with more rights, for everybody's records. */
function requireRights(scope: Scope, decider: CompiledSave): void {
  if (scope.privileged) return
  const { runtime, object, body } = decider
  for (const name of decider.reads)
    if ((restrictionOf(scope, runtime, name)?.read ?? 'full') !== 'full')
      throw crmError('FIELD_UNKNOWN', { field: name }, { path: '/rules' })
  for (const name of decider.writes)
    if (restrictionOf(scope, runtime, name)?.write === false) throw crmError('FIELD_FORBIDDEN', { field: name }, { path: '/rules' })
  if (decider.rules.some(({ actions }) => actions.some(({ action }) => action.id === 'webhook'))) authorise(scope, 'define', 'webhooks')
  const targets = decider.rules.flatMap(({ actions }) =>
    actions.flatMap(({ target, action }) => (target ? [{ target, id: action.id }] : [])),
  )
  for (const { target, id } of targets) {
    authorise(scope, id === 'create' ? 'create' : 'update', target.object)
    for (const name of target.fields)
      if (restrictionOf(scope, target.runtime, name)?.write === false)
        throw crmError('FIELD_FORBIDDEN', { field: name }, { path: '/rules' })
  }
  if (!body.elevated) return
  const concerned: (readonly [Right, string])[] = [
    ['read', object],
    ['update', object],
    ...targets.map(({ target, id }) => [id === 'create' ? 'create' : 'update', target.object] as const),
  ]
  for (const [right, name] of concerned)
    if (authorise(scope, right, name) !== 'all') throw crmError('RULE_ELEVATED', { object: name }, { path: '/elevated' })
}

/** All that is switched on for an object must fit into the budget of one save. */
function requireBudget(scope: Scope, tenant: Tenant, decider: CompiledSave): void {
  const { acting = [], checking = [] } = rulesOf(scope, tenant, decider.object) ?? {}
  const others = [...acting, ...checking].filter(({ id }) => id !== decider.id)
  const sum = others.reduce((all, { cost }) => all + cost, decider.cost)
  if (sum > budget.steps) throw crmError('RULE_BUDGET', { limit: budget.steps, rule: decider.id }, { path: '/rules' })
}

import type { DeciderAnswer } from '../decider/deciders.ts'
import { contextOf } from '../read/context.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { Locked } from '../write/locked-read.ts'
import { actingRules, wouldSet } from './at-work.ts'
import type { CompiledSave } from './compile-save.ts'
import { becauseOf } from './texts.ts'

/** Why, or why not: what a decider would do if this record were saved now, as it is, by whoever asks. */
export async function explainSave(scope: Scope, tenant: Tenant, decider: CompiledSave, record: Locked): Promise<DeciderAnswer> {
  const context = { ...contextOf(scope, tenant), previous: record }
  const acting = actingRules(scope, decider, record, context)
  const values = wouldSet(decider, acting, record, context)
  const [first] = acting
  const rules = await Promise.all(
    decider.rules.map(async ({ id, when }) => ({
      id,
      holds: when.evaluate(record, context) === true,
      explanation: await when.explain(record, context),
    })),
  )
  return {
    decider: decider.id,
    version: decider.version,
    stage: decider.stage,
    at: nowOf(scope),
    holds: rules.some(({ holds }) => holds),
    affected:
      acting.length > 0 && (Object.keys(values).length > 0 || first?.rule.actions.some(({ action }) => action.phase !== 'before') === true),
    unknown: false,
    inPilot: !decider.part || decider.part.evaluate(record, context) === true,
    rule: first?.rule.id ?? null,
    because: first ? becauseOf(first, scope.kernel.zoneOf(tenant)) : null,
    values,
    candidates: [],
    rules,
  }
}

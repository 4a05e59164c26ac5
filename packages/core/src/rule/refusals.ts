import { CrmError, type ErrorEntry } from '../error/crm-error.ts'
import { errorTable } from '../error/table.ts'
import type { HookRecord } from '../hook/hook-record.ts'
import type { Scope } from '../scope/scope.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { NeedsRecord, NeedsUnit } from '../write/needs-more.ts'
import { actingRules } from './at-work.ts'
import { ContextOnce, candidates } from './before-rules.ts'
import type { Acting } from './outcome.ts'
import { rulesOf } from './rules-of.ts'
import { filled } from './texts.ts'

/** Everything that validations of administrators have against a record as it will be. Old faults that a write does not touch stay. */
export function refusedByRules(scope: Scope, tenant: Tenant, draft: HookRecord): readonly CrmError[] {
  const acting = checkingRules(scope, tenant, draft)
  noteShadow(scope, draft, acting)
  return refusals(scope, tenant, acting)
}

/** The same where something else has refused the record already: only what can be told is added. */
export function alsoRefused(scope: Scope, tenant: Tenant, draft: HookRecord): readonly CrmError[] {
  try {
    return refusals(scope, tenant, checkingRules(scope, tenant, draft))
  } catch (error) {
    if (error instanceof NeedsRecord) return []
    throw error
  }
}

const none: readonly never[] = []

function checkingRules(scope: Scope, tenant: Tenant, draft: HookRecord): readonly Acting[] {
  const rules = rulesOf(scope, tenant, draft.object)
  if (!rules || rules.checking.length === 0 || (draft.operation !== 'create' && draft.operation !== 'update')) return none
  const { touched } = draft
  const group = rules.concerned('checking', draft.operation, touched)
  if (group.deciders.length === 0) return none
  const once = new ContextOnce(scope, tenant, draft)
  const found = candidates(group, draft, touched, once)
  if (found.size === 0) return none
  const context = once.get()
  return rules.checking.flatMap((one) => (found.has(one) ? actingRules(scope, one, draft.next, context) : []))
}

function refusals(scope: Scope, tenant: Tenant, acting: readonly Acting[]): readonly CrmError[] {
  return acting.filter(({ decider }) => decider.stage !== 'shadow').flatMap((one) => refusalsOf(scope, tenant, one))
}

function noteShadow({ unit }: Scope, draft: HookRecord, acting: readonly Acting[]): void {
  const shadow = acting.filter(({ decider }) => decider.stage === 'shadow').map((one) => ({ ...one, values: {}, refused: true }))
  if (shadow.length === 0) return
  if (!unit) throw new NeedsUnit()
  const { fired = [], after = [], shadow: before = [] } = draft.outcome ?? {}
  draft.outcome = { fired, after, shadow: [...before, ...shadow] }
}

/** The sentences of a rule that holds, each at its field. */
function refusalsOf(scope: Scope, tenant: Tenant, acting: Acting): readonly CrmError[] {
  const { decider, rule } = acting
  return rule.actions.flatMap(({ refusal }) => {
    if (!refusal) return []
    const message = filled(refusal.message, acting, scope.kernel.zoneOf(tenant))
    const entry: ErrorEntry = { ...errorTable.RECORD_RULE, message }
    return [new CrmError('RECORD_RULE', entry, { rule: `${decider.id}/${rule.id}` }, { path: refusal.path })]
  })
}

import { CrmError, crmError } from '../error/crm-error.ts'
import type { Scope } from '../scope/scope.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { isInOrder, requiredIssues, validatePatch } from '../validation/validate-record.ts'
import { type Draft, throwIssues } from './draft.ts'
import { lentScope } from './lent-scope.ts'
import { hasMore } from './needs-more.ts'
import { clearHidden, logicIssues } from './record-rules.ts'
import { computeStored } from './stored-formulas.ts'

/** The object of a write, in the hands of its tenant. */
export interface AtWork {
  readonly tenant: Tenant
  readonly runtime: ObjectRuntime
}

/** All `check` hooks. On a record that is already invalid a hook may stumble: its messages count, its failures do not. */
export function runChecks(scope: Scope, { tenant, runtime }: AtWork, drafts: readonly Draft[]): void | Promise<void> {
  const running = scope.kernel.hooks.runCheck(drafts, lentScope(scope, runtime))
  if (!runtime.logic && !tenant.rules.has(runtime.definition.name)) return running
  const together = (): void => {
    // What hooks may still put right is only asked for afterwards, unless the write is refused anyway: then all of it is answered at once.
    if (drafts.some(({ issues }) => issues.length > 0))
      for (const draft of drafts)
        draft.issues.push(...logicIssues(scope, runtime, draft), ...scope.kernel.rules.alsoRefuse(scope, tenant, draft))
  }
  return running ? running.then(together) : together()
}

/** All `before` hooks, then the rules of administrators; what they set is spelled and checked like anything else. */
export function runBefore(scope: Scope, work: AtWork, drafts: readonly Draft[]): void | Promise<void> {
  const result = scope.kernel.hooks.runBefore(drafts, lentScope(scope, work.runtime))
  if (result) return result.then(() => settle(scope, work, drafts))
  settle(scope, work, drafts)
}

/** All `after` hooks, then what rules have decided, in the same transaction. */
export function runAfter(scope: Scope, { tenant, runtime }: AtWork, drafts: readonly Draft[]): void | Promise<void> {
  const running = scope.kernel.hooks.runAfter(drafts, lentScope(scope, runtime))
  const { unit } = scope
  if (!unit || !drafts.some(hasMore)) return running
  const act = () =>
    scope.kernel.rules.act({ ...scope, unit }, tenant, drafts, (isElevated) => lentScope(scope, runtime, isElevated || scope.privileged))
  return running ? running.then(act) : act()
}

function settle(scope: Scope, { tenant, runtime }: AtWork, drafts: readonly Draft[]): void {
  const hasRules = tenant.rules.has(runtime.definition.name)
  if (hasRules) scope.kernel.rules.set(scope, tenant, runtime, drafts)
  for (const draft of drafts) {
    if (draft.authors.size > 0) settleOne(scope, runtime, draft)
    if (draft.operation === 'create') for (const issue of requiredIssues(runtime.definition, draft.next)) draft.issues.push(issue)
    if (runtime.logic) settleLogic(scope, runtime, draft)
    if (hasRules) draft.issues.push(...scope.kernel.rules.refuse(scope, tenant, draft))
  }
  throwIssues(drafts)
}

function settleLogic(scope: Scope, runtime: ObjectRuntime, draft: Draft): void {
  if (draft.operation !== 'create' && draft.operation !== 'update') return
  if (draft.authors.size > 0) computeStored(scope, runtime, draft)
  if (clearHidden(scope, runtime, draft)) computeStored(scope, runtime, draft)
  draft.issues.push(...logicIssues(scope, runtime, draft))
}

/** A hook's values pass the same door as a caller's; a wrong one is the hook's fault and named so. */
function settleOne(scope: Scope, runtime: ObjectRuntime, draft: Draft): void {
  if (isInOrder(runtime.definition, draft)) return
  const set = setByHooks(draft)
  const { values, issues } = validatePatch(runtime.definition, set, { ...scope.kernel.kinds, privileged: true })
  const [issue] = issues
  if (issue) {
    const hook = draft.authors.get(issue.path?.split('/')[1] ?? '') ?? [...draft.authors.values()][0] ?? ''
    throw crmError(
      'HOOK_FAILED',
      { hook },
      { details: { hook, object: draft.object, issue: issue instanceof CrmError ? issue.toBody() : issue } },
    )
  }
  // Mostly a hook spells values as they are stored, and the record stays as it is.
  if (Object.keys(values).every((name) => name !== 'custom' && values[name] === draft.next[name])) return
  const custom = values.custom ? { custom: { ...(draft.next.custom as object | undefined), ...values.custom } } : {}
  draft.next = { ...draft.next, ...values, ...custom }
}

/** What hooks set, as a patch; admin fields under `custom`. */
function setByHooks(draft: Draft): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const name of draft.authors.keys()) {
    if (!name.startsWith('custom.')) patch[name] = draft.next[name]
    else
      patch.custom = {
        ...(patch.custom as object | undefined),
        [name.slice(7)]: (draft.next.custom as Record<string, unknown> | undefined)?.[name.slice(7)],
      }
  }
  return patch
}

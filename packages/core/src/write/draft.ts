import { CrmError, crmError } from '../error/crm-error.ts'
import { type HookRecord, hookRecord } from '../hook/hook-record.ts'
import { newId } from '../id/uuid7.ts'
import type { RecordValues } from '../object/field-value.ts'
import { contextOf as expressionContext } from '../read/context.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import { unwritable } from '../tenant/field-view.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { type ValidationContext, validateCreate, validatePatch } from '../validation/validate-record.ts'
import { validationPlan } from '../validation/validation-plan.ts'
import { computeStored } from './stored-formulas.ts'

/** A record on its way through the hooks, with the problems found so far. */
export type Draft = HookRecord

/** A new record: defaults, spelling and validation done, hooks still to come. Many records are validated in one context. */
export function draftCreate(
  scope: Scope,
  runtime: ObjectRuntime,
  values: unknown,
  at: number | undefined,
  context: ValidationContext = validationOf(scope, runtime),
): Draft {
  const { definition } = runtime
  const { values: own, issues, defaulted } = validateCreate(definition, values, context)
  const { actor } = scope
  const now = at ?? nowOf(scope)
  const next = own as Record<string, unknown>
  next.ownerId ??= defaultOwner(scope, values)
  next.teamId ??= null
  next.id ??= newId()
  next.version = 1
  next.createdAt = now
  next.createdBy = actor.id
  next.updatedAt = now
  next.updatedBy = actor.id
  next.deletedAt = null
  const sent = validationPlan(definition).created
  const draft = hookRecord({ operation: 'create', object: definition.name, id: next.id as string, previous: null, next, sent })
  const refused = unwritable(scope, runtime, values)
  if (issues.length > 0 || refused.length > 0) draft.issues.push(...issues, ...refused)
  if (defaulted?.length) draft.computed = new Set(defaulted)
  computeStored(scope, runtime, draft)
  return draft
}

/** Whoever adds a record owns it, unless the call says otherwise (null = nobody). */
function defaultOwner({ actor, privileged }: Scope, input: unknown): string | null {
  if (typeof input === 'object' && input !== null && (input as RecordValues).ownerId === null) return null
  return actor.kind === 'user' && !privileged ? actor.id : null
}

/** A change to a record; `previous` null when nobody needs it. */
export function draftUpdate(
  scope: Scope,
  runtime: ObjectRuntime,
  id: string,
  previous: RecordValues | null,
  patch: unknown,
  at: number | undefined,
): Draft {
  const { definition } = runtime
  const { values, issues } = validatePatch(definition, patch, contextOf(scope))
  const stamp = { updatedAt: at ?? nowOf(scope), updatedBy: scope.actor.id }
  const custom = { ...(previous?.custom as object | undefined), ...(values.custom as object | undefined) }
  const next = { ...previous, ...values, ...(previous || values.custom ? { custom } : {}), ...stamp, id }
  const draft = hookRecord({ operation: 'update', object: definition.name, id, previous, next, sent: namesIn(values) })
  draft.issues.push(...issues, ...unwritable(scope, runtime, patch))
  computeStored(scope, runtime, draft)
  return draft
}

/** Names of the fields in a record or patch; admin fields as `custom.<name>`. */
function namesIn(values: RecordValues): string[] {
  const names = Object.keys(values).filter((name) => name !== 'custom')
  return values.custom ? [...names, ...Object.keys(values.custom).map((name) => `custom.${name}`)] : names
}

/** All problems of all drafts, answered together; with several records their paths start with the record's place. */
export function throwIssues(drafts: readonly Draft[]): void {
  if (drafts.every((draft) => draft.issues.length === 0)) return
  const several = drafts.length > 1
  const issues = drafts.flatMap((draft, index) => (several ? draft.issues.map((issue) => issueAt(issue, index)) : draft.issues))
  throw crmError('VALIDATION_FAILED', { count: issues.length }, { details: { issues: issues.slice(0, 1_000) } })
}

/** A problem of the record at `index` of a call. */
export function issueAt(issue: CrmError, index: number): CrmError {
  return new CrmError(issue.code, issue.entry, issue.params, { ...issue.extra, path: `/${index}${issue.path ?? ''}` })
}

function contextOf(scope: Scope): ValidationContext {
  return { ...scope.kernel.kinds, privileged: scope.privileged }
}

/** A new record has computed defaults, too. */
export function validationOf(scope: Scope, { logic }: ObjectRuntime): ValidationContext {
  const context = contextOf(scope)
  if (!logic || logic.defaults.length === 0) return context
  return { ...context, defaults: { list: logic.defaults, context: expressionContext(scope, logic.tenant) } }
}

import { causedChanges } from '../change/caused-changes.ts'
import { decodeChange } from '../change/decode-change.ts'
import type { DeciderCase, DeciderDecision } from '../decider/deciders.ts'
import type { DecisionOutline } from '../decision/decision.ts'
import { decisionsPlan } from '../decision/plans.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import type { StoredReason } from '../reason/reason.ts'
import { reviveReason } from '../reason/revive-reason.ts'
import { type Scope, sessionOf } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { readableRuntime } from '../tenant/field-view.ts'
import type { Tenant } from '../tenant/tenants.ts'
import { factsFromStorage, type Sentence, sentenceOf } from './because.ts'
import { type CompiledRule, compileDecider } from './compile-decider.ts'
import { type Life, type Lives, livesById, sourceOf } from './life.ts'

/** The same in the order of the log of decisions, whose ids begin with the time, too. */
const decided: SelectPlan = { ...causedChanges, order: [{ operand: { column: 'id', nullable: false }, descending: true }] }
const decidedAfter: SelectPlan = { ...decided, after: [4] }

const most = 200

interface Cause {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly run: string
  readonly rule: number
  readonly facts: Readonly<Record<string, unknown>>
  /** Version of the tenant's configuration it was decided in. */
  readonly config?: number
  /** Of an allocation, which has no rules. */
  readonly reason?: StoredReason
  /** True where the log of decisions has it as well. */
  readonly logged?: boolean
}

/** What deciders did to a record, or in shadow would have done, newest first. Whoever asks has been let in already. */
export async function whyOf(scope: Scope, tenant: Tenant, lives: Lives, object: string, id: string): Promise<readonly DeciderDecision[]> {
  const done = await madeChanges(scope, tenant, lives, object, id)
  const noted = await notedOnly(scope, id)
  return [...done, ...noted].sort((a, b) => b.at - a.at)
}

/** What deciders did to a record as entries of the log of decisions, newest first. Whoever asks has been let in already. */
export async function decidedAbout(
  scope: Scope,
  tenant: Tenant,
  { object, id }: { readonly object: string; readonly id: string },
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): Promise<readonly DecisionOutline[]> {
  const params = [scope.actor.tenant, id, '"kind":"decider"', limit]
  const rows = await (cursor === undefined
    ? sessionOf(scope).select(decided, params)
    : sessionOf(scope).select(decidedAfter, [...params, cursor]))
  if (rows.length === 0) return []
  const lives = await livesById(scope)
  return rows.flatMap((row): DecisionOutline[] => {
    const change = decodeChange(row, tenant.runtime(object).definition)
    const cause = change.cause as Cause
    if (cause.logged) return []
    const rule = ruleOf(scope, tenant, lives.get(cause.id), cause)
    const sentence = rule && sentenceOf(rule, factsOf(rule, cause.facts), scope.kernel.zoneOf(tenant))
    const why = sentence ? [coreReasons.make.rule_applied({ sentence })] : []
    const one: DecisionOutline = {
      id: change.id,
      decider: cause.id,
      version: cause.version,
      configVersion: cause.config ?? 0,
      outcome: 'decided',
      winner: (change.values?.ownerId?.[1] as string | null | undefined) ?? null,
      reasons: cause.reason ? [reviveReason(scope.kernel.contributions.reasons, cause.reason)] : why,
      at: change.at,
    }
    return [one]
  })
}

async function madeChanges(scope: Scope, tenant: Tenant, lives: Lives, object: string, id: string): Promise<DeciderDecision[]> {
  const rows = await sessionOf(scope).select(causedChanges, [scope.actor.tenant, id, '"run":"', most])
  const changes = rows.map((row) => decodeChange(row, readableRuntime(scope, tenant, object).definition))
  const undone = new Set(changes.flatMap(({ cause }) => ((cause as Cause).kind === 'undo' ? (cause as Cause).run : [])))
  return changes.flatMap((change): DeciderDecision[] => {
    const cause = change.cause as Cause
    if (cause.kind !== 'decider') return []
    const rule = ruleOf(scope, tenant, lives.get(cause.id), cause)
    const facts = rule ? factsOf(rule, cause.facts) : (cause.facts ?? cause.reason?.data ?? {})
    const reason = cause.reason && reviveReason(scope.kernel.contributions.reasons, cause.reason)
    return [
      {
        decider: cause.id,
        version: cause.version,
        rule: rule?.id ?? reason?.code ?? null,
        run: cause.run,
        mode: 'live',
        at: change.at,
        because: reason?.message ?? (rule && sentenceOf(rule, facts, scope.kernel.zoneOf(tenant))),
        facts,
        values: change.values as DeciderCase['values'] | null,
        undone: undone.has(cause.run),
      },
    ]
  })
}

/** The rule as it was written in that version; null where a field it names is gone since. */
function ruleOf(scope: Scope, tenant: Tenant, life: Life | undefined, { version, rule }: Cause): CompiledRule | null {
  if (!life || rule === undefined) return null
  try {
    return compileDecider({ ...scope, privileged: true }, tenant, sourceOf(life, version)).rules[rule] ?? null
  } catch {
    return null
  }
}

/** Facts of a statement are as the database keeps them, those of a batch as the API spells them; only decimals look different. */
function factsOf(rule: CompiledRule, facts: Cause['facts']): Readonly<Record<string, unknown>> {
  const isSpelled = rule.facts.some(({ name, expression }) => {
    const value = facts[name]
    return (
      (expression.type.is === 'decimal' && typeof value === 'string') ||
      (expression.type.is === 'money' && typeof value === 'object' && value !== null)
    )
  })
  return isSpelled ? facts : factsFromStorage(rule, facts)
}

interface Noted {
  readonly run: string
  readonly rule: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly because: Sentence
  readonly values: DeciderCase['values']
}

/** Decisions of shadow runs, which the log of decisions has. */
async function notedOnly(scope: Scope, id: string): Promise<DeciderDecision[]> {
  const rows = await sessionOf(scope).select(decisionsPlan(['subject_id', 'mode'], false), [scope.actor.tenant, most, id, 'shadow'])
  return rows.flatMap((row): DeciderDecision[] => {
    const inputs = (typeof row.inputs === 'string' ? JSON.parse(row.inputs) : row.inputs) as Partial<Noted>
    if (inputs.run === undefined) return []
    const { run, rule = null, facts = {}, because = null, values = null } = inputs
    const head = { decider: String(row.decider), version: Number(row.version), at: Number(row.at) }
    return [{ ...head, rule, run, mode: 'shadow', because, facts, values, undone: false }]
  })
}

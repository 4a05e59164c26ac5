import { crmError } from '../error/crm-error.ts'
import type { Logic } from '../expression/logic.ts'
import { timesProblems } from '../job/occurrence.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import type { Words } from '../locale/locale.ts'
import type { ObjectHandle, Stored } from '../object/handle.ts'
import type { Where } from '../record/records.ts'
import type { Setting } from '../settings/setting.ts'
import { blastProblems, rulesProblems } from './check-rules.ts'
import { saveBodyOf, saveProblems } from './check-save.ts'
import { type AllocationDecider, type AllocationDeciderInput, allocationOf, allocationProblems } from './define-allocation.ts'
import type { DeciderKind, SaveBody, SaveInput } from './save-rule.ts'

/** Why a rule acts, as a sentence; `{name}` is replaced by the value of that name. */
export interface Because extends Words {
  /** Expressions over the record as it was, by name. */
  readonly values?: Readonly<Record<string, Logic>>
}

/** What becomes of the records a condition holds for. */
export interface ConditionRule<T extends object = Record<string, unknown>> {
  /** Unique within the decider: lower-case letters, digits and hyphens. */
  readonly id: string
  /**
   * A filter or an expression. A setting is written `{ setting: '<name>' }`, durations come as ISO 8601 (`90d` as `P90D`), so that
   * `{ ago: { setting: 'patience' } }` reads as it should.
   */
  readonly when: Where<Stored<T>>
  /** Field → value, null or an expression over the record as it was. Records that have these values already are left alone. */
  readonly set: { readonly [K in keyof T | 'ownerId' | 'teamId']?: (K extends keyof T ? T[K] : string) | Logic | null } & {
    readonly [custom: `custom.${string}`]: unknown
  }
  readonly because: Because
}

/** How much one run may change before somebody has to agree. */
export interface BlastLimit {
  /** Records of one run; 200 unless said, null for no limit. */
  readonly records?: number | null
  /** Share of any team's records, 0 to 1; 0.05 unless said, null for no limit. One record of a team is never too many. */
  readonly share?: number | null
}

/** What all deciders of the kind have. */
interface DeciderHead<T extends object> {
  /** `<plugin>.<name>`, such as `pool.recycle`. */
  readonly id: string
  readonly object: ObjectHandle<T>
  readonly label?: Words
  /** Settings its expressions name, as they are for the organisation. */
  readonly settings?: Readonly<Record<string, Setting>>
  readonly limits?: { readonly blast?: BlastLimit }
  /** When it runs by itself once it is switched on, in the tenant's zone unless said; by hand only where nothing is said. Admins may change it. */
  readonly schedule?: ScheduleTimes
}

/** A decider with one rule, or with several of which the first that holds counts. */
export type ConditionDeciderInput<T extends object = Record<string, unknown>> = DeciderHead<T> & { readonly kind: 'condition' } & (
    | Omit<ConditionRule<T>, 'id'>
    | { readonly rules: readonly ConditionRule<T>[] }
  )

/** A decider that acts when records are saved. */
export type SaveDeciderInput<T extends object = Record<string, unknown>> = Omit<DeciderHead<T>, 'limits' | 'schedule'> & SaveInput

/** A condition decider as registered: one form, whichever it was written in. */
export interface ConditionDecider {
  readonly id: string
  readonly kind: DeciderKind
  readonly object: string
  readonly label: Words
  readonly rules: readonly ConditionRule[]
  /** What it does on save, instead of rules that run. */
  readonly save?: SaveBody
  readonly settings: Readonly<Record<string, Setting>>
  readonly blast: BlastLimit
  readonly schedule: ScheduleTimes | null
}

/** A decider as registered, of either kind. */
export type Decider = ConditionDecider | AllocationDecider

/**
 * Declares a decider: something the CRM does by itself, a condition as data or an allocation as a pure function. It does nothing until an
 * admin has switched it on. Throws DECIDER_INVALID; fields and types are checked where the tenant's fields are known, when it is
 * previewed or switched on.
 */
export function defineDecider<T extends object, S>(input: AllocationDeciderInput<T, S>): AllocationDecider
export function defineDecider<T extends object>(input: ConditionDeciderInput<T> | SaveDeciderInput<T>): ConditionDecider
export function defineDecider<T extends object, S>(
  input: ConditionDeciderInput<T> | SaveDeciderInput<T> | AllocationDeciderInput<T, S>,
): Decider {
  const decider = input.kind === 'allocation' ? allocationOf(input) : conditionOf(input)
  const [problem] = deciderProblems(decider)
  if (problem !== undefined) throw crmError('DECIDER_INVALID', { decider: String(decider.id).slice(0, 100), reason: problem })
  return Object.freeze(decider)
}

function conditionOf<T extends object>(input: ConditionDeciderInput<T> | SaveDeciderInput<T>): ConditionDecider {
  const { id, kind, object, label, settings = {} } = input
  return {
    id,
    kind,
    object: object.name,
    label: label ?? { 'zh-CN': id, en: id },
    settings,
    ...(input.kind === 'condition' ? whenRun(input) : { rules: [], save: saveBodyOf(input), blast: {}, schedule: null }),
  }
}

function whenRun<T extends object>(input: ConditionDeciderInput<T>): Pick<ConditionDecider, 'rules' | 'blast' | 'schedule'> {
  const rules = 'rules' in input ? input.rules : [{ id: 'rule', when: input.when, set: input.set, because: input.because }]
  return { rules: rules as unknown as readonly ConditionRule[], blast: input.limits?.blast ?? {}, schedule: input.schedule ?? null }
}

/** What is wrong with a declaration, in words. */
export function deciderProblems(decider: Decider): string[] {
  const { id, object } = decider
  const problems: string[] = []
  if (!/^[a-z][a-z0-9-]*\.[a-zA-Z][a-zA-Z0-9-]{0,62}$/.test(id)) problems.push('its id must be <plugin>.<name>')
  if (typeof object !== 'string') problems.push('it has no object')
  if (decider.kind === 'allocation') return [...problems, ...blastProblems(decider.blast), ...allocationProblems(decider)]
  const { kind, schedule, rules, save, blast } = decider
  if (kind !== (save?.kind ?? 'condition')) problems.push('its kind must be “condition”, “allocation”, or say what it does on save')
  const times = schedule === null ? [] : timesProblems(schedule).map((problem) => `its schedule ${problem}`)
  return [...problems, ...times, ...(save ? saveProblems(save) : rulesProblems(rules, blast))]
}

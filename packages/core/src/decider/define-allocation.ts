import { timesProblems } from '../job/occurrence.ts'
import type { ScheduleTimes } from '../job/schedule.ts'
import type { Words } from '../locale/locale.ts'
import type { ObjectHandle, Stored } from '../object/handle.ts'
import type { Where } from '../record/records.ts'
import type { Setting } from '../settings/setting.ts'
import type { AllocationCode, AllocationMetric } from './allocation.ts'
import type { BlastLimit } from './define-decider.ts'

/** An allocation decider as a plugin writes it: who gets which record, decided one after the other. */
export interface AllocationDeciderInput<T extends object = Record<string, unknown>, S = unknown> extends AllocationCode<T, S> {
  /** `<plugin>.<name>`, such as `intake.assign`. */
  readonly id: string
  readonly kind: 'allocation'
  readonly object: ObjectHandle<T>
  readonly label?: Words
  /** Settings `subjects` names, as they are for the organisation. */
  readonly settings?: Readonly<Record<string, Setting>>
  /** Which records are to be given: a filter or an expression. Admins may narrow it in a version of their own. */
  readonly subjects: Where<Stored<T>>
  /** In which order: fields, `-` before one for the highest first; ties by id. By id, which is the order of creation, unless said. */
  readonly order?: readonly string[]
  /** True where the order of the records changes nothing about who gets what. Tests hold a decider to it. */
  readonly anyOrder?: boolean
  /** Fields that its decisions set. */
  readonly sets: readonly string[]
  readonly metrics?: Readonly<Record<string, AllocationMetric<S>>>
  /** Code of before, so that a version that is switched on goes on deciding as it did until somebody takes the new one over. */
  readonly earlier?: readonly AllocationCode<T, S>[]
  /** 200 records unless said, and no limit of a team's share. */
  readonly limits?: { readonly blast?: BlastLimit }
  readonly schedule?: ScheduleTimes
}

/** An allocation decider as registered. */
export interface AllocationDecider {
  readonly id: string
  readonly kind: 'allocation'
  readonly object: string
  readonly label: Words
  readonly settings: Readonly<Record<string, Setting>>
  readonly subjects: unknown
  readonly order: readonly string[]
  readonly anyOrder: boolean
  readonly sets: readonly string[]
  readonly metrics: Readonly<Record<string, AllocationMetric>>
  /** Newest first. */
  readonly codes: readonly AllocationCode[]
  readonly blast: BlastLimit
  readonly schedule: ScheduleTimes | null
}

/** One form of it, whichever way it was written. */
export function allocationOf<T extends object, S>(input: AllocationDeciderInput<T, S>): AllocationDecider {
  const {
    id,
    kind,
    object,
    label,
    settings = {},
    subjects,
    order = [],
    anyOrder = false,
    sets,
    metrics = {},
    earlier = [],
    limits,
    schedule = null,
  } = input
  const { code, load, decide, keep, carry, standing } = input
  return {
    id,
    kind,
    object: object.name,
    label: label ?? { 'zh-CN': id, en: id },
    settings,
    subjects,
    order,
    anyOrder,
    sets,
    metrics: metrics as unknown as AllocationDecider['metrics'],
    codes: [{ code, load, decide, keep, carry, standing }, ...earlier] as unknown as readonly AllocationCode[],
    blast: { share: null, ...limits?.blast },
    schedule,
  }
}

/** What is wrong with a declaration, in words. */
export function allocationProblems({ subjects, order, sets, codes, metrics, schedule }: AllocationDecider): string[] {
  const problems: string[] = []
  if (typeof subjects !== 'object' || subjects === null) problems.push('it does not say which records are to be given (`subjects`)')
  if (!isTexts(order) || order.length > 3) problems.push('its order is a list of up to 3 fields')
  if (!isTexts(sets) || sets.length === 0 || sets.length > 20) problems.push('it sets 1 to 20 fields')
  for (const { code, load, decide } of codes) {
    if (!Number.isSafeInteger(code) || code < 1) problems.push('its `code` is a whole number from 1')
    if (typeof load !== 'function' || typeof decide !== 'function') problems.push('it needs `load` and `decide`')
  }
  if (new Set(codes.map(({ code }) => code)).size < codes.length) problems.push('each `code` has a number of its own')
  for (const [name, { label, of }] of Object.entries(metrics))
    if (!/^[a-z][a-zA-Z0-9]{0,59}$/.test(name) || !label?.['zh-CN'] || !label.en || typeof of !== 'function')
      problems.push(`its metric “${name}” needs a name, a label in both languages and a function`)
  return [...problems, ...(schedule === null ? [] : timesProblems(schedule).map((problem) => `its schedule ${problem}`))]
}

const isTexts = (given: unknown): boolean => Array.isArray(given) && given.every((one) => typeof one === 'string' && one !== '')

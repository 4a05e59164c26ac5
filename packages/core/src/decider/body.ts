import type { Words } from '../locale/locale.ts'
import type { BlastLimit, ConditionRule, Decider } from './define-decider.ts'
import type { SaveBody } from './save-rule.ts'

/** A version of a decider as it is kept: all of it data, so that an old decision can always be read again. */
export interface DeciderBody {
  readonly object: string
  readonly label: Words
  readonly rules: readonly ConditionRule[]
  /** Name in the expressions → key of the setting. */
  readonly settings: Readonly<Record<string, string>>
  /** What it does when records are saved; such a decider has no other rules and never runs. */
  readonly save?: SaveBody
  /** Of an allocation, which has no rules either; null or left out in the others. */
  readonly allocation?: AllocationBody | null
  /** Null = no limit. */
  readonly blast: { readonly records: number | null; readonly share: number | null }
}

/** What of an allocation is data; `code` names the version of the plugin's code that decides. */
export interface AllocationBody {
  readonly code: number
  readonly subjects: unknown
  readonly order: readonly string[]
  readonly sets: readonly string[]
}

const usual = { records: 200, share: 0.05 } as const

/** What is kept of a decider made in code. */
export function bodyOf(decider: Decider): DeciderBody {
  const { object, label, settings, blast } = decider
  const shared = {
    object,
    label,
    settings: Object.fromEntries(Object.entries(settings).map(([name, { key }]) => [name, key])),
    blast: limitsOf(blast),
  }
  if (decider.kind !== 'allocation')
    return { ...shared, rules: dataOf(decider.rules), ...(decider.save && { save: decider.save }), allocation: null }
  const { codes, subjects, order, sets } = decider
  return { ...shared, rules: [], allocation: { code: codes[0]?.code ?? 0, subjects: dataOf(subjects), order, sets } }
}

const dataOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Limits with what they usually are where nothing is said. */
export function limitsOf({ records = usual.records, share = usual.share }: BlastLimit): DeciderBody['blast'] {
  return { records, share }
}

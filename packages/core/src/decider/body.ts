import type { Words } from '../locale/locale.ts'
import type { ConditionDecider, ConditionRule } from './define-decider.ts'
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
  /** Null = no limit. */
  readonly blast: { readonly records: number | null; readonly share: number | null }
}

const usual = { records: 200, share: 0.05 } as const

/** What is kept of a decider made in code. */
export function bodyOf({ object, label, rules, save, settings, blast }: ConditionDecider): DeciderBody {
  return {
    object,
    label,
    rules: JSON.parse(JSON.stringify(rules)) as readonly ConditionRule[],
    settings: Object.fromEntries(Object.entries(settings).map(([name, { key }]) => [name, key])),
    ...(save && { save }),
    blast: limitsOf(blast),
  }
}

/** Limits with what they usually are where nothing is said. */
export function limitsOf({ records = usual.records, share = usual.share }: ConditionDecider['blast']): DeciderBody['blast'] {
  return { records, share }
}

import type { Words } from '../locale/locale.ts'

/** What a ledger counts, and which way it is bounded. */
export interface LedgerDefinition {
  readonly label: Words
  /** `count`: whole things (points, claims). `money`: minor units, each account in one currency. */
  readonly unit: 'count' | 'money'
  /**
   * Which limit a posting may carry. `ceiling`: the balance must not rise above it (claims of a day). `floor`: it must not fall below it
   * (points that are spent). Ceiling unless said.
   */
  readonly bound?: 'ceiling' | 'floor'
}

/** An append-only account book: entries are never changed, only reversed. */
export interface Ledger extends LedgerDefinition {
  /** `<plugin>.<name>`, such as `loyalty.points`. */
  readonly name: string
}

/** One entry to be made together with a write. */
export interface Posting {
  readonly ledger: Ledger
  /** Whose balance moves: text of the plugin's own, 1 to 200 characters, such as `rep7:2026-03-02`. */
  readonly account: string
  /** Whole units; negative takes away. Never 0. */
  readonly amount: number
  /** Idempotency key, unique within the ledger: the same key is never posted twice. 1 to 180 characters. */
  readonly key: string
  /** The ceiling (or floor) of the balance after it, as the ledger is bounded; null or left out = none. */
  readonly limit?: number | null
  /** Code of the reason behind it, and its facts. */
  readonly reason?: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** Declares a ledger. Checked when a plugin records it. */
export function defineLedger(name: string, definition: LedgerDefinition): Ledger {
  return Object.freeze({ ...definition, name })
}

const namePattern = /^[a-z][a-z0-9-]*(\.[a-z][A-Za-z0-9]*)+$/

/** Everything wrong with the declaration of a ledger, in words. */
export function ledgerProblems(prefix: string, { name, label, unit, bound }: Ledger): string[] {
  const problems: string[] = []
  if (!namePattern.test(name) || !name.startsWith(`${prefix}.`))
    problems.push(`the ledger “${name}” needs a name such as “${prefix}.points”`)
  if (!label?.['zh-CN'] || !label.en) problems.push(`the ledger “${name}” needs its label in zh-CN and en`)
  if (unit !== 'count' && unit !== 'money') problems.push(`the ledger “${name}” counts the unknown unit “${String(unit)}”`)
  if (bound !== undefined && bound !== 'ceiling' && bound !== 'floor')
    problems.push(`the ledger “${name}” has the unknown bound “${String(bound)}”`)
  return problems
}

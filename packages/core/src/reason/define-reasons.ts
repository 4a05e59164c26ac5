import { crmError } from '../error/crm-error.ts'
import type { Words } from '../locale/locale.ts'
import { Reason } from './reason.ts'
import { dataKinds, type ReasonData, type ReasonValues } from './reason-data.ts'

/** A reason as its author writes it. */
export interface ReasonDefinition<D extends ReasonData = ReasonData> {
  /** The facts that belong to it, by kind. */
  readonly data?: D
  /** `{name}` is replaced by the fact, as its kind is shown. */
  readonly message: Words
  readonly hint?: Words
}

/** Reasons by code. */
export type ReasonTable = Readonly<Record<string, ReasonDefinition>>

/** Makes each reason of a table: without facts, or with exactly the facts it declares. */
export type ReasonMakers<T extends ReasonTable> = {
  readonly [C in keyof T]: T[C]['data'] extends ReasonData ? (data: ReasonValues<T[C]['data']>) => Reason : () => Reason
}

/** Reasons of a plugin or of the core: the table, and a maker per code. */
export interface Reasons<T extends ReasonTable = ReasonTable> {
  readonly table: T
  readonly make: ReasonMakers<T>
}

/**
 * Declares reasons, each with its sentence in both languages. Throws REASON_INVALID with everything that is wrong: a sentence that is
 * missing, a place in a sentence for which there is no fact, a fact that no sentence mentions.
 */
export function defineReasons<const T extends ReasonTable>(table: T): Reasons<T> {
  const problems = Object.entries(table).flatMap(([code, definition]) => reasonProblems(code, definition))
  if (problems.length > 0) throw crmError('REASON_INVALID', { reason: problems.join('; ') }, { details: { problems } })
  const makers = Object.entries(table).map(([code, definition]) => [
    code,
    (data: Readonly<Record<string, unknown>> = {}) => new Reason(code, definition, data),
  ])
  return Object.freeze({ table, make: Object.freeze(Object.fromEntries(makers)) as ReasonMakers<T> })
}

const codePattern = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** What is wrong with one entry of a table, in words. */
export function reasonProblems(code: string, { data = {}, message, hint }: ReasonDefinition): string[] {
  const problems: string[] = []
  if (!codePattern.test(code)) problems.push(`“${code}” is no code; use lower-case words joined by “_”`)
  for (const [name, kind] of Object.entries(data))
    if (!dataKinds.some((known) => known === kind)) problems.push(`${code}: “${name}” has the unknown kind “${String(kind)}”`)
  for (const [what, words] of [['sentence', message], ...(hint ? ([['hint', hint]] as const) : [])] as const) {
    for (const language of ['zh-CN', 'en'] as const) {
      const text = words?.[language]
      if (typeof text !== 'string' || text.trim() === '') problems.push(`${code} has no ${what} in ${language}`)
      else problems.push(...strangers(text, data).map((name) => `${code}: its ${what} in ${language} has a place {${name}} without a fact`))
    }
  }
  const unused = Object.keys(data).filter(
    (name) => !(['zh-CN', 'en'] as const).every((language) => message?.[language]?.includes(`{${name}}`)),
  )
  return [...problems, ...unused.map((name) => `${code}: “${name}” is not in its sentence in both languages`)]
}

function strangers(text: string, data: ReasonData): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (Object.hasOwn(data, name) ? [] : name))
}

import { inLocale, type Words } from '../locale/locale.ts'
import { errorTable } from './table.ts'

/** Values for the `{name}` places of a message. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** One problem among several, e.g. of a form. */
export interface Issue {
  readonly code: string
  /** JSON pointer to the value at fault. */
  readonly path: string
  readonly message: string
  readonly hint: string | null
}

/** What an error looks like to whoever called. */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  /** JSON pointer to the value at fault, or null. */
  readonly path: string | null
  /** What to do next, or null. */
  readonly hint: string | null
  /** Facts that belong to the code: issues, both values of a conflict, limits. */
  readonly details?: Readonly<Record<string, unknown>>
}

/** An entry of an error table. */
export interface ErrorEntry {
  readonly status: number
  readonly message: Words
  readonly hint: Words | null
}

/** An error of Guanxi: a code of the table, its values, and words in both languages. */
export class CrmError extends Error {
  override readonly name = 'CrmError'
  readonly code: string
  readonly entry: ErrorEntry
  readonly params: ErrorParams
  readonly extra: { readonly path?: string | null; readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown }

  constructor(code: string, entry: ErrorEntry, params: ErrorParams = {}, extra: CrmError['extra'] = {}) {
    super(`${code}: ${fill(entry.message.en, params)}`, extra.cause === undefined ? undefined : { cause: extra.cause })
    this.code = code
    this.entry = entry
    this.params = params
    this.extra = extra
  }

  get status(): number {
    return this.entry.status
  }

  get path(): string | null {
    return this.extra.path ?? null
  }

  get details(): Readonly<Record<string, unknown>> | undefined {
    return this.extra.details
  }

  get hint(): string | null {
    return this.entry.hint && fill(this.entry.hint.en, this.params)
  }

  /** The error in a reader's language, without its stack. */
  toBody(locale?: string): ErrorBody {
    const { code, params, entry, path, details } = this
    const hint = entry.hint && fill(inLocale(entry.hint, locale), params)
    const message = fill(inLocale(entry.message, locale), params)
    return { code, message, path, hint, ...(details && { details: inWords(details, locale) }) }
  }

  toJSON(): ErrorBody {
    return this.toBody()
  }
}

/** Replaces `{name}` by the parameter. */
export function fill(text: string, params: ErrorParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole))
}

/** An error of the core's own table. */
export function crmError(
  code: keyof typeof errorTable,
  params: ErrorParams = {},
  extra: { readonly path?: string | null; readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
): CrmError {
  return new CrmError(code, errorTable[code], params, extra)
}

/** Something with sentences, such as a reason. */
function isTold(value: unknown): value is { toBody(view: { locale?: string | undefined }): unknown } {
  return typeof value === 'object' && value !== null && 'toBody' in value
}

/** Issues and reasons are kept as what they are until somebody reads them in a language. */
function inWords(details: Readonly<Record<string, unknown>>, locale: string | undefined): Readonly<Record<string, unknown>> {
  const { issues, reasons } = details
  return {
    ...details,
    ...(Array.isArray(issues) && { issues: issues.map((issue: unknown) => (issue instanceof CrmError ? issue.toBody(locale) : issue)) }),
    ...(Array.isArray(reasons) && { reasons: reasons.map((reason: unknown) => (isTold(reason) ? reason.toBody({ locale }) : reason)) }),
  }
}

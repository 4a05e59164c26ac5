import { type Locale, pickLocale } from '@guanxi/core'

/** What a command may touch of the process it runs in. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What was asked for. */
  out(text: string): void
  /** How it goes. */
  err(text: string): void
}

/** The language of whoever sits there, by the usual variables. */
export function localeOf({ env }: Terminal): Locale {
  return pickLocale(env.LC_ALL || env.LC_MESSAGES || env.LANG)
}

import { inLocale, type Locale, pickLocale, type Words } from '../locale/locale.ts'
import { type ReasonData, type ReasonView, shown } from '../reason/reason-data.ts'
import type { MessageDefinition } from './define-message.ts'

/** Own words for a message, by language; what is left out stays the author's. */
export interface MessageText {
  readonly 'zh-CN'?: { readonly title?: string; readonly body?: string }
  readonly en?: { readonly title?: string; readonly body?: string }
}

/** A message in words: plain text, which each channel escapes for itself. */
export interface RenderedMessage {
  /** One line. */
  readonly title: string
  /** Lines with `\n` between; empty where there is no body. */
  readonly body: string
}

/** Bounds of texts and of facts shown in them. */
export const textLimits = { title: 200, body: 5_000, fact: 500, short: 40 } as const

/** What may stand after the name of a fact, `{at:date}`, and the kinds it goes with. There are no others, and nothing is evaluated. */
export const textFunctions: Readonly<Record<string, readonly string[]>> = {
  date: ['instant'],
  time: ['instant'],
  weekday: ['instant', 'date'],
  short: ['text', 'words'],
}

const placePattern = /\{(\w+)(?::(\w+))?\}/g

/** The places of a text. */
export function placesOf(text: string): { readonly place: string; readonly name: string; readonly fn: string | undefined }[] {
  return [...text.matchAll(placePattern)].map(([whole, name = '', fn]) => ({ place: whole.slice(1, -1), name, fn }))
}

/** The message as one reader gets it. A text of the tenant's own comes before the author's. */
export function renderMessage(
  { title, body, data = {} }: MessageDefinition,
  facts: Readonly<Record<string, unknown>>,
  view: ReasonView,
  own: MessageText | null = null,
): RenderedMessage {
  const language = pickLocale(view.locale ?? undefined)
  const words = own?.[language]
  const fillAll = (text: string): string => fill(text, data, facts, view)
  return {
    title: oneLine(fillAll(words?.title ?? inLocale(title, language))).slice(0, textLimits.title * 2),
    body: lines(fillAll(words?.body ?? (body ? inLocale(body, language) : ''))),
  }
}

function fill(text: string, data: ReasonData, facts: Readonly<Record<string, unknown>>, view: ReasonView): string {
  return text.replace(placePattern, (whole, name: string, fn?: string) => {
    const kind = Object.hasOwn(data, name) ? data[name] : undefined
    if (kind === undefined) return whole
    const value = Object.hasOwn(facts, name) ? facts[name] : null
    if (value === null || value === undefined) return '–'
    // A fact is one line: it must not look like a line that somebody else wrote.
    return oneLine(fn === undefined ? shown(kind, value, view) : applied(fn, kind, value, view)).slice(0, textLimits.fact)
  })
}

function applied(fn: string, kind: string, value: unknown, view: ReasonView): string {
  const locale = pickLocale(view.locale ?? undefined)
  switch (fn) {
    case 'date':
      return dateText(value, locale, view.zone, { dateStyle: 'long' })
    case 'time':
      return dateText(value, locale, view.zone, { timeStyle: 'short' })
    case 'weekday':
      return kind === 'date'
        ? dateText(Date.parse(`${String(value)}T00:00:00Z`), locale, 'UTC', { weekday: 'long' })
        : dateText(value, locale, view.zone, { weekday: 'long' })
    default: {
      const text = kind === 'words' ? inLocale(value as Words, locale) : String(value)
      const letters = [...text]
      return letters.length > textLimits.short ? `${letters.slice(0, textLimits.short - 1).join('')}…` : text
    }
  }
}

function dateText(value: unknown, locale: Locale, zone: string | undefined, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: zone ?? 'UTC' }).format(Number(value))
}

/** Marks that turn the direction of text around could make a message read as something else. */
const invisible = /[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** Text as one line: no line breaks, no control characters, nothing that changes the direction of reading. */
export function oneLine(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}

function lines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => oneLine(line))
    .join('\n')
    .trim()
}

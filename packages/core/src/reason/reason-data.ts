import { inLocale, type Locale, pickLocale, type Words } from '../locale/locale.ts'
import { parseDuration } from '../time/duration.ts'

/** How a fact of a reason is shown. `person`, `team` and `record` are ids, shown by name where the reader's side knows it. */
export const dataKinds = ['text', 'number', 'instant', 'date', 'duration', 'person', 'team', 'record', 'money', 'words'] as const

type DataKind = (typeof dataKinds)[number]

/** Facts by name. */
export type ReasonData = Readonly<Record<string, DataKind>>

interface ValueOf {
  readonly text: string
  readonly number: number
  readonly instant: number
  readonly date: string
  readonly duration: string
  readonly person: string
  readonly team: string
  readonly record: string
  readonly money: { readonly minor: number; readonly currency: string }
  readonly words: Words
}

/** The values of such facts. */
export type ReasonValues<D extends ReasonData> = { readonly [K in keyof D]: ValueOf[D[K]] }

/** Who reads a sentence. */
export interface ReasonView {
  /** BCP 47 tag; English unless it is Chinese. */
  readonly locale?: string | null
  /** IANA time zone of instants; UTC unless said. */
  readonly zone?: string
  /** Names of people, teams and records by id. */
  readonly nameOf?: (kind: 'person' | 'team' | 'record', id: string) => string | undefined
}

/** A fact as a sentence shows it. */
export function shown(kind: DataKind, value: unknown, view: ReasonView): string {
  const locale = pickLocale(view.locale ?? undefined)
  switch (kind) {
    case 'number':
      return new Intl.NumberFormat(locale).format(Number(value))
    case 'instant':
      return instantText(Number(value), locale, view.zone ?? 'UTC')
    case 'duration':
      return durationText(String(value), locale)
    case 'person':
    case 'team':
    case 'record':
      return view.nameOf?.(kind, String(value)) ?? String(value)
    case 'money':
      return moneyText(value as ValueOf['money'], locale)
    case 'words':
      return inLocale(value as Words, locale)
    default:
      return String(value)
  }
}

function instantText(value: number, locale: Locale, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(value)
}

function moneyText({ minor, currency }: ValueOf['money'], locale: Locale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const units = {
  m: { 'zh-CN': '分钟', en: ['minute', 'minutes'] },
  h: { 'zh-CN': '小时', en: ['hour', 'hours'] },
  wm: { 'zh-CN': '工作分钟', en: ['working minute', 'working minutes'] },
  wh: { 'zh-CN': '工作小时', en: ['working hour', 'working hours'] },
  d: { 'zh-CN': '天', en: ['day', 'days'] },
  wd: { 'zh-CN': '个工作日', en: ['working day', 'working days'] },
} as const

/** A duration as people say it: 2 working hours, 2 工作小时. */
export function durationText(text: string, locale: Locale): string {
  const { amount, unit } = parseDuration(text)
  if (locale === 'zh-CN') return `${amount} ${units[unit]['zh-CN']}`
  const [one, many] = units[unit].en
  return `${amount} ${amount === 1 ? one : many}`
}

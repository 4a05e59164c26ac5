import type { ExpressionContext } from '../context.ts'
import type { Node } from '../node.ts'
import type { ExpressionField } from '../schema.ts'
import type { Type } from '../type.ts'
import { peopleWords, stateWords } from './people-words.ts'

export type SentenceLocale = 'zh-CN' | 'en'

const quote = (text: string, locale: SentenceLocale): string => (locale === 'en' ? `“${text}”` : `「${text}」`)

/** A field's name as people know it, with the references that lead to it. */
export function fieldWords(field: ExpressionField, hops: readonly ExpressionField[], locale: SentenceLocale): string {
  return quote([...hops, field].map((one) => labelOf(one)[locale]).join(' › '), locale)
}

/** People and teams have no words of their own, which would be loaded with every page. */
const isDirectory = ({ object }: ExpressionField): boolean => object.startsWith('$')

const labelOf = (field: ExpressionField): ExpressionField['label'] => (isDirectory(field) && peopleWords[field.name]) || field.label

/** The field whose options name a value. */
export function optionsOf(node: Node | undefined): ExpressionField['options'] {
  if (node?.is !== 'field') return undefined
  const { options } = node.field
  return isDirectory(node.field)
    ? options?.map(({ value }) => ({ value, label: stateWords[value] ?? { 'zh-CN': value, en: value } }))
    : options
}

/** A value as a sentence shows it. */
export function valueWords(
  value: unknown,
  type: Type,
  options: ExpressionField['options'],
  locale: SentenceLocale,
  context: Pick<ExpressionContext, 'zone' | 'names'>,
): string {
  if (value === null || value === undefined || value === '') return locale === 'en' ? 'empty' : '空'
  if (Array.isArray(value)) {
    const of = type.of ?? { is: 'text' }
    if (value.length === 0) return locale === 'en' ? 'nothing' : '无'
    return value.map((item) => valueWords(item, of, options, locale, context)).join(locale === 'en' ? ', ' : '、')
  }
  switch (type.is) {
    case 'bool':
      return value ? (locale === 'en' ? 'yes' : '是') : locale === 'en' ? 'no' : '否'
    case 'int':
    case 'num':
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 15 }).format(value as number)
    case 'decimal': {
      const scale = type.scale ?? 2
      return new Intl.NumberFormat(locale, { minimumFractionDigits: scale, maximumFractionDigits: scale }).format(
        (value as number) / 10 ** scale,
      )
    }
    case 'money':
      return moneyWords(value as number, type.currency, locale)
    case 'instant':
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: context.zone ?? 'UTC' }).format(
        value as number,
      )
    case 'date':
      return String(value)
    case 'id': {
      const name = context.names?.get(String(value))
      return name === undefined ? String(value) : quote(name, locale)
    }
    default:
      return quote(options?.find((option) => option.value === value)?.label?.[locale] ?? String(value), locale)
  }
}

function moneyWords(minor: number, currency: string | undefined, locale: SentenceLocale): string {
  if (!currency) return new Intl.NumberFormat(locale).format(minor)
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const units = {
  en: { Y: 'year', M: 'month', W: 'week', D: 'day', H: 'hour', m: 'minute', S: 'second' },
  'zh-CN': { Y: ' 年', M: ' 个月', W: ' 周', D: ' 天', H: ' 小时', m: ' 分钟', S: ' 秒' },
} as const

const periods = {
  en: { day: 'day', week: 'week', month: 'month', quarter: 'quarter', year: 'year' },
  'zh-CN': { day: '日', week: '周', month: '月', quarter: '季度', year: '年' },
} as const

const contextWords: Readonly<Record<string, { readonly 'zh-CN': string; readonly en: string }>> = {
  now: { 'zh-CN': '现在', en: 'now' },
  today: { 'zh-CN': '今天', en: 'today' },
  tenant: { 'zh-CN': '本租户', en: 'this tenant' },
  'actor.id': { 'zh-CN': '我', en: 'me' },
  'actor.personId': { 'zh-CN': '我', en: 'me' },
  'actor.teamIds': { 'zh-CN': '我的团队', en: 'my teams' },
  'actor.roles': { 'zh-CN': '我的角色', en: 'my roles' },
}

/** What of the context is meant: `now`, `ago P30D`, `startOf month -1`. */
export function contextInWords(name: string, locale: SentenceLocale): string {
  const fixed = contextWords[name]
  if (fixed) return fixed[locale]
  const [what = '', first = '', later = '0'] = name.split(' ')
  if (what === 'startOf') return periodWords(first as keyof (typeof periods)['en'], Number(later), locale)
  const length = durationWords(first, locale)
  if (locale === 'en') return what === 'ago' ? `${length} ago` : `${length} from now`
  return what === 'ago' ? `${length}前` : `${length}后`
}

function durationWords(duration: string, locale: SentenceLocale): string {
  const [date = '', time = ''] = duration.slice(1).split('T')
  const parts = [...date.matchAll(/(\d+)([YMWD])/g), ...time.replaceAll('M', 'm').matchAll(/(\d+)([HmS])/g)]
  const words = units[locale]
  return parts
    .map(([, count = '', unit = 'D']) => {
      const word = words[unit as keyof typeof words]
      return locale === 'en' ? `${count} ${word}${count === '1' ? '' : 's'}` : `${count}${word}`.trim()
    })
    .join(' ')
}

function periodWords(period: keyof (typeof periods)['en'], later: number, locale: SentenceLocale): string {
  const word = periods[locale][period]
  if (locale === 'en') {
    const which = later === 0 ? `this ${word}` : later === 1 ? `next ${word}` : later === -1 ? `last ${word}` : null
    if (which) return `the start of ${which}`
    return `the start of the ${word} ${Math.abs(later)} ${word}s ${later < 0 ? 'ago' : 'from now'}`
  }
  const which = later === 0 ? '本' : later === 1 ? '下' : later === -1 ? '上' : `${Math.abs(later)} 个${later < 0 ? '之前的' : '之后的'}`
  return `${which}${word}初`
}

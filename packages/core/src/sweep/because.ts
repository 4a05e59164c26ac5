import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { ExpressionContext, RecordLike } from '../expression/context.ts'
import type { Type } from '../expression/type.ts'
import { type Locale, locales } from '../locale/locale.ts'
import type { CompiledRule } from './compile-decider.ts'

/** A sentence in both languages. */
export type Sentence = Readonly<Record<Locale, string>>

/** The values of a rule's sentence for a record, in the form of the API. */
export function factsOf({ facts }: Pick<CompiledRule, 'facts'>, record: RecordLike, context: ExpressionContext): Record<string, unknown> {
  return Object.fromEntries(facts.map(({ name, expression }) => [name, expression.evaluate(record, context)]))
}

/** Why a rule acts: its sentence with these values in their places. */
export function sentenceOf(
  { sentence, facts }: Pick<CompiledRule, 'sentence' | 'facts'>,
  values: Readonly<Record<string, unknown>>,
  zone: string,
): Sentence {
  const types = new Map(facts.map(({ name, expression }) => [name, expression.type]))
  const text = (locale: Locale): string =>
    sentence[locale].replace(/\{(\w+)\}/g, (_, name: string) =>
      valueText(values[name], types.get(name), facts.find((fact) => fact.name === name)?.expression, locale, zone),
    )
  const [zh, en] = locales.map(text)
  return { 'zh-CN': zh ?? '', en: en ?? '' }
}

const empty: Sentence = { 'zh-CN': '（空）', en: '(empty)' }
const never: Sentence = { 'zh-CN': '从未', en: 'never' }
const answers: Readonly<Record<Locale, readonly [string, string]>> = { 'zh-CN': ['是', '否'], en: ['yes', 'no'] }

function valueText(
  value: unknown,
  type: Type | undefined,
  expression: CompiledExpression | undefined,
  locale: Locale,
  zone: string,
): string {
  if (value === null || value === undefined) return (isTimeOfChildren(expression) ? never : empty)[locale]
  switch (type?.is) {
    case 'int':
    case 'num':
    case 'decimal':
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 8 }).format(Number(value))
    case 'bool':
      return answers[locale][value === true ? 0 : 1]
    case 'instant':
      return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(Number(value))
    case 'money':
      return moneyText(value as { minor: number; currency: string | null }, locale)
    case 'choice':
      return optionText(String(value), expression, locale)
    default:
      return String(value)
  }
}

/** Of no child records there is no last time. */
const isTimeOfChildren = (expression: CompiledExpression | undefined): boolean =>
  expression?.node.is === 'each' && (expression.type.is === 'instant' || expression.type.is === 'date')

function moneyText({ minor, currency }: { minor: number; currency: string | null }, locale: Locale): string {
  if (currency === null) return new Intl.NumberFormat(locale).format(minor / 100)
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

function optionText(value: string, expression: CompiledExpression | undefined, locale: Locale): string {
  const node = expression?.node
  const option = node?.is === 'field' ? node.field.options?.find((one) => one.value === value) : undefined
  return option?.label?.[locale] ?? value
}

/** Values as a database kept them → in the form of the API. Yes and no come as 1 and 0 from SQLite, decimals as whole units. */
export function factsFromStorage({ facts }: CompiledRule, stored: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(facts.map(({ name, expression }) => [name, fromStorage(stored[name], expression.type)]))
}

function fromStorage(value: unknown, type: Type): unknown {
  if (value === null || value === undefined) return null
  if (type.is === 'bool') return value === true || value === 1
  if (type.is === 'decimal') return (Number(value) / 10 ** (type.scale ?? 0)).toFixed(type.scale ?? 0)
  if (type.is === 'money') return { minor: Number(value), currency: type.currency ?? null }
  return value
}

import type { Closure, ExpressionContext, RecordLike } from '../context.ts'
import type { CallNode, EachNode, Node } from '../node.ts'
import type { OperatorName } from '../operator/table.ts'
import { latestOf, type Since, sinceOf } from './since.ts'
import { contextInWords, fieldWords, optionsOf, type SentenceLocale, valueWords } from './value-words.ts'
import { operatorWords, timeWords } from './words.ts'

/** The record whose values are shown beside the names, if any. */
export interface Shown {
  readonly record: RecordLike
  readonly context: ExpressionContext
  /** Handed over, so that the words are a file of their own that needs nothing of the first. */
  readonly compile: (node: Node) => Closure
}

/** A part of an expression in words; with a record, each field with its value. */
export function phrase(node: Node, locale: SentenceLocale, shown: Shown | null, beside?: Node): string {
  switch (node.is) {
    case 'literal':
      return valueWords(node.value, node.type, optionsOf(beside), locale, shown?.context ?? {})
    case 'context':
      return contextInWords(node.name, locale)
    case 'field':
      return withValue(fieldWords(node.field, node.hops, locale), node, locale, shown)
    case 'each':
      return eachWords(node, locale, shown)
    case 'call':
      return callWords(node, true, locale, shown)
  }
}

/** A condition in words, as it holds or does not. */
export function conditionWords(node: Node, holds: boolean, locale: SentenceLocale, shown: Shown | null): string {
  if (node.is === 'call') return callWords(node, holds, locale, shown)
  if (node.is === 'each') return someWords(node, holds, locale, shown)
  const words = phrase(node, locale, shown)
  return holds ? words : locale === 'en' ? `not ${words}` : `并非${words}`
}

function callWords(node: CallNode, holds: boolean, locale: SentenceLocale, shown: Shown | null): string {
  const { op, of } = node
  switch (op.name) {
    case 'and':
    case 'or':
      return groupWords(node, holds, locale, shown)
    case 'not':
      return conditionWords(of[0] as Node, !holds, locale, shown)
    case 'join':
    case 'coalesce':
    case 'choose':
      return listWords(node, locale, shown)
  }
  const name = op.name as OperatorName
  const isTime = of[0]?.type.is === 'instant' || of[0]?.type.is === 'date'
  const { words, denied } = op.said ?? (isTime ? timeWords[name] : undefined) ?? operatorWords[name]
  const template = holds ? words[locale] : (denied?.[locale] ?? `${locale === 'en' ? 'not: ' : '并非：'}${words[locale]}`)
  return template.replace(/\{(\w+)\}/g, (_, place: string) => {
    if (place === 'by') return String(node.by)
    const operand = of[Number(place)]
    if (!operand) return ''
    return operand.type.is === 'bool' && operand.is === 'call'
      ? conditionWords(operand, true, locale, shown)
      : phrase(operand, locale, shown, of[0])
  })
}

/** No part fails means that none of them holds, so the glue is turned over with the parts. */
function groupWords({ op, of }: CallNode, holds: boolean, locale: SentenceLocale, shown: Shown | null): string {
  const isAnd = (op.name === 'and') === holds
  if (of.length === 0) return isAnd ? (locale === 'en' ? 'always' : '总是') : locale === 'en' ? 'never' : '从不'
  const parts = of.map((part) => {
    const words = conditionWords(part, holds, locale, shown)
    return part.is === 'call' && part.of.length > 1 && (part.op.name === 'and' || part.op.name === 'or') ? `(${words})` : words
  })
  const glue = isAnd ? { en: ' and ', 'zh-CN': '，且' } : { en: ' or ', 'zh-CN': '，或' }
  return parts.join(glue[locale])
}

function listWords({ op, of }: CallNode, locale: SentenceLocale, shown: Shown | null): string {
  const parts = of.map((part) => (part.type.is === 'bool' ? conditionWords(part, true, locale, null) : phrase(part, locale, shown)))
  const names = {
    join: { en: 'text of ', 'zh-CN': '文字：' },
    coalesce: { en: 'the first of ', 'zh-CN': '首个有值的：' },
    choose: { en: 'by case: ', 'zh-CN': '按情况：' },
  }
  return `${names[op.name as 'join'][locale]}${parts.join(locale === 'en' ? ', ' : '、')}`
}

const eachNames = {
  some: { en: 'there is', 'zh-CN': '存在' },
  count: { en: 'the number of', 'zh-CN': '数量：' },
  sum: { en: 'the sum of', 'zh-CN': '合计：' },
  min: { en: 'the least of', 'zh-CN': '最小：' },
  max: { en: 'the greatest of', 'zh-CN': '最大：' },
} as const

function eachWords(node: EachNode, locale: SentenceLocale, shown: Shown | null): string {
  const rows = fieldWords(node.rows.field, node.rows.hops, locale)
  const what = node.value ? `${phrase(node.value, locale, null)}${locale === 'en' ? ' of ' : '，'}${rows}` : rows
  const words = `${eachNames[node.fn][locale]}${locale === 'en' ? ' ' : ''}${what}${whereWords(node, locale)}`
  return node.fn === 'some' ? words : withValue(words, node, locale, shown)
}

function someWords(node: EachNode, holds: boolean, locale: SentenceLocale, shown: Shown | null): string {
  const rows = fieldWords(node.rows.field, node.rows.hops, locale)
  const since = sinceOf(node)
  if (since) return sinceWords(node, since, rows, holds, locale, shown)
  const names = holds ? { en: 'there is one among ', 'zh-CN': '有' } : { en: 'there is none among ', 'zh-CN': '没有' }
  return `${names[locale]}${rows}${whereWords(node, locale)}`
}

/** “no activities since 3 March”, and when there was one last: by far the commonest thing that is asked of child records. */
function sinceWords(node: EachNode, since: Since, rows: string, holds: boolean, locale: SentenceLocale, shown: Shown | null): string {
  const { field, from, isIncluded, said } = since
  const value = (of: Node): string => {
    if (!shown) return phrase(of, locale, null)
    const at = shown.compile(of)(shown.record, shown.context)
    return at === null ? (locale === 'en' ? 'never' : '从未') : valueWords(at, of.type, undefined, locale, shown.context)
  }
  const notes = [fieldWords(field.field, [], locale), ...said.map((part) => conditionWords(part, true, locale, null))]
  if (shown) notes.push(`${locale === 'en' ? 'the last: ' : '最近一次：'}${value(latestOf(node, since))}`)
  const note = notes.join(locale === 'en' ? '; ' : '；')
  if (locale === 'en') return `${holds ? 'there are' : 'no'} ${rows} ${isIncluded ? 'since' : 'after'} ${value(from)} (${note})`
  return `${isIncluded ? '自' : ''}${value(from)}${isIncluded ? '以来' : '之后'}${holds ? '有' : '没有'}${rows}（${note}）`
}

function whereWords({ where }: EachNode, locale: SentenceLocale): string {
  if (!where) return ''
  const words = conditionWords(where, true, locale, null)
  return locale === 'en' ? ` where ${words}` : `（${words}）`
}

function withValue(words: string, node: Node, locale: SentenceLocale, shown: Shown | null): string {
  if (!shown) return words
  const value = shown.compile(node)(shown.record, shown.context)
  const shownValue = valueWords(
    value,
    node.type.is === 'codes' ? { is: 'list', of: { is: 'choice' } } : node.type,
    optionsOf(node),
    locale,
    shown.context,
  )
  return locale === 'en' ? `${words} (${shownValue})` : `${words}（${shownValue}）`
}

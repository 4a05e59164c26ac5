import type { Node } from '../node.ts'
import { conditionWords, phrase, type Shown } from './phrase.ts'

interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** A condition that decided. */
export interface Reason {
  /** JSON pointer to it in the expression. */
  readonly path: string
  readonly holds: boolean
  readonly sentence: Words
}

/** Why an expression came out as it did. */
export interface Explanation {
  readonly result: unknown
  /** The parts without which it would have come out otherwise. */
  readonly reasons: readonly Reason[]
  /** All reasons in one sentence. */
  readonly sentence: Words
}

/** Finds the leaves that decided: of a failed `and` the first that failed, of a true `or` the first that held. */
export function explainNode(node: Node, result: unknown, shown: Shown): Explanation {
  if (node.type.is !== 'bool') {
    const sentence = { 'zh-CN': phrase(node, 'zh-CN', shown), en: phrase(node, 'en', shown) }
    return { result, reasons: [], sentence }
  }
  const reasons = deciding(node, shown).map(({ leaf, holds }) => ({
    path: leaf.path,
    holds,
    sentence: { 'zh-CN': conditionWords(leaf, holds, 'zh-CN', shown), en: conditionWords(leaf, holds, 'en', shown) },
  }))
  const join = (locale: keyof Words, glue: string): string => reasons.map(({ sentence }) => sentence[locale]).join(glue)
  return { result, reasons, sentence: { 'zh-CN': join('zh-CN', '；'), en: join('en', '; ') } }
}

/** A whole expression in words. */
export const describeNode = (node: Node, locale: 'zh-CN' | 'en'): string =>
  node.type.is === 'bool' ? conditionWords(node, true, locale, null) : phrase(node, locale, null)

interface Decided {
  readonly leaf: Node
  readonly holds: boolean
}

function deciding(node: Node, shown: Shown): readonly Decided[] {
  const test = (part: Node): boolean => shown.compile(part)(shown.record, shown.context) === true
  const holds = test(node)
  if (node.is !== 'call') return [{ leaf: node, holds }]
  const { op, of } = node
  if (op.name === 'not') return deciding(of[0] as Node, shown)
  if (op.name !== 'and' && op.name !== 'or') return [{ leaf: node, holds }]
  if (of.length === 0) return [{ leaf: node, holds }]
  const decidesAlone = op.name === 'or'
  if (holds === decidesAlone) {
    const first = of.find((part) => test(part) === holds)
    return first ? deciding(first, shown) : []
  }
  return of.flatMap((part) => deciding(part, shown))
}

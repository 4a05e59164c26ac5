import { compileNode } from './closure/compile.ts'
import { plainKey } from './closure/field.ts'
import type { CompiledExpression } from './compile-expression.ts'
import type { ExpressionContext, RecordLike, Test } from './context.ts'
import type { CallNode, Node } from './node.ts'

/** Many conditions over one kind of record, filed by what they ask for. */
export interface RuleIndex {
  /** Positions of the conditions that hold for a record, in ascending order. */
  readonly match: (record: RecordLike, context?: ExpressionContext) => number[]
  /** How many conditions a record makes it look at; for tests and measurements. */
  readonly visited: (record: RecordLike) => number
}

/** A condition with what is left to ask once its key has been met. */
interface Filed {
  readonly position: number
  readonly rest: Test | null
}

/** Conditions by the value of one field. */
interface Drawer {
  readonly key: string
  readonly byValue: Map<unknown, Filed[]>
}

/** A term that only one value, or one of few, can meet. */
interface Term {
  readonly key: string
  readonly values: readonly unknown[]
}

/**
 * Files each condition under its most telling `===` or `in`, so that a record only meets those its own values lead to, and of these only
 * the rest is evaluated. A loop looks at all of them.
 */
export function createRuleIndex(rules: readonly CompiledExpression[]): RuleIndex {
  const parts = rules.map(({ node }) => partsOf(node))
  const spread = spreadOf(parts)
  const drawers = new Map<string, Drawer>()
  const always: Filed[] = []
  for (const [position, all] of parts.entries()) {
    const found = mostTelling(all, spread)
    if (!found) {
      always.push({ position, rest: testOf(all) })
      continue
    }
    const drawer = drawers.get(found.term.key) ?? { key: found.term.key, byValue: new Map<unknown, Filed[]>() }
    drawers.set(found.term.key, drawer)
    const rest = all.filter((part) => part !== found.part)
    const filed: Filed = { position, rest: rest.length > 0 ? testOf(rest) : null }
    for (const value of found.term.values) {
      const known = drawer.byValue.get(value)
      if (known) known.push(filed)
      else drawer.byValue.set(value, [filed])
    }
  }
  const list = [...drawers.values()]
  const usesContext = rules.some((rule) => rule.usesContext)

  const collect = (filed: readonly Filed[], record: RecordLike, context: ExpressionContext, into: number[]): void => {
    for (let index = 0; index < filed.length; index++) {
      const { position, rest } = filed[index] as Filed
      if (rest === null || rest(record, context)) into.push(position)
    }
  }

  return {
    match(record, given) {
      const context = given ?? (usesContext ? { now: Date.now() } : nothing)
      const found: number[] = []
      for (let index = 0; index < list.length; index++) {
        const { key, byValue } = list[index] as Drawer
        const filed = byValue.get(record[key])
        if (filed) collect(filed, record, context, found)
      }
      collect(always, record, context, found)
      return inOrder(found)
    },
    visited: (record) => list.reduce((count, { key, byValue }) => count + (byValue.get(record[key])?.length ?? 0), always.length),
  }
}

const nothing: ExpressionContext = { now: 0 }

/** Few numbers, mostly in order already: each is moved to its place. */
function inOrder(found: number[]): number[] {
  for (let index = 1; index < found.length; index++) {
    const value = found[index] as number
    let place = index
    while (place > 0 && (found[place - 1] as number) > value) {
      found[place] = found[place - 1] as number
      place--
    }
    found[place] = value
  }
  return found
}

/** The parts that must all hold. */
function partsOf(node: Node): readonly Node[] {
  return node.is === 'call' && node.op.name === 'and' ? node.of.flatMap(partsOf) : [node]
}

const testOf = (parts: readonly Node[]): Test => {
  const tests = parts.map((part) => compileNode(part) as Test)
  const [a, b] = tests
  if (!a) return () => true
  if (!b) return a
  if (tests.length === 2) return (record, context) => a(record, context) && b(record, context)
  return (record, context) => tests.every((test) => test(record, context))
}

/** How many different values the rules ask of each field: the more, the fewer of them one record meets. */
function spreadOf(parts: readonly (readonly Node[])[]): ReadonlyMap<string, number> {
  const values = new Map<string, Set<unknown>>()
  for (const part of parts.flat()) {
    const term = termOf(part)
    if (!term) continue
    const known = values.get(term.key) ?? new Set()
    values.set(term.key, known)
    for (const value of term.values) known.add(value)
  }
  return new Map([...values].map(([key, set]) => [key, set.size]))
}

const mostValues = 20

function mostTelling(parts: readonly Node[], spread: ReadonlyMap<string, number>): { readonly part: Node; readonly term: Term } | null {
  let best: { part: Node; term: Term; share: number } | null = null
  for (const part of parts) {
    const term = termOf(part)
    if (!term || term.values.length > mostValues) continue
    const share = term.values.length / (spread.get(term.key) ?? 1)
    if (!best || share < best.share) best = { part, term, share }
  }
  return best
}

function termOf(part: Node): Term | null {
  if (part.is !== 'call') return null
  const [left, right] = part.of
  if (!left || right?.is !== 'literal') return null
  const key = plainKey(left)
  if (key === null) return null
  if (isOp(part, 'equal') && right.value !== null) return { key, values: [right.value] }
  if (isOp(part, 'oneOf')) return { key, values: [...new Set(right.value as readonly unknown[])] }
  return null
}

const isOp = (call: CallNode, name: string): boolean => call.op.name === name

import type { Closure, ExpressionContext, RecordLike, Test } from '../context.ts'
import type { EachNode, Node } from '../node.ts'
import { within } from '../operator/arithmetic.ts'
import { compareText } from '../operator/compare-text.ts'
import { isTextual, largestInt } from '../type.ts'
import { readField, readRows } from './field.ts'

/** A checked tree as one function. Built from closures: nothing is generated from text. */
export function compileNode(node: Node): Closure {
  switch (node.is) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'context': {
      const { read } = node
      return (_, context) => read(context)
    }
    case 'field':
      return readField(node, compileNode)
    case 'call':
      return node.op.run(node.of.map(compileNode), node)
    case 'each':
      return compileEach(node)
  }
}

function compileEach({ fn, rows: of, where: asked, value: wanted }: EachNode): Closure {
  const rows = readRows(of)
  const where = asked && (compileNode(asked) as Test)
  if (fn === 'some') return (record, context) => rows(record).some((row) => !where || where(row, context))
  const matching = (record: RecordLike, context: ExpressionContext) =>
    where ? rows(record).filter((row) => where(row, context)) : rows(record)
  if (!wanted) return (record, context) => matching(record, context).length
  const value = compileNode(wanted)
  const fold = fn === 'sum' ? exactSum : extreme(isTextual(wanted.type), fn === 'min' ? -1 : 1)
  return (record, context) => fold(matching(record, context).map((row) => value(row, context)))
}

/** Exact, and held at the largest exact whole number, as the databases do it. */
function exactSum(values: readonly unknown[]): number {
  let sum = 0
  let size = 0
  for (const value of values as readonly (number | null)[]) {
    sum += value ?? 0
    size += Math.abs(value ?? 0)
  }
  // As long as the sizes together are exact, so was every sum on the way.
  if (size <= largestInt) return sum
  return within(Number(values.reduce<bigint>((total, value) => total + BigInt((value as number | null) ?? 0), 0n)))
}

const extreme =
  (isText: boolean, direction: 1 | -1) =>
  (values: readonly unknown[]): unknown => {
    let found: unknown = null
    for (const value of values) {
      if (value === null) continue
      const order = isText ? compareText(String(value), String(found)) : (value as number) - (found as number)
      if (found === null || order * direction > 0) found = value
    }
    return found
  }

import type { Closure, RecordLike, Test } from '../context.ts'
import type { CallNode, EachNode, Node } from '../node.ts'
import { compareText } from '../operator/compare-text.ts'
import { operatorTable } from '../operator/table.ts'
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
      return compileSum(node) ?? node.op.run(node.of.map(compileNode), node)
    case 'each':
      return compileEach(node)
  }
}

/** A long sum is one loop instead of a tower of calls; from left to right, as it was written. */
function compileSum(node: CallNode): Closure | null {
  const terms: Node[] = []
  let rest: Node = node
  while (rest.is === 'call' && rest.op === operatorTable.add) {
    terms.unshift(rest.of[1] as Node)
    rest = rest.of[0] as Node
  }
  if (terms.length < 2) return null
  const closures = [rest, ...terms].map(compileNode)
  return (record, context) => {
    let sum = 0
    for (let index = 0; index < closures.length; index++) {
      const value = (closures[index] as Closure)(record, context)
      if (value === null) return null
      sum += value as number
    }
    return sum
  }
}

function compileEach(node: EachNode): Closure {
  const rows = readRows(node.rows)
  const where = node.where && (compileNode(node.where) as Test)
  if (node.fn === 'some') {
    return (record, context) => rows(record).some((row) => where === null || where(row, context))
  }
  const matching: (record: RecordLike, context: Parameters<Closure>[1]) => readonly RecordLike[] = (record, context) =>
    where === null ? rows(record) : rows(record).filter((row) => where(row, context))
  if (node.fn === 'count' || node.value === null) return (record, context) => matching(record, context).length
  const value = compileNode(node.value)
  const fold = folds[node.fn](isTextual(node.value.type))
  return (record, context) => fold(matching(record, context).map((row) => value(row, context)))
}

type Fold = (values: readonly unknown[]) => unknown

const folds: Readonly<Record<'sum' | 'min' | 'max', (isText: boolean) => Fold>> = {
  sum: () => exactSum,
  min: (isText) => (values) => extreme(values, isText, -1),
  max: (isText) => (values) => extreme(values, isText, 1),
}

/** Exact, and held at the largest exact whole number, as the databases do it. */
function exactSum(values: readonly unknown[]): number {
  let sum = 0n
  let fast = 0
  for (const value of values) {
    if (value === null) continue
    const next = fast + (value as number)
    if (Number.isSafeInteger(next)) {
      fast = next
      continue
    }
    sum += BigInt(fast) + BigInt(value as number)
    fast = 0
  }
  if (sum === 0n) return fast
  const total = sum + BigInt(fast)
  if (total > BigInt(largestInt)) return largestInt
  if (total < BigInt(-largestInt)) return -largestInt
  return Number(total)
}

function extreme(values: readonly unknown[], isText: boolean, direction: 1 | -1): unknown {
  let found: unknown = null
  for (const value of values) {
    if (value === null) continue
    const order = isText ? compareText(String(value), String(found)) : (value as number) - (found as number)
    if (found === null || order * direction > 0) found = value
  }
  return found
}

import type { EachNode, FieldNode, Node } from '../node.ts'

/** Child records asked for from a point in time on: `no activities since 3 March`. */
export interface Since {
  readonly field: FieldNode
  readonly from: Node
  /** The point itself counts, too. */
  readonly isIncluded: boolean
  /** What else is asked of them. */
  readonly rest: readonly Node[]
  /** The same as far as it needs saying: up to now goes without. */
  readonly said: readonly Node[]
}

/** The lower bound of a time among what is asked of child records; null where there is none. */
export function sinceOf({ where }: EachNode): Since | null {
  const parts = where === null ? [] : partsOf(where)
  for (const part of parts) {
    const bound = boundOf(part)
    if (!bound?.isLower) continue
    const { field, value: from, isIncluded } = bound
    const rest = parts.filter((one) => one !== part)
    return { field, from, isIncluded, rest, said: rest.filter((one) => !isUpToNow(one, field)) }
  }
  return null
}

const partsOf = (node: Node): readonly Node[] => (node.is === 'call' && node.op.name === 'and' ? node.of.flatMap(partsOf) : [node])

interface Bound {
  readonly field: FieldNode
  readonly value: Node
  readonly isLower: boolean
  readonly isIncluded: boolean
}

function boundOf(node: Node): Bound | null {
  if (node.is !== 'call' || !/^(less|greater)(OrEqual)?$/.test(node.op.name)) return null
  const [left, right] = node.of as readonly [Node, Node]
  const isIncluded = node.op.name.endsWith('OrEqual')
  const isGreater = node.op.name.startsWith('greater')
  if (isTime(left) && isFixed(right)) return { field: left, value: right, isLower: isGreater, isIncluded }
  if (isTime(right) && isFixed(left)) return { field: right, value: left, isLower: !isGreater, isIncluded }
  return null
}

/** Said here again, because the words are a file of their own that needs nothing of what a page loads first. */
const isFixed = (node: Node): boolean => node.is === 'literal' || node.is === 'context' || (node.is === 'call' && node.of.every(isFixed))

const isTime = (node: Node): node is FieldNode =>
  node.is === 'field' && node.hops.length === 0 && (node.type.is === 'instant' || node.type.is === 'date')

function isUpToNow(node: Node, { field }: FieldNode): boolean {
  const bound = boundOf(node)
  const isNow = bound?.value.is === 'context' && (bound.value.name === 'now' || bound.value.name === 'today')
  return isNow && !bound.isLower && bound.field.field === field
}

/** The latest time of the child records that satisfy everything but the bound. */
export function latestOf({ rows, path, where }: EachNode, { field, rest }: Since): EachNode {
  const others = where?.is === 'call' && rest.length > 0 ? { ...where, of: rest } : null
  return { is: 'each', fn: 'max', rows, where: others, value: field, type: field.type, nullable: true, path }
}

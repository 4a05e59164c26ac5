import { settle } from './check/literal.ts'
import { inUnits, toNum } from './check/number.ts'
import { ownCurrency } from './computation.ts'
import { wrongType } from './expression-error.ts'
import type { Node } from './node.ts'
import type { FieldLike } from './schema.ts'
import { isNumeric, type Type } from './type.ts'

/** Types that give a value of a kind as they are. */
const fitting: Readonly<Record<string, readonly Type['is'][]>> = {
  text: ['text', 'choice'],
  longText: ['text', 'choice'],
  choice: ['choice', 'text'],
  phone: ['text'],
  email: ['text'],
  url: ['text'],
  boolean: ['bool', 'missing'],
  date: ['date'],
  instant: ['instant'],
  reference: ['id'],
  user: ['id', 'text'],
}

/** A checked tree as a value of the field's kind, in its stored form; RULE_TYPE where it gives something else. */
export function inKind(node: Node, field: FieldLike, currency: string | null): Node {
  const { kind } = field
  if (kind === 'integer') return { ...inUnits(node, 0), type: { is: 'int' } }
  if (kind === 'number') return isNumeric(node.type) ? toNum(node) : refuse(node, 'number')
  if (kind === 'decimal') return inUnits(node, field.scale ?? 2)
  if (kind === 'money') return inMoney(node, currency)
  const types = Object.hasOwn(fitting, kind) ? fitting[kind] : undefined
  const [first] = types ?? []
  if (types?.includes(node.type.is)) return node
  if (first && node.is === 'literal' && node.raw) return settle(node, { is: first })
  return refuse(node, kind)
}

function inMoney(node: Node, currency: string | null): Node {
  if (currency === null) return node.type.is === 'money' && node.type.currency ? node : refuse(node, 'money of one currency')
  const wanted = /^[A-Z]{3}$/.test(currency) ? currency : ownCurrency
  const type: Type = { is: 'money', currency: wanted }
  if (node.type.is === 'money' && node.type.currency === wanted) return node
  if (isNumeric(node.type)) return { ...inUnits(node, 0), type }
  return refuse(node, wanted === ownCurrency ? `money in the currency of ${currency}` : `money in ${wanted}, or its minor units`)
}

function refuse(node: Node, expected: string): never {
  throw wrongType(node.path, expected, node.type)
}

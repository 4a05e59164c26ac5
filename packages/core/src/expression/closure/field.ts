import { ownCurrency } from '../computation.ts'
import type { Closure, RecordLike } from '../context.ts'
import { ExpressionError } from '../expression-error.ts'
import type { FieldNode, Node, RowsNode } from '../node.ts'
import type { ExpressionField } from '../schema.ts'

const adminPrefix = 'custom.'

/** The key of a field whose value stands in the record itself as it is compared, or null. */
export function plainKey(node: Node): string | null {
  if (node.is !== 'field' || node.hops.length > 0 || node.previous || node.field.computed || node.field.part) return null
  const { is } = node.field.type
  if (is === 'decimal' || is === 'money' || node.field.name.startsWith(adminPrefix)) return null
  return node.field.name
}

/** Reads a field of the record or of one that its references lead to; null anywhere is null. */
export function readField(node: FieldNode, compile: (node: Node) => Closure): Closure {
  const given = readOwn(node.field, node.type.currency)
  const own: Closure = node.field.computed ? computedOwn(node, given, compile) : given
  if (node.previous) return (_, context) => (context.previous ? own(context.previous, context) : null)
  if (node.hops.length === 0) return own
  const follow = followHops(node.hops)
  return (record, context) => {
    const row = follow(record)
    return row === null ? null : own(row, context)
  }
}

/** The value that the record was read with, else computed here. */
function computedOwn({ field, type }: FieldNode, given: (record: RecordLike) => unknown, compileNode: (node: Node) => Closure): Closure {
  const has = isThere(field.name)
  let compute: Closure | undefined
  return (record, context) => {
    if (has(record)) return given(record)
    compute ??= compileComputation(field, type.currency, compileNode)
    return compute(record, context)
  }
}

function compileComputation(field: ExpressionField, currency: string | undefined, compileNode: (node: Node) => Closure): Closure {
  const computation = field.computed?.()
  if (!computation) throw new TypeError(`${field.name} is not computed.`)
  if (field.part === 'currency') return computation.currency ? compileNode(computation.currency) : () => null
  const value = compileNode(computation.node)
  if (currency === undefined || currency === ownCurrency || !computation.currency) return value
  const inCurrency = compileNode(computation.currency)
  return (record, context) => (inCurrency(record, context) === currency ? value(record, context) : null)
}

function isThere(name: string): (record: RecordLike) => boolean {
  if (!name.startsWith(adminPrefix)) return (record) => record[name] !== undefined
  const own = name.slice(adminPrefix.length)
  return (record) => (record.custom as RecordLike | undefined)?.[own] !== undefined
}

/** The child records of a record. */
export function readRows({ field, hops }: RowsNode): (record: RecordLike) => readonly RecordLike[] {
  const follow = followHops(hops)
  return (record) => {
    const row = follow(record)
    if (row === null) return []
    const rows = related(row, field.name)
    if (!Array.isArray(rows)) throw new ExpressionError('PATH_NOT_LOADED', '', { path: [...hops, field].map(({ name }) => name).join('.') })
    return rows as readonly RecordLike[]
  }
}

const related = (row: RecordLike, name: string): unknown => (row.related as RecordLike | undefined)?.[name]

function followHops(hops: readonly ExpressionField[]): (record: RecordLike) => RecordLike | null {
  return (record) => {
    let row = record
    for (const hop of hops) {
      const next = related(row, hop.name)
      if (next === null) return null
      if (next === undefined) {
        if ((row[hop.name] ?? null) === null) return null
        throw new ExpressionError('PATH_NOT_LOADED', '', { path: hops.map(({ name }) => name).join('.') })
      }
      row = next as RecordLike
    }
    return row
  }
}

function readOwn({ name, type, part }: ExpressionField, currency: string | undefined): (record: RecordLike) => unknown {
  const raw = rawReader(name)
  if (part === 'currency') return (record) => (raw(record) as { readonly currency: string } | null)?.currency ?? null
  switch (type.is) {
    case 'decimal': {
      const unit = 10 ** (type.scale ?? 2)
      return (record) => {
        const value = raw(record)
        return value === null ? null : Math.round(Number(value) * unit)
      }
    }
    case 'money': {
      const isNamed = currency !== undefined && currency !== ownCurrency
      return (record) => {
        const value = raw(record) as { readonly minor: number; readonly currency: string } | null
        return value === null || (isNamed && value.currency !== currency) ? null : value.minor
      }
    }
    case 'codes':
    case 'ids':
      return (record) => raw(record) ?? []
    case 'id':
      return (record) => {
        const value = raw(record)
        return typeof value === 'object' && value !== null ? (value as { readonly id: string }).id : value
      }
    default:
      return raw
  }
}

function rawReader(name: string): (record: RecordLike) => unknown {
  if (!name.startsWith(adminPrefix)) return (record) => record[name] ?? null
  const own = name.slice(adminPrefix.length)
  return (record) => (record.custom as RecordLike | undefined)?.[own] ?? null
}

import { type Computation, ownCurrency } from '../computation.ts'
import type { Closure, RecordLike } from '../context.ts'
import { ExpressionError } from '../expression-error.ts'
import type { FieldNode, Node, RowsNode } from '../node.ts'
import type { ExpressionField } from '../schema.ts'

const adminPrefix = 'custom.'

type Reader = (record: RecordLike) => unknown
type Compile = (node: Node) => Closure

interface Amount {
  readonly minor: number
  readonly currency: string
}

/** The key of a field whose value stands in the record itself as it is compared, or null. */
export function plainKey(node: Node): string | null {
  if (node.is !== 'field' || node.hops.length > 0 || node.previous || node.field.computed || node.field.part) return null
  const { is } = node.field.type
  if (is === 'decimal' || is === 'money' || node.field.name.startsWith(adminPrefix)) return null
  return node.field.name
}

/** Reads a field of the record or of one that its references lead to; null anywhere is null. */
export function readField(node: FieldNode, compile: Compile): Closure {
  const given = readOwn(node.field, node.type.currency)
  const { computed } = node.field
  const own: Closure = computed ? computedOwn(node, given, compile, computed) : given
  if (node.previous) return (_, context) => (context.previous ? own(context.previous, context) : null)
  if (node.hops.length === 0) return own
  const follow = followHops(node.hops)
  return (record, context) => {
    const row = follow(record)
    return row === null ? null : own(row, context)
  }
}

/** The value that the record was read with, else computed here. */
function computedOwn({ field, type }: FieldNode, given: Reader, compile: Compile, computed: () => Computation): Closure {
  const raw = rawReader(field.name)
  let compute: Closure | undefined
  return (record, context) => {
    if (raw(record) !== undefined) return given(record)
    compute ??= compileComputation(field, type.currency, compile, computed())
    return compute(record, context)
  }
}

function compileComputation({ part }: ExpressionField, wanted: string | undefined, compile: Compile, of: Computation): Closure {
  const currency = of.currency ? compile(of.currency) : () => null
  if (part) return currency
  const value = compile(of.node)
  if (!isNamed(wanted) || !of.currency) return value
  return (record, context) => (currency(record, context) === wanted ? value(record, context) : null)
}

const isNamed = (currency: string | undefined): boolean => currency !== undefined && currency !== ownCurrency

/** The child records of a record. */
export function readRows({ field, hops }: RowsNode): (record: RecordLike) => readonly RecordLike[] {
  const follow = followHops(hops)
  return (record) => {
    const row = follow(record)
    if (row === null) return []
    const rows = related(row, field)
    return Array.isArray(rows) ? rows : notLoaded([...hops, field])
  }
}

const related = (row: RecordLike, { name }: ExpressionField): unknown => (row.related as RecordLike | undefined)?.[name]

function notLoaded(path: readonly ExpressionField[]): never {
  throw new ExpressionError('PATH_NOT_LOADED', '', { path: path.map(({ name }) => name).join('.') })
}

function followHops(hops: readonly ExpressionField[]): (record: RecordLike) => RecordLike | null {
  return (record) => {
    let row = record
    for (const hop of hops) {
      const next = related(row, hop)
      if (next === undefined && (row[hop.name] ?? null) !== null) notLoaded(hops)
      if ((next ?? null) === null) return null
      row = next as RecordLike
    }
    return row
  }
}

function readOwn({ name, type, part }: ExpressionField, currency: string | undefined): Reader {
  const read = rawReader(name)
  /** Null stays null. */
  const each =
    (convert: (value: never) => unknown): Reader =>
    (record) => {
      const value = read(record) ?? null
      return value === null ? null : convert(value as never)
    }
  if (part) return each((amount: Amount) => amount.currency)
  switch (type.is) {
    case 'decimal': {
      const unit = 10 ** (type.scale ?? 2)
      return each((value: string) => Math.round(Number(value) * unit))
    }
    case 'money':
      return each((amount: Amount) => (isNamed(currency) && amount.currency !== currency ? null : amount.minor))
    case 'codes':
    case 'ids':
      return (record) => read(record) ?? []
    case 'id':
      return each((value: string | { readonly id: string }) => (typeof value === 'object' ? value.id : value))
    default:
      // Most reads are these: without another call.
      return name.startsWith(adminPrefix) ? (record) => read(record) ?? null : (record) => record[name] ?? null
  }
}

function rawReader(name: string): Reader {
  if (!name.startsWith(adminPrefix)) return (record) => record[name]
  const own = name.slice(adminPrefix.length)
  return (record) => (record.custom as RecordLike | undefined)?.[own]
}

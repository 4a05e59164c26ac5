import { isUuid } from '../../id/uuid7.ts'
import type { Predicate } from '../../store/predicate.ts'
import type { ColumnType } from '../../store/schema.ts'
import type { Term } from '../../store/term.ts'
import { compileNode } from '../closure/compile.ts'
import { ownCurrency } from '../computation.ts'
import type { ExpressionContext } from '../context.ts'
import { type CallNode, type EachNode, type FieldNode, isConstant, type Node, type RowsNode } from '../node.ts'
import type { ExpressionField } from '../schema.ts'
import { allOf, type Params } from '../shape.ts'
import type { Type } from '../type.ts'
import type { Places } from './places.ts'

const storageTypes: Readonly<Record<Type['is'], ColumnType>> = {
  text: 'text',
  choice: 'text',
  id: 'text',
  date: 'text',
  int: 'integer',
  decimal: 'integer',
  money: 'integer',
  instant: 'integer',
  num: 'real',
  bool: 'boolean',
  codes: 'json',
  ids: 'json',
  set: 'json',
  list: 'json',
  missing: 'boolean',
  null: 'text',
  other: 'text',
}

/** A checked value of the rows of one object, to be read, sorted or grouped by. */
export function lowerValue(node: Node, places: Places, params: Params, context: ExpressionContext): Term {
  return new Lowering(places, params, context).value(node)
}

/** A checked condition over the rows of one object as the store's predicate. Constants become parameters, computed here and now. */
export function lowerCondition(node: Node, places: Places, params: Params, context: ExpressionContext): Predicate {
  return { op: 'term', term: new Lowering(places, params, context).test(node) }
}

class Lowering {
  readonly #places: Places
  readonly #params: Params
  readonly #context: ExpressionContext

  constructor(places: Places, params: Params, context: ExpressionContext) {
    this.#places = places
    this.#params = params
    this.#context = context
  }

  /** A condition. */
  test(node: Node): Term {
    if (isConstant(node)) return constantTest(compileNode(node)({}, this.#context) === true)
    const term = this.#term(node)
    return isValue(node) ? this.#call('isTrue', [term], 'boolean', true) : term
  }

  /** A value. */
  value(node: Node): Term {
    return this.#term(node)
  }

  #term(node: Node): Term {
    if (isConstant(node)) return this.#constant(node)
    switch (node.is) {
      case 'field':
        return this.#field(node)
      case 'each':
        return this.#each(node)
      case 'call':
        return this.#operator(node)
      default:
        throw new TypeError(`${node.is} is a constant.`)
    }
  }

  #constant(node: Node): Term {
    const value = compileNode(node)({}, this.#context)
    if (node.type.is === 'list') {
      const of = node.type.of ?? { is: 'text' }
      return { op: 'list', param: this.#params.add(value), type: storageTypes[of.is] }
    }
    return { op: 'param', param: this.#params.add(value), type: storageTypes[node.type.is], nullable: value === null }
  }

  #field(node: FieldNode): Term {
    return this.#related(node.hops, this.#read(node.field, node.type))
  }

  #read(field: ExpressionField, type: Type): Term {
    const { value, currency } = this.#own(field)
    if (field.part === 'currency' && currency) return currency
    if (type.is !== 'money' || type.currency === undefined || type.currency === ownCurrency) return value
    if (!currency) throw new TypeError('An amount has a currency.')
    const of = [currency, this.#text(type.currency), value]
    return { op: 'call', name: 'inCurrency', of, type: 'integer', nullable: true, strict: false }
  }

  /** The value of a field of the row itself, where it stands or computed; for amounts with the currency. */
  #own(field: ExpressionField): { readonly value: Term; readonly currency: Term | null } {
    const computation = field.computed?.()
    if (computation) {
      const { node, currency } = computation
      return { value: this.#term(node), currency: currency && this.#term(currency) }
    }
    const { operand, type, second } = this.#places.field(field)
    return { value: { op: 'read', operand, type }, currency: second ? { op: 'read', operand: second, type: 'text' } : null }
  }

  #text(value: string): Term {
    return { op: 'param', param: this.#params.add(value), type: 'text', nullable: false }
  }

  /** Follows references, the last one first. */
  #related(hops: readonly ExpressionField[], of: Term): Term {
    return hops.reduceRight<Term>((inner, hop) => {
      const target = this.#places.object(hop.type.to ?? '')
      const { operand, type } = this.#places.field(hop)
      const key: Term = { op: 'read', operand, type }
      return { op: 'related', table: target.table, key, where: target.visible(this.#params), of: inner }
    }, of)
  }

  #each({ fn, rows, where, value }: EachNode): Term {
    const { table, visible } = this.#places.object(rows.object)
    const { by, objectColumn } = this.#places.rows(rows.field)
    return {
      op: 'each',
      fn,
      table,
      by,
      id: this.#rowsId(rows),
      where: allOf([this.#pointsTo(rows.field.object, objectColumn), visible(this.#params)]),
      ...(where && { test: this.test(where) }),
      ...(value && { value: this.#term(value) }),
    }
  }

  #pointsTo(object: string, column: string | undefined): Predicate | undefined {
    return column === undefined ? undefined : { op: 'eq', operand: { column, nullable: true }, param: this.#params.add(object) }
  }

  /** The id of the record whose children are meant: a parent that cannot be seen has none. */
  #rowsId({ hops }: RowsNode): Term {
    return this.#related(hops, { op: 'read', operand: { column: 'id', nullable: false }, type: 'uuid' })
  }

  #operator(node: CallNode): Term {
    const { op, of } = node
    const [first, second] = of
    if (op.name === 'and' || op.name === 'or' || op.name === 'not')
      return this.#call(
        op.name,
        of.map((part) => this.test(part)),
        'boolean',
        false,
      )
    if (op.name === 'choose') return this.#choose(node)
    if (op.name === 'minorUnits' && first) return this.#term(first)
    if (first?.is === 'field' && first.type.is === 'ids') return this.#links(node, first)
    if (node.type.is === 'bool' && first?.is === 'field' && second && isAmount(first) && isConstant(second) && this.#isThere(second)) {
      return this.#related(first.hops, this.#amountTest(node, first, second))
    }
    const terms = this.#meet(of.map((part) => this.#term(part)))
    if (op.name === 'isFilled' && terms[0] && typeOf(terms[0]) !== 'text')
      return this.#call('not', [this.#call('isNull', terms, 'boolean', false)], 'boolean', false)
    return {
      op: 'call',
      name: op.name,
      of: terms,
      type: chosenType(terms, node.type),
      nullable: node.nullable,
      strict: op.strict ?? (op.name === 'equal' && terms.some((term) => term.op === 'param' && !term.nullable)),
      ...(typeof node.by === 'number' && { by: node.by }),
      ...(op.sql && { sql: op.sql }),
    }
  }

  #meet(terms: readonly Term[]): readonly Term[] {
    return uuidsMeetTexts(terms, (param) => this.#params.values[param])
  }

  #isThere(node: Node): boolean {
    return compileNode(node)({}, this.#context) !== null
  }

  /** Currency and amount apart, so that an index over both can answer. */
  #amountTest(node: CallNode, field: FieldNode, second: Node): Term {
    const { value, currency } = this.#own(field.field)
    if (!currency) throw new TypeError('An amount has a currency.')
    const same = this.#call('equal', [currency, this.#text(field.type.currency ?? '')], 'boolean', true)
    return this.#call('and', [same, this.#call(node.op.name, [value, this.#constant(second)], 'boolean', true)], 'boolean', true)
  }

  #choose({ of, type, nullable }: CallNode): Term {
    const isTest = (index: number): boolean => index % 2 === 0 && index < of.length - 1
    const values = this.#meet(of.flatMap((part, index) => (isTest(index) ? [] : [this.#term(part)])))
    let next = 0
    const terms = of.map((part, index) => (isTest(index) ? this.test(part) : (values[next++] as Term)))
    return { op: 'call', name: 'choose', of: terms, type: chosenType(values, type), nullable, strict: false }
  }

  /** Links are looked up in their table of pairs. */
  #links({ op, of }: CallNode, { field, hops }: FieldNode): Term {
    const { by } = this.#places.rows(field)
    const table = typeof by === 'string' ? by : by.links
    const linked = (where?: Predicate): Predicate => ({ op: 'exists', table, key: 'from_id', ...(where && { where }) })
    const to = { column: 'to_id', nullable: false } as const
    const ids = of[1]?.is === 'literal' ? (of[1].value as readonly string[]) : []
    const predicate = (): Predicate => {
      if (op.name === 'isNotEmpty') return linked()
      if (op.name === 'hasAny') return linked({ op: 'in', operand: to, param: this.#params.add(ids) })
      return { op: 'and', of: ids.map((id) => linked({ op: 'eq', operand: to, param: this.#params.add(id) })) }
    }
    return this.#related(hops, { op: 'holds', predicate: predicate() })
  }

  #call(name: string, of: readonly Term[], type: ColumnType, strict: boolean): Term {
    return { op: 'call', name, of, type, nullable: false, strict }
  }
}

/** An id chosen among ids of records is one, too. */
const chosenType = (terms: readonly Term[], type: Type): ColumnType =>
  type.is === 'id' && terms.every((term) => typeOf(term) === 'uuid') ? 'uuid' : storageTypes[type.is]

/** Yes or no as a value, which a condition must test. */
const isValue = (node: Node): boolean =>
  node.is === 'field' || (node.is === 'call' && (node.op.name === 'choose' || node.op.name === 'coalesce'))

const isAmount = ({ type }: FieldNode): boolean => type.is === 'money' && type.currency !== undefined && type.currency !== ownCurrency

const constantTest = (holds: boolean): Term => ({
  op: 'call',
  name: holds ? 'and' : 'or',
  of: [],
  type: 'boolean',
  nullable: false,
  strict: false,
})

function typeOf(term: Term): ColumnType {
  switch (term.op) {
    case 'related':
      return typeOf(term.of)
    case 'each':
      return term.value ? typeOf(term.value) : 'integer'
    case 'holds':
      return 'boolean'
    default:
      return term.type
  }
}

/** Ids of records are uuids, ids of people are texts: a constant takes the type of the column, anything else is compared as text. */
function uuidsMeetTexts(terms: readonly Term[], constant: (param: number) => unknown): readonly Term[] {
  if (!terms.some((term) => typeOf(term) === 'uuid')) return terms
  const isId = (term: Term): boolean => {
    if (typeOf(term) === 'uuid') return true
    if (term.op === 'param') return term.nullable || isUuid(String(constant(term.param)))
    return term.op === 'list' && (constant(term.param) as readonly unknown[]).every((value) => typeof value === 'string' && isUuid(value))
  }
  if (terms.every(isId)) return terms.map((term) => (term.op === 'param' || term.op === 'list' ? { ...term, type: 'uuid' } : term))
  return terms.map((term) => (typeOf(term) === 'uuid' ? asText(term) : term))
}

const asText = (term: Term): Term =>
  term.op === 'related'
    ? { ...term, of: asText(term.of) }
    : { op: 'call', name: 'asText', of: [term], type: 'text', nullable: true, strict: false }

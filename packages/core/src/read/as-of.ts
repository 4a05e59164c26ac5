import { crmError } from '../error/crm-error.ts'
import { allOf, type Params } from '../expression/shape.ts'
import type { AggregateQuery } from '../record/records.ts'
import type { AsOf } from '../store/port.ts'
import type { Operand, Predicate, RowValue } from '../store/predicate.ts'
import type { Term } from '../store/term.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'

/** What never changes, and so is read as it is. */
const unchanging = new Set(['tenant_id', 'id', 'created_at', 'created_by'])

/** What changes with every write and has no history of its own. */
const withoutHistory = new Set(['version', 'updated_at', 'updated_by', 'deleted_by', 'name_key', 'name_core', 'name_sort'])

/** The part of a plan that looks back: which columns, and that the record existed then. */
export function asOfPlan(
  runtime: ObjectRuntime,
  query: AggregateQuery,
  operands: readonly RowValue[],
  predicate: Predicate,
  params: Params,
): { readonly asOf: AsOf; readonly predicate: Predicate; readonly shape: string } {
  const { asOf: at, search } = query
  if (typeof at !== 'number' || !Number.isSafeInteger(at)) throw invalid('integer milliseconds UTC are expected')
  if (search !== undefined) throw invalid('there is no search in the past')
  const columns = [...new Set([...operands, ...operandsOf(predicate)].map((operand) => pastColumn(runtime, operand)))].filter(
    (name) => name !== null,
  )
  const param = params.add(at)
  const existed: Predicate = { op: 'lte', operand: { column: 'created_at', nullable: false }, param }
  return { asOf: { at: param, columns }, predicate: allOf([existed, predicate]) ?? existed, shape: `as of ${columns.join(',')}` }
}

function pastColumn(runtime: ObjectRuntime, operand: RowValue): string | null {
  if ('term' in operand) throw invalid('what is computed on read cannot be read in the past')
  if (!('column' in operand)) throw invalid('admin fields cannot be read in the past yet')
  if (unchanging.has(operand.column)) return null
  if (withoutHistory.has(operand.column)) throw invalid(`“${operand.column}” of ${runtime.definition.name} has no history`)
  return operand.column
}

function operandsOf(predicate: Predicate): readonly Operand[] {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return predicate.of.flatMap(operandsOf)
    case 'not':
      return operandsOf(predicate.of)
    case 'exists':
    case 'token':
      throw invalid('links and search cannot be read in the past')
    case 'term':
      return termOperands(predicate.term)
    default:
      return [predicate.operand]
  }
}

function termOperands(term: Term): readonly Operand[] {
  switch (term.op) {
    case 'param':
    case 'list':
      return []
    case 'read':
      return [term.operand]
    case 'call':
      return term.of.flatMap(termOperands)
    case 'holds':
      return operandsOf(term.predicate)
    default:
      throw invalid('related records cannot be read in the past')
  }
}

const invalid = (reason: string): Error => crmError('PARAMETER_INVALID', { name: 'asOf', reason }, { path: '/asOf' })

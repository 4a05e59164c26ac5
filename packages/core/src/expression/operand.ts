import { crmError } from '../error/crm-error.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { Operand } from '../store/predicate.ts'

/** Where a field's first value stands in a row. */
export function fieldOperand(field: FieldDefinition): Operand {
  const { storage } = field
  if (storage.at === 'ext') return { ext: storage.id, type: kindOf(field.kind).extType, nullable: true }
  return columnOperand(field, 0)
}

/** The n-th column of a field that has columns. */
export function columnOperand(field: FieldDefinition, index: number): Operand {
  const column = 'columns' in field.storage ? field.storage.columns[index] : undefined
  if (!column) throw crmError('FILTER_INVALID', { reason: `“${field.name}” has no value of its own` }, { path: `/${field.name}` })
  return { column: column.name, nullable: column.nullable }
}

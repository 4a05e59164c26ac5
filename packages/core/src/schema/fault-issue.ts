import { type CrmError, crmError } from '../error/crm-error.ts'
import type { FieldDefinition } from '../object/definition.ts'
import type { KindName } from '../object/schema.ts'
import type { Fault } from './validator.ts'

const patterns: Partial<Record<KindName, 'VALUE_CURRENCY' | 'VALUE_REFERENCE'>> = { money: 'VALUE_CURRENCY' }

/** A breach of a schema as an error of the table. `path` is where the field stands in what was sent. */
export function faultIssue(fault: Fault, field: FieldDefinition, path: string): CrmError {
  const { params } = fault
  const at = { path }
  if (field.kind === 'instant') return crmError('VALUE_INSTANT', {}, at)
  switch (fault.keyword) {
    case 'enum':
      return crmError('VALUE_OPTION', {}, at)
    case 'maxLength':
      return crmError('VALUE_TOO_LONG', { limit: Number(params.limit) }, at)
    case 'minLength':
      return crmError('VALUE_TOO_SHORT', { limit: Number(params.limit) }, at)
    case 'maximum':
      return crmError('VALUE_TOO_LARGE', { limit: Number(params.limit) }, at)
    case 'minimum':
      return crmError('VALUE_TOO_SMALL', { limit: Number(params.limit) }, at)
    case 'maxItems':
      return crmError('VALUE_TOO_MANY', { limit: Number(params.limit) }, at)
    case 'uniqueItems':
      return crmError('VALUE_REPEATED', {}, at)
    case 'required':
      return crmError('VALUE_REQUIRED', {}, { path: `${path}/${params.missingProperty}` })
    case 'additionalProperties':
      return crmError(
        'FIELD_UNKNOWN',
        { field: String(params.additionalProperty) },
        { path: `${path}/${escapePointer(String(params.additionalProperty))}` },
      )
    case 'pattern':
      return crmError(patterns[field.kind] ?? 'VALUE_REFERENCE', {}, at)
    default:
      return crmError('VALUE_TYPE', { expected: expectedOf(field, params.type) }, at)
  }
}

/** What an object is made of says more than that it is one. */
const shapes: Partial<Record<KindName, string>> = {
  money: '{ minor, currency }',
  file: '{ id, name, size, type }',
  anyReference: '{ object, id }',
}

function expectedOf({ kind }: FieldDefinition, type: unknown): string {
  return (type === 'object' ? shapes[kind] : undefined) ?? typeName(type)
}

const typeName = (type: unknown): string => (Array.isArray(type) ? type.join(' / ') : String(type ?? 'another type'))

/** One segment of a JSON pointer. */
export function escapePointer(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1')
}

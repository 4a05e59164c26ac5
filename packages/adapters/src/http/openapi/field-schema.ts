import type { ObjectView } from './document.ts'
import { schemaRef } from './operation.ts'

type FieldView = ObjectView['fields'][number]
type Json = Readonly<Record<string, unknown>>

/** A field's value as JSON Schema 2020-12; null where the field may be empty. */
export function fieldSchema(field: FieldView, locale: string | undefined): Json {
  const value = valueSchema(field)
  const title = locale?.toLowerCase().startsWith('zh') ? field.label['zh-CN'] : field.label.en
  const words = { title, ...(field.readOnly && { readOnly: true }) }
  if (field.required || isList(field)) return { ...value, ...words }
  return { ...words, anyOf: [value, { type: 'null' }] }
}

function isList({ kind }: FieldView): boolean {
  return kind === 'links' || kind === 'multiChoice'
}

function valueSchema(field: FieldView): Json {
  const { minLength, maxLength, minimum, maximum, options, scale } = field
  const length = { ...(minLength !== null && { minLength }), ...(maxLength !== null && { maxLength }) }
  const range = { ...(minimum !== null && { minimum }), ...(maximum !== null && { maximum }) }
  const values = options.map(({ value }) => value)
  switch (field.kind) {
    case 'text':
    case 'longText':
      return { type: 'string', ...length, examples: ['蓝海科技'.slice(0, maxLength ?? undefined).padEnd(minLength ?? 0, '。')] }
    case 'integer':
      return { type: 'integer', ...range, examples: [within(field, 3)] }
    case 'number':
      return { type: 'number', ...range, examples: [within(field, 0.5)] }
    case 'decimal':
      return { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$', description: `At most ${scale ?? 2} decimal places.`, examples: ['12.30'] }
    case 'money':
      return schemaRef('Money')
    case 'boolean':
      return { type: 'boolean', examples: [true] }
    case 'date':
      return { type: 'string', format: 'date', examples: ['2026-03-16'] }
    case 'instant':
      return { type: 'integer', description: 'Milliseconds since 1970, UTC.', examples: [1_773_619_200_000] }
    case 'choice':
      return { type: 'string', ...(values.length > 0 && { enum: values, examples: values.slice(0, 1) }) }
    case 'multiChoice':
      return { type: 'array', items: { type: 'string', ...(values.length > 0 && { enum: values }) }, examples: [values.slice(0, 2)] }
    case 'phone':
      return { type: 'string', description: 'E.164.', examples: ['+8613800138000'] }
    case 'email':
      return { type: 'string', format: 'email', examples: ['lan@example.com'] }
    case 'url':
      return { type: 'string', format: 'uri', examples: ['https://example.com'] }
    case 'reference':
      return { type: 'string', description: `Id of a ${field.to}.`, examples: ['0198f3a0-7c1e-7abc-8def-0123456789ab'] }
    case 'user':
      return { type: 'string', description: 'Id of a person.', examples: ['ann'] }
    case 'anyReference':
      return schemaRef('AnyReference')
    case 'links':
      return {
        type: 'array',
        items: { type: 'string' },
        description: `Ids of ${field.to}.`,
        examples: [['0198f3a0-7c1e-7abc-8def-0123456789ab']],
      }
    case 'file':
      return schemaRef('FileReference')
    case 'children':
      return { type: 'array', items: schemaRef(field.to ?? 'Value') }
  }
}

function within({ minimum, maximum }: FieldView, value: number): number {
  return Math.min(Math.max(value, minimum ?? value), maximum ?? Number.POSITIVE_INFINITY)
}

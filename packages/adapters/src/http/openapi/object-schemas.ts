import type { ObjectView } from './document.ts'
import { fieldSchema } from './field-schema.ts'
import { schemaRef } from './operation.ts'

type FieldView = ObjectView['fields'][number]
type Json = Readonly<Record<string, unknown>>
type Locale = string | undefined

const adminPrefix = 'custom.'

/** Schemas of an object: the record as it is read, as it is created, as it is changed, and a page of it. */
export function objectSchemas(object: ObjectView, locale: Locale): Json {
  const stored = object.fields.filter(({ kind }) => kind !== 'children')
  const sent = stored.filter(({ readOnly, layer, name }) => !readOnly && (layer !== 'system' || name === 'ownerId' || name === 'teamId'))
  const { name } = object
  const required = sent
    .filter((field) => field.required && field.default === null && field.defaultLogic === null && !isAdmin(field))
    .map((field) => field.name)
  return {
    [name]: readSchema(object, stored, locale),
    [`${name}.values`]: { ...writeSchema(sent, locale, { id: { type: 'string' } }), ...(required.length > 0 && { required }) },
    [`${name}.patch`]: writeSchema(sent, locale, {}),
    [`${name}.page`]: {
      type: 'object',
      required: ['records', 'cursor'],
      properties: { records: { type: 'array', items: schemaRef(name) }, cursor: { type: ['string', 'null'] }, total: { type: 'integer' } },
    },
  }
}

function readSchema({ label, help }: ObjectView, fields: readonly FieldView[], locale: Locale): Json {
  const chinese = locale?.toLowerCase().startsWith('zh')
  const properties = { id: { type: 'string' }, ...propertiesOf(fields, locale), related: { type: 'object' } }
  return {
    type: 'object',
    title: chinese ? label['zh-CN'] : label.en,
    ...(help && { description: chinese ? help['zh-CN'] : help.en }),
    required: ['id', 'version'],
    properties,
  }
}

function writeSchema(fields: readonly FieldView[], locale: Locale, more: Json): Json {
  return { type: 'object', additionalProperties: false, properties: { ...more, ...propertiesOf(fields, locale) } }
}

/** Admin fields sit in `custom`, under their own names. */
function propertiesOf(fields: readonly FieldView[], locale: Locale): Json {
  const own = fields.filter((field) => !isAdmin(field)).map((field) => [field.name, fieldSchema(field, locale)])
  const custom = fields.filter(isAdmin).map((field) => [field.name.slice(adminPrefix.length), fieldSchema(field, locale)])
  return { ...Object.fromEntries(own), custom: { type: 'object', properties: Object.fromEntries(custom) } }
}

function isAdmin({ name }: FieldView): boolean {
  return name.startsWith(adminPrefix)
}

import { sampleFields } from '../ui/sample.ts'

const formats = { email: 'email', date: 'date', url: 'uri' }
const fields = sampleFields(200)

/** The same 200 fields as JSON Schema. */
export const schema = {
  type: 'object',
  required: fields.filter(({ required }) => required).map(({ name }) => name),
  properties: Object.fromEntries(fields.map(({ name, kind, label, options }) => [name, property(kind, label, options)])),
}

/** Fields whose control is a text area. */
export const longTexts = fields.filter(({ kind }) => kind === 'longText').map(({ name }) => name)

function property(kind, title, options) {
  if (kind === 'choice') return { type: 'string', title, enum: options }
  if (kind === 'integer') return { type: 'integer', title }
  if (kind === 'boolean') return { type: 'boolean', title }
  return { type: 'string', title, ...(formats[kind] && { format: formats[kind] }) }
}

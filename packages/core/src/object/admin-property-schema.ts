import type { JsonSchema } from '../kind/kind.ts'
import { kindNames, kindOf } from '../kind/registry.ts'

const count = { type: 'integer', minimum: 0, maximum: 1_000_000 }
const bound = { type: 'number', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
const optionValue = { type: 'string', minLength: 1, maxLength: 100 }

const words = (longest: number) => ({
  type: 'object',
  required: ['zh-CN', 'en'],
  properties: { 'zh-CN': { type: 'string', minLength: 1, maxLength: longest }, en: { type: 'string', minLength: 1, maxLength: longest } },
  additionalProperties: false,
})

/** A default is a value of some kind: a scalar, a list of texts, or an amount; its own kind has the last word. */
const defaultValue = {
  type: ['string', 'number', 'boolean', 'array', 'object', 'null'],
  maxLength: 100_000,
  maxItems: 500,
  items: { type: 'string', maxLength: 1_000 },
  maxProperties: 4,
  properties: { logic: {} },
  additionalProperties: { type: ['string', 'number'], maxLength: 1_000 },
}

/** Bounded and checked by the expressions' own checker. */
const logic = { type: 'object' }

const enumeration = { type: 'array', maxItems: 500, items: optionValue }

/** What an admin may say of a field: closed, shallow, and bounded in every direction. */
export const adminPropertySchema: JsonSchema = {
  type: 'object',
  properties: {
    kind: { type: 'string', enum: kindNames.filter((name) => kindOf(name).admin) },
    type: { type: 'string', enum: ['string', 'integer', 'number', 'boolean', 'array', 'object'] },
    format: { type: 'string', enum: ['date', 'email', 'uri'] },
    label: words(200),
    help: words(1_000),
    search: { type: 'boolean' },
    enum: enumeration,
    items: { type: 'object', properties: { type: { type: 'string', enum: ['string'] }, enum: enumeration }, additionalProperties: false },
    options: {
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['value'],
        properties: { value: optionValue, label: words(200), retired: { type: 'boolean' } },
        additionalProperties: false,
      },
    },
    minLength: count,
    maxLength: count,
    minimum: bound,
    maximum: bound,
    scale: { type: 'integer', minimum: 0, maximum: 8 },
    to: { type: 'string', minLength: 1, maxLength: 40 },
    default: defaultValue,
    formula: {
      type: 'object',
      required: ['logic'],
      properties: { logic, mode: { type: 'string', enum: ['stored', 'read'] }, currency: { type: 'string', minLength: 1, maxLength: 50 } },
      additionalProperties: false,
    },
    when: {
      type: 'object',
      properties: { required: logic, hidden: logic, readOnly: logic, clear: { type: 'boolean' } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
}

/** What an admin may say of a validation. */
export const adminValidationSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'logic', 'message'],
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 60 },
    logic,
    message: words(500),
    path: { type: 'string', minLength: 1, maxLength: 50 },
  },
  additionalProperties: false,
}

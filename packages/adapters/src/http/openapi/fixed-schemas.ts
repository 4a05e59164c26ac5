import { schemaRef } from './operation.ts'

const text = { type: 'string' }
const textOrNull = { type: ['string', 'null'] }
const texts = { type: 'array', items: text }
const instant = { type: 'integer', description: 'Milliseconds since 1970, UTC.' }
const words = { type: 'object', required: ['zh-CN', 'en'], properties: { 'zh-CN': text, en: text } }

function object(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []): Readonly<Record<string, unknown>> {
  return { type: 'object', required: Object.keys(properties).filter((key) => !optional.includes(key)), properties }
}

const problem = object({ code: text, message: text, path: textOrNull, hint: textOrNull, details: { type: 'object' } }, ['details'])
const operators = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...Object.fromEntries(['eq', 'ne', 'lt', 'lte', 'gt', 'gte'].map((name) => [name, true])),
    in: { type: 'array' },
    contains: text,
    startsWith: text,
    isNull: { type: 'boolean' },
    hasAny: texts,
    hasAll: texts,
    hasNone: texts,
  },
}

/** Schemas that are there whatever the objects are. */
export const fixedSchemas = {
  Error: {
    ...object({ error: problem }),
    examples: [{ error: { code: 'NOT_FOUND', message: 'It does not exist, or you may not see it.', path: null, hint: null } }],
  },
  Money: {
    ...object({ minor: { type: 'integer' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } }),
    examples: [{ minor: 1_280_000, currency: 'CNY' }],
  },
  AnyReference: { ...object({ object: text, id: text }), examples: [{ object: 'customer', id: '0198f3a0-7c1e-7abc-8def-0123456789ab' }] },
  FileReference: object({ id: text, name: text, size: { type: 'integer' }, type: text }),
  Nothing: { type: 'object', additionalProperties: false },
  Value: true,
  Operators: operators,
  Where: {
    type: 'object',
    properties: {
      and: { type: 'array', items: schemaRef('Where') },
      or: { type: 'array', items: schemaRef('Where') },
      not: schemaRef('Where'),
    },
    additionalProperties: { anyOf: [schemaRef('Operators'), true] },
    examples: [{ status: 'open', amount: { gte: { minor: 100_000, currency: 'CNY' } }, not: { closeDate: { isNull: true } } }],
  },
  Ids: object({ ids: texts }),
  Explanation: object({
    result: { type: 'boolean' },
    reasons: { type: 'array', items: object({ path: text, holds: { type: 'boolean' }, sentence: object({ 'zh-CN': text, en: text }) }) },
    sentence: object({ 'zh-CN': text, en: text }),
  }),
  Person: object({
    ...{ id: text, name: text, email: textOrNull, state: { enum: ['active', 'onboarding', 'away', 'suspended', 'left'] } },
    ...{
      awayFrom: { type: ['integer', 'null'] },
      awayTo: { type: ['integer', 'null'] },
      locale: textOrNull,
      roles: texts,
      teamIds: texts,
      leads: texts,
    },
  }),
  Team: object({ id: text, name: text, parentId: textOrNull }),
  Me: object({
    identity: object({ id: text, name: textOrNull, roles: texts, tenant: textOrNull, locale: textOrNull }),
    permissions: { type: 'object', additionalProperties: texts },
    tenant: textOrNull,
    timeZone: text,
    now: instant,
  }),
  Object: object({
    ...{ name: text, author: text, label: words, pluralLabel: words, help: { anyOf: [words, { type: 'null' }] }, nameField: textOrNull },
    ...{ columns: texts, boards: texts, permissions: texts },
    sections: {
      type: 'array',
      items: object({ label: words, fields: texts, columns: { type: 'integer' }, when: { type: 'object' } }, ['columns', 'when']),
    },
    validations: { type: 'array', items: schemaRef('Validation') },
    fields: { type: 'array', items: schemaRef('Field') },
  }),
  ExpressionOperator: object({
    ...{ name: text, takes: texts, gives: text, cost: { type: 'number' }, words },
    denied: { anyOf: [words, { type: 'null' }] },
  }),
  Field: object({
    ...{ name: text, kind: text, label: words, required: { type: 'boolean' }, readOnly: { type: 'boolean' }, operators: texts },
    defaultLogic: { description: 'The expression of a computed default, or null.' },
    formula: { type: ['object', 'null'], description: 'How the field is computed: logic, mode and currency; null where it is written.' },
    when: { type: ['object', 'null'], description: 'Expressions under which it is required, hidden or readOnly; clear.' },
  }),
  Validation: object({ id: text, logic: { type: 'object', description: 'An expression.' }, message: words, path: text }, ['path']),
  Change: object({
    ...{
      id: text,
      object: text,
      recordId: text,
      version: { type: 'integer' },
      operation: { enum: ['create', 'update', 'delete', 'restore'] },
    },
    ...{ at: instant, recordedAt: instant, actor: object({ kind: text, id: text }), cause: true, authors: { type: 'object' } },
    values: { type: ['object', 'null'], additionalProperties: { type: 'array', minItems: 2, maxItems: 2 } },
    digest: text,
  }),
  Reason: object({ code: text, data: { type: 'object' }, message: text, hint: textOrNull }),
  Ledger: object({ name: text, label: words, unit: { enum: ['count', 'money'] }, bound: { enum: ['ceiling', 'floor'] } }, ['bound']),
  LedgerEntry: object({
    ...{ id: text, ledger: text, key: text, account: text, amount: { type: 'integer' }, at: instant, recordedAt: instant },
    ...{ record: { anyOf: [object({ object: text, id: text }), { type: 'null' }] }, reverses: textOrNull, reason: textOrNull },
    ...{ data: { type: ['object', 'null'] }, actor: object({ kind: text, id: text }) },
  }),
  DecisionOutline: object({
    ...{ id: text, decider: text, version: { type: 'integer' }, configVersion: { type: 'integer' }, outcome: text, winner: textOrNull },
    ...{ reasons: { type: 'array', items: schemaRef('Reason') }, at: instant },
  }),
  Decision: object({
    ...{ id: text, decider: text, version: { type: 'integer' }, configVersion: { type: 'integer' }, mode: text, outcome: text },
    ...{ subject: { anyOf: [object({ object: text, id: text }), { type: 'null' }] }, winner: textOrNull, seed: textOrNull, at: instant },
    ...{ reasons: { type: 'array', items: schemaRef('Reason') }, inputs: { type: 'object' }, actor: object({ kind: text, id: text }) },
  }),
  Candidate: object({
    ...{ id: text, won: { type: 'boolean' }, rank: { type: ['integer', 'null'] }, facts: { type: 'object' } },
    reasons: { type: 'array', items: schemaRef('Reason') },
  }),
  SettingChange: {
    ...object({ key: text, level: text, target: text, value: true, unset: { type: 'boolean' } }, ['target', 'value', 'unset']),
    examples: [{ key: 'calendar.zone', level: 'team', target: 'east', value: 'Asia/Shanghai' }],
  },
  SettingRights: object({ read: { type: 'boolean' }, define: { type: 'boolean' }, leads: texts, keys: texts }),
  ResolvedSetting: object({
    ...{ key: text, value: true, level: text, target: textOrNull, version: { type: 'integer' }, configVersion: { type: 'integer' } },
    ...{ at: { type: ['integer', 'null'] }, by: textOrNull, passed: { type: 'array', items: { type: 'object' } } },
  }),
  Changes: object({ entries: { type: 'array', items: schemaRef('Change') }, cursor: textOrNull }),
  Overlap: object({ a: { type: 'integer' }, b: { type: 'integer' }, both: { type: 'integer' } }),
  Aggregate: object({ rows: { type: 'array', items: object({ group: { type: 'object' }, values: { type: 'object' } }) } }),
}

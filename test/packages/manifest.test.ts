import { describe, expect, test } from 'vitest'
import { reactTypes, vueTypes } from '../../scripts/build/framework-types.ts'
import { manifestOf, readComponents, readTokens } from '../../scripts/build/manifest.ts'

const components = await readComponents()
const tokens = await readTokens()

describe.each(components)('the manifest of $tag', ({ description, properties, methods, events, slots, parts }) => {
  test('says what everything is for', () => {
    expect(description).not.toBe('')
    for (const one of [...properties, ...methods, ...events, ...slots, ...parts]) expect(one.description, one.name).not.toBe('')
  })

  test('names no property twice, and each with a type', () => {
    expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length)
    for (const one of properties) expect(one.type, one.name).not.toBe('')
  })

  test('calls attributes the way HTML does', () => {
    for (const { attribute } of properties) if (attribute !== null) expect(attribute).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  test('has the state that every component has', () => {
    expect(properties.map(({ name }) => name)).toEqual(expect.arrayContaining(['src', 'object', 'locale']))
    expect(events.every(({ name }) => name.startsWith('crm-'))).toBe(true)
  })
})

test('the manifest has the schema’s shape', () => {
  const manifest = manifestOf(components, tokens) as { schemaVersion: string; modules: { declarations: { cssProperties: unknown[] }[] }[] }
  expect(manifest.schemaVersion).toBe('2.1.0')
  expect(manifest.modules).toHaveLength(5)
  expect(manifest.modules[0]?.declarations[0]?.cssProperties.length).toBeGreaterThan(80)
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest)
})

test.each(components)('the types of React and Vue know $tag and its properties', ({ tag, properties }) => {
  for (const types of [reactTypes(components), vueTypes(components)]) {
    const line = types.split('\n').find((one) => one.includes(`'${tag}':`)) ?? ''
    for (const { name } of properties) expect(line).toContain(`'${name}'`)
  }
})

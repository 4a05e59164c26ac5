import { activity, contact, contactPoint, customer, deal, lead, pipeline, product, stage } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { standardCrm } from './standard-crm.ts'

const objects = [lead, customer, contact, contactPoint, pipeline, stage, deal, activity, product]
const system = ['createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'ownerId', 'teamId', 'deletedAt', 'version']

describe.each(objects.map((object) => [object.name, object] as const))('the definition of %s', (_, { schema, options }) => {
  it('has words in both languages for itself, every field and every option', () => {
    const fields = Object.entries(schema.properties)
    const words = [
      options.label,
      options.pluralLabel,
      options.help,
      ...fields.flatMap(([, field]) => [field.label, field.help, ...(field.options ?? []).map((option) => option.label)]),
      ...(options.sections ?? []).map((section) => section.label),
    ]
    for (const word of words) {
      expect(word?.['zh-CN'].trim()).toMatch(/[\p{Script=Han}A-Z]/u)
      expect(word?.en).toMatch(/^[\x20-\x7e–’]+$/)
    }
  })

  it('names only fields it has, and puts each in one section', () => {
    const known = [...Object.keys(schema.properties), ...system]
    const { columns = [], boards = [], sections = [], indexes = [] } = options
    const placed = sections.flatMap((section) => section.fields)
    expect([...columns, ...boards, ...placed, ...indexes.flat()].filter((name) => !known.includes(name))).toEqual([])
    expect(new Set(placed).size).toBe(placed.length)
  })
})

it('writes that touch no stage, status or owner stay one statement', async () => {
  const { crm } = await standardCrm()
  const plan = await crm.plan()
  const pathOf = (object: string, operation: string) =>
    plan.objects.find(({ name }) => name === object)?.paths.find((path) => path.operation === operation)?.path
  expect(['lead', 'customer', 'contact', 'contact_point', 'product', 'activity'].map((object) => pathOf(object, 'create'))).toEqual(
    Array(6).fill('one statement'),
  )
  expect(plan.conflicts).toEqual([])
})

import { importing } from '@guanxi/adapters/import'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, defineObject, definePlugin, type FieldDefinition, type ObjectDefinition } from '@guanxi/core'

const thing = defineObject('thing', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { kind: 'text' },
    notes: { kind: 'longText' },
    count: { kind: 'integer' },
    chance: { kind: 'integer', minimum: 0, maximum: 100 },
    ratio: { kind: 'number' },
    rate: { kind: 'decimal', scale: 4 },
    price: { kind: 'money' },
    active: { kind: 'boolean' },
    day: { kind: 'date' },
    moment: { kind: 'instant' },
    colour: {
      kind: 'choice',
      options: [
        { value: 'red', label: { 'zh-CN': '红色', en: 'Red' } },
        { value: 'light_blue', label: { 'zh-CN': '浅蓝', en: 'Light blue' } },
        { value: 'old', label: { 'zh-CN': '旧色', en: 'Old' }, retired: true },
      ],
    },
    colours: { kind: 'multiChoice', items: { enum: ['red', 'green', 'blue'] } },
    tags: { kind: 'multiChoice' },
    phone: { kind: 'phone' },
    email: { kind: 'email' },
    site: { kind: 'url' },
    parentId: { kind: 'reference', to: 'thing' },
    others: { kind: 'links', to: 'thing' },
    agentId: { kind: 'user' },
  },
})

const things = definePlugin({ id: 'things', version: '1.0.0', core: '*', setup: (recorder) => void recorder.object(thing) })

/** An object with a field of every kind, as compiled. */
export async function everyKind(): Promise<ObjectDefinition> {
  const crm = createCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [things(), importing()], tenant: 'test' })
  await crm.open()
  try {
    return await crm.as({ id: 'ada', roles: ['admin'] }).definitions.get('thing')
  } finally {
    await crm.close()
  }
}

/** A field of it. */
export function fieldOf(definition: ObjectDefinition, name: string): FieldDefinition {
  const field = definition.field.get(name)
  if (!field) throw new Error(`no field ${name}`)
  return field
}

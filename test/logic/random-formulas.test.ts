import { CrmError, createCrm, type PropertySchema, type Session } from '@guanxi/core'
import { type CompiledExpression, compileExpression, directoryObject } from '@guanxi/core/expression'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { context } from '../expression/support/differential.ts'
import { adminFields, order, person, remark, shop, task } from '../expression/support/objects.ts'
import { directory } from '../expression/support/people.ts'
import { conditions, numbers, order as orderScope, texts } from '../expression/support/rules.ts'
import { type Sample, sampleOf } from '../expression/support/sample.ts'
import { readOrders } from '../expression/support/world.ts'
import { engines } from '../support/engines.ts'

type Kind = 'boolean' | 'number' | 'text'

const perKind = 8
const sources = { boolean: conditions, number: numbers, text: texts } as const

const rules = (Object.keys(sources) as Kind[]).flatMap((kind) =>
  [0, 1, 2].flatMap((depth) =>
    fc.sample(sources[kind](orderScope, depth), { seed: 20_260_302 + depth, numRuns: perKind }).map((logic) => ({ kind, logic })),
  ),
)

async function tryAdd(session: Session, name: string, property: PropertySchema): Promise<boolean> {
  try {
    await session.definitions.addField('order', name, property)
    return true
  } catch (error) {
    // Refused: bounds that cannot be proven, constants no field can hold, who asks, what a write cannot know. All else is a fault.
    if (error instanceof CrmError && /RULE_RANGE|RULE_LIMIT|RULE_TYPE|who reads|mode "read"/.test(error.message)) return false
    throw error
  }
}

async function fill(session: Session, sample: Sample): Promise<void> {
  for (const row of sample.company) await session.records('company').create(row as never)
  for (const { name } of [person, order, task, remark]) await session.records(name).createMany(sample[name as keyof Sample] as never)
  for (const { object, id } of sample.deleted) await session.records(object).remove({ id, version: 'any' })
}

describe.each(engines)('random formulas on $name', (engine) => {
  test('attack:R09 kept by the write, computed by the database and in memory: one value', { timeout: 120_000 }, async () => {
    const database = await engine.create()
    const crm = createCrm({
      store: database.store(),
      tenant: 'test',
      standard: false,
      plugins: [shop()],
      timeZone: 'Asia/Shanghai',
      clock: () => context.now,
    })
    try {
      await crm.open()
      await crm.directory.put(directory)
      const session = crm.as({ id: 'ada', roles: ['admin'] })
      for (const [field, property] of Object.entries(adminFields)) await session.definitions.addField('order', field, property)
      const asked: { name: string; kind: Kind; logic: unknown }[] = []
      let stored = 0
      for (const [index, { kind, logic }] of rules.entries()) {
        const property = (mode: 'read' | 'stored') => ({ kind, formula: { logic, mode } }) as PropertySchema
        if (!(await tryAdd(session, `read${index}`, property('read')))) continue
        asked.push({ name: `read${index}`, kind, logic })
        if (!(await tryAdd(session, `kept${index}`, property('stored')))) continue
        asked.push({ name: `kept${index}`, kind, logic })
        stored++
      }
      await fill(session, sampleOf(7))
      const orders = await readOrders(session)
      const definitions = new Map((await session.definitions.list()).map((definition) => [definition.name, definition]))
      const definition = (name: string) => definitions.get(name)
      const differences = asked.flatMap(({ name, kind, logic }) => {
        const object = definition('order')
        if (!object) throw new Error('There are no orders.')
        const compiled = compileExpression(logic, {
          object,
          objects: (name) => directoryObject(name) ?? definition(name),
          ...(kind === 'boolean' && { expect: 'bool' }),
        })
        return orders.flatMap((row) => {
          const had = (row.custom as Record<string, unknown>)[name]
          const wanted = inMemory(compiled, kind, row)
          return Object.is(had, wanted) ? [] : [{ name, logic: JSON.stringify(logic), had, wanted }]
        })
      })
      expect(differences.slice(0, 3)).toEqual([])
      expect({ rules: asked.length > 60, stored: stored > 20 }).toEqual({ rules: true, stored: true })
    } finally {
      await crm.close()
      await database.drop()
    }
  })
})

function inMemory(compiled: CompiledExpression, kind: Kind, row: Record<string, unknown>): unknown {
  const value = compiled.evaluate(row, context)
  return kind === 'number' && value !== null ? Number(value) : value
}

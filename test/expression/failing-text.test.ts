import type { Term } from '@guanxi/core/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines } from '../support/engines.ts'
import { sampleOf } from './support/sample.ts'
import { openWorld, type World } from './support/world.ts'

describe.each(engines)('a text that the database will not prepare, on $name', (engine) => {
  let world: World

  beforeAll(async () => {
    world = await openWorld(engine.name, await engine.create(), sampleOf(5))
  }, 60_000)

  afterAll(() => world?.close())

  it('fails each time for its own reason and harms no later statement', { timeout: 60_000 }, async () => {
    const broken = { holds: (a: string) => `no_such_function(${a})`, fails: (a: string) => `no_such_function(${a})` }
    const of: Term[] = [{ op: 'read', operand: { column: 'title', nullable: true }, type: 'text' }]
    const term: Term = {
      op: 'call',
      name: 'broken',
      of,
      type: 'boolean',
      nullable: false,
      strict: false,
      sql: { sqlite: broken, postgres: broken },
    }
    for (let time = 0; time < 3; time++)
      await expect(world.selectTerm(term).catch((error: Error) => String(error.cause))).resolves.toMatch(/no_such_function/)
    // More statements than a connection keeps, so that all old names are given up.
    for (let index = 0; index < 450; index++)
      await world.select({ '>': [{ var: 'pieces' }, { '+': [1, { round: [{ var: 'ratio' }, index % 9] }] }] }, { now: index })
    const shapes = Array.from({ length: 450 }, (_, index) => ({
      or: Array.from({ length: 1 + (index % 30) }, (_part, part) => ({
        '===': [{ var: part % 2 ? 'hot' : 'custom.vip' }, index % 3 === 0 ? null : true],
      })),
    }))
    for (const shape of shapes) await world.select(shape, { now: 0 })
    expect((await world.select({ or: [{ '!!': [{ var: 'hot' }] }, { '!': [{ var: 'hot' }] }] }, { now: 0 })).length).toBeGreaterThan(100)
  })
})

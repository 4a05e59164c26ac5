import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRules, openWorlds, type Worlds } from './support/differential.ts'

describe('random rules in memory, SQLite and PostgreSQL', () => {
  let worlds: Worlds

  beforeAll(async () => {
    worlds = await openWorlds(1)
  }, 120_000)

  afterAll(() => worlds?.close())

  it('attack:R09 1,000 rules give the same records everywhere', { timeout: 240_000 }, async () => {
    const { rules, refused, telling, differences, errors } = await compareRules(worlds, 1_000, 20_260_302)
    expect({ differences: differences.slice(0, 3), errors: errors.slice(0, 3) }).toEqual({ differences: [], errors: [] })
    expect(rules).toBe(1_000)
    expect(refused).toBeLessThan(400)
    expect(telling).toBeGreaterThan(400)
  })
})

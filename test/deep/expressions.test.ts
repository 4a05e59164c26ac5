import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRules, openWorlds, type Worlds } from '../expression/support/differential.ts'

const rules = Number(process.env.EXPRESSION_RULES ?? 20_000)
const perWorld = 5_000

describe.each(Array.from({ length: Math.ceil(rules / perWorld) }, (_, index) => index + 1))('random rules over sample %i', (seed) => {
  let worlds: Worlds

  beforeAll(async () => {
    worlds = await openWorlds(seed)
  }, 120_000)

  afterAll(() => worlds?.close())

  it('attack:R09 give the same records in memory, on SQLite and on PostgreSQL', async () => {
    const tally = await compareRules(worlds, perWorld, Date.now() % 1_000_000_000)
    process.stdout.write(`${tally.rules.toLocaleString('en')} rules, ${tally.differences.length + tally.errors.length} differences\n`)
    expect({ differences: tally.differences.slice(0, 3), errors: tally.errors.slice(0, 3) }).toEqual({ differences: [], errors: [] })
  })
})

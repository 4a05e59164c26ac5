import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRules, openWorlds, type Worlds } from './support/differential.ts'
import { mutants } from './support/mutants.ts'

/** The test of the test: each mistake in the compiler must be seen by random rules. */
describe('deliberate mistakes', () => {
  let worlds: Worlds

  beforeAll(async () => {
    worlds = await openWorlds(1)
  }, 120_000)

  afterAll(() => worlds?.close())

  it.each(mutants)('are caught: $name', { timeout: 240_000 }, async ({ make, fails, about }) => {
    const undo = make(worlds.all)
    try {
      const { differences, errors } = await compareRules(worlds, 2_000, 4_711, { enough: 1, about })
      expect(fails ? errors.length : differences.length).toBeGreaterThan(0)
      if (!fails) expect(errors).toEqual([])
    } finally {
      undo()
    }
  })

  it('are gone afterwards', async () => {
    const { differences, errors } = await compareRules(worlds, 100, 4_711)
    expect({ differences, errors }).toEqual({ differences: [], errors: [] })
  })
})

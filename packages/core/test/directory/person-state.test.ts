import { sqlite } from '@guanxi/adapters/sqlite'
import { type PersonState, receivesWork, stateAt, workDenial } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { describe, expect, test } from 'vitest'

const person = (state: PersonState, awayFrom: number | null = null, awayTo: number | null = null) => ({ id: 'li', state, awayFrom, awayTo })

describe('semantics:0.11 states of people', () => {
  test.each<[string, PersonState, number | null, number | null, PersonState[]]>([
    // at 9, 10, 19 and 20
    ['active', 'active', null, null, ['active', 'active', 'active', 'active']],
    ['onboarding with an absence', 'onboarding', 10, 20, ['onboarding', 'away', 'away', 'onboarding']],
    ['active with an absence', 'active', 10, 20, ['active', 'away', 'away', 'active']],
    ['away for a while', 'away', 10, 20, ['active', 'away', 'away', 'active']],
    ['away until', 'away', null, 20, ['away', 'away', 'away', 'active']],
    ['away from then on', 'away', 10, null, ['active', 'away', 'away', 'away']],
    ['away without an end', 'away', null, null, ['away', 'away', 'away', 'away']],
    ['suspended, absence or not', 'suspended', 10, 20, ['suspended', 'suspended', 'suspended', 'suspended']],
    ['left', 'left', 10, 20, ['left', 'left', 'left', 'left']],
  ])('%s', (_, state, from, to, expected) => {
    const times = [9, 10, 19, 20]
    expect(times.map((now) => stateAt(person(state, from, to), now))).toEqual(expected)
    for (const [index, now] of times.entries()) {
      const works = expected[index] === 'active' || expected[index] === 'onboarding'
      expect(receivesWork(person(state, from, to), now)).toBe(works)
      expect(workDenial(person(state, from, to), now) === null).toBe(works)
    }
  })

  test('why somebody gets no work', () => {
    expect(
      [person('away', 10, 20), person('away'), person('suspended'), person('left')].map((one) => workDenial(one, 15)?.toJSON()),
    ).toEqual([
      { code: 'person_away_until', data: { person: 'li', until: 20 } },
      { code: 'person_away', data: { person: 'li' } },
      { code: 'person_suspended', data: { person: 'li' } },
      { code: 'person_left', data: { person: 'li' } },
    ])
  })

  test('the directory names those who get work now', async () => {
    const crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }) })
    const now = crm.clock.now
    await crm.directory.put({
      people: [
        { id: 'a', name: 'A' },
        { id: 'b', name: 'B', awayFrom: now - 1, awayTo: now + 60_000 },
        { id: 'c', name: 'C', state: 'onboarding' },
        { id: 'd', name: 'D', state: 'left' },
      ],
    })
    const ids = async () => (await crm.user().directory.receivingWork(['a', 'b', 'c', 'd', 'e'])).map(({ id }) => id)
    expect(await ids()).toEqual(['a', 'c'])
    crm.clock.now += 60_000
    expect(await ids()).toEqual(['a', 'b', 'c'])
    await crm.close()
  })
})

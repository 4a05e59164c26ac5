import { defineSetting } from '@guanxi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SettingSubject, StoredSetting } from '../../src/settings/resolved.ts'
import type { SettingLevel } from '../../src/settings/setting.ts'
import { SettingsSnapshot } from '../../src/settings/snapshot.ts'

const setting = defineSetting('pool.limit', {
  type: 'integer',
  nullable: true,
  default: 50,
  stricter: 'lower',
  label: { 'zh-CN': '上限', en: 'Limit' },
})

const targets: Readonly<Record<SettingLevel, readonly string[]>> = {
  person: ['li', 'wang'],
  role: ['rep', 'senior', 'other'],
  team: ['sh', 'key', 'east', 'company', 'far'],
  place: ['pool:a', 'pool:b'],
  organisation: [''],
}
const subject: SettingSubject = {
  person: 'li',
  roles: ['senior', 'rep'],
  teams: [['sh', 'key'], ['east'], ['company']],
  places: ['pool:b', 'pool:a'],
}

const level = fc.constantFrom(...(Object.keys(targets) as SettingLevel[]))
const row = level.chain((at) =>
  fc.record({
    key: fc.constant('pool.limit'),
    level: fc.constant(at),
    target: fc.constantFrom(...targets[at]),
    value: fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }),
    gone: fc.boolean(),
  }),
)

/** The rule as it is written: go down the levels, and at the first that says anything take the strictest. */
function expected(values: ReadonlyMap<string, number | null>): number | null {
  const groups: (readonly [SettingLevel, readonly string[]])[] = [
    ['person', ['li']],
    ['role', subject.roles],
    ...subject.teams.map((near) => ['team', near] as const),
    ['place', subject.places],
    ['organisation', ['']],
  ]
  for (const [at, ids] of groups) {
    const said = ids.flatMap((id) => (values.has(`${at}:${id}`) ? [values.get(`${at}:${id}`) ?? null] : []))
    if (said.length === 0) continue
    const limits = said.filter((value) => value !== null)
    return limits.length > 0 ? Math.min(...limits) : null
  }
  return 50
}

test('semantics:0.2 precedence is the rule as it is written, whatever was set and taken back in whatever order', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (rows, size) => {
      let snapshot = SettingsSnapshot.empty
      const model = new Map<string, number | null>()
      // In steps of some rows, as a process learns them.
      for (let start = 0; start < rows.length; start += size) {
        const step = rows.slice(start, start + size)
        const latest = new Map(step.map((one) => [`${one.level}:${one.target}`, one]))
        const version = start + 1
        snapshot = snapshot.with(
          version,
          [...latest.values()].map(({ gone, value, ...place }) => ({ ...place, ...(!gone && { value }), version, at: 0, by: 'ada' })),
        )
        for (const [place, { gone, value }] of latest) {
          if (gone) model.delete(place)
          else model.set(place, value)
        }
      }
      const explained = snapshot.explain(setting, subject)
      expect(snapshot.value(setting, subject)).toBe(expected(model))
      expect(explained.value).toBe(expected(model))
      expect([...snapshot.all()].map((one: StoredSetting) => `${one.level}:${one.target}`).sort()).toEqual([...model.keys()].sort())
      const applying = [...model.keys()].filter((place) => !/other|wang|far/.test(place)).length
      expect(explained.passed.length + (explained.level === 'default' ? 0 : 1)).toBe(applying)
    }),
    { numRuns: 500 },
  )
})

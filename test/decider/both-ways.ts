import { before, type ConditionRule, type Crm, createCrm, definePlugin, type Identity } from '@guanxi/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database, Engine } from '../support/engines.ts'
import { day, house, type Parcel, parcel, people, today } from './parcels.ts'

const number = fc.integer({ min: -5, max: 15 })
const test = fc.oneof(
  fc.tuple(fc.constantFrom('<', '>='), number).map(([op, value]) => ({ [op]: [{ var: 'score' }, value] })),
  fc
    .tuple(fc.constantFrom('===', '!=='), fc.constantFrom('new', 'waiting', 'lost', null))
    .map(([op, value]) => ({ [op]: [{ var: 'status' }, value] })),
  fc.integer({ min: 1, max: 60 }).map((days) => ({ '<': [{ var: 'sentAt' }, { ago: `P${days}D` }] })),
  fc.constantFrom('ann', 'bob', null).map((owner) => ({ '===': [{ var: 'ownerId' }, owner] })),
  fc.constant({ '===': [{ var: 'urgent' }, true] }),
  fc.constantFrom('Ann', 'Bob').map((name) => ({ '===': [{ var: 'ownerId.name' }, name] })),
  fc.constantFrom('away', 'active').map((state) => ({ '===': [{ var: 'ownerId.state' }, state] })),
  fc.constantFrom('Paris', 'Rome').map((city) => ({ '===': [{ var: 'houseId.city' }, city] })),
  fc.tuple(fc.constantFrom('<', '>'), fc.constantFrom('3.50', '7.25')).map(([op, value]) => ({ [op]: [{ var: 'price' }, value] })),
)
const when = fc.oneof(
  test,
  fc.array(test, { minLength: 1, maxLength: 3 }).map((of) => ({ and: of })),
  fc.array(test, { minLength: 1, maxLength: 3 }).map((of) => ({ or: of })),
  test.map((of) => ({ '!': [of] })),
)
const set = fc
  .record(
    {
      status: fc.constantFrom('new', 'lost', null, { if: [{ '>': [{ var: 'score' }, 5] }, 'lost', 'new'] }),
      score: fc.oneof(
        number,
        fc.constant(null),
        fc.constant({ '+': [{ '??': [{ var: 'score' }, 0] }, 1.25] }),
        fc.constant({ '/': [{ var: 'weight' }, 3] }),
      ),
      urgent: fc.constantFrom(true, false, null, { '>': [{ var: 'score' }, 3] }),
      ownerId: fc.constantFrom(
        'chief',
        null,
        { '??': [{ var: 'teamId' }, 'nobody'] },
        { var: 'ownerId.leaderId' },
        { var: 'teamId.leaderId' },
      ),
      sentAt: fc.oneof(fc.constant(today), fc.constant({ addDays: [{ var: 'sentAt' }, 1] }), fc.constant(null)),
      price: fc.constantFrom('3.50', null, { '??': [{ var: 'price' }, '1.00'] }),
    },
    { requiredKeys: [] },
  )
  .filter((values) => Object.keys(values).length > 0)
const facts = {
  s: { var: 'score' },
  p: { var: 'price' },
  u: { var: 'urgent' },
  c: { var: 'houseId.city' },
  w: { '>': [{ var: 'weight' }, 2] },
  o: { var: 'ownerId.leaderId.name' },
}
const rules = fc.array(fc.tuple(when, set), { minLength: 1, maxLength: 3 }).map((all) =>
  all.map(([condition, values], index) => ({
    id: `r${index}`,
    when: condition,
    set: values,
    because: { 'zh-CN': '{s}，{p}，{u}，{c}，{w}，{o}', en: '{s}, {p}, {u}, {c}, {w}, {o}', values: facts },
  })),
) as fc.Arbitrary<ConditionRule[]>

/** Bob is led by Ann, Ann by the chief. */
const directory = {
  teams: [
    { id: 'south', name: 'South' },
    { id: 'north', name: 'North', parentId: 'south' },
  ],
  people: [
    { id: 'chief', name: 'Chief', teamIds: ['south'], leads: ['south'] },
    { id: 'ann', name: 'Ann', teamIds: ['north'], leads: ['north'], state: 'away' as const, awayTo: today + day },
    { id: 'bob', name: 'Bob', teamIds: ['north'] },
  ],
}

const nulls = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const parcels = fc.array(
  fc.record({
    status: nulls(fc.constantFrom('new', 'waiting', 'lost')),
    score: nulls(number),
    weight: nulls(fc.integer({ min: 0, max: 60 }).map((sevenths) => sevenths / 7)),
    price: nulls(fc.constantFrom('0.10', '3.50', '7.25', '99.99')),
    urgent: nulls(fc.boolean()),
    sentAt: nulls(fc.integer({ min: 0, max: 90 }).map((days) => today - days * day)),
    ownerId: nulls(fc.constantFrom('ann', 'bob')),
    teamId: nulls(fc.constantFrom('north', 'south')),
    house: nulls(fc.constantFrom(0, 1)),
  }),
  { minLength: 5, maxLength: 25 },
)

/** The same object with and without a hook: one goes by a statement, the other through the write runner. */
const plugin = (hooked: boolean) =>
  definePlugin({
    id: 'depot',
    version: '1.0.0',
    core: '*',
    setup(p) {
      p.object(parcel)
      p.object(house)
      if (hooked) p.hook(before(parcel, { id: 'watch', on: ['update'] }, () => {}))
    },
  })()

/** What is left of a run, without what differs by nature: ids, salts. */
async function outcome(
  crm: Crm,
  admin: Identity,
  world: readonly (Partial<Parcel> & { house: number | null })[],
  rule: readonly ConditionRule[],
) {
  await crm.directory.put({ tenant: admin.tenant, ...directory })
  const session = crm.as(admin)
  const { ids: houses } = await session.records(house).createMany([
    { name: 'A', city: 'Paris' },
    { name: 'B', city: 'Rome' },
  ] as never)
  const { ids } = await session
    .records(parcel)
    .createMany(
      world.map(({ house: at, ...values }, index) => ({ name: `P${index}`, ...values, houseId: at === null ? null : houses[at] })) as never,
    )
  const { id } = await session.deciders.create({
    name: 'both',
    object: 'parcel',
    label: { 'zh-CN': '同', en: 'same' },
    rules: rule,
    limits: { blast: { records: null, share: null } },
  })
  const preview = await session.deciders.preview(id, { sample: 100 })
  const answers = await Promise.all(ids.map(async (one) => (await session.deciders.explain(id, one)).affected))
  await session.deciders.advance(id, { to: 'on' })
  const result = await session.deciders.run(id)
  if (result.status !== 'done') throw new Error('nothing was to be confirmed')
  const { records } = await session.records(parcel).find({ limit: 100, sort: ['name'] })
  const whys = await Promise.all(ids.map((one) => session.deciders.why('parcel', one)))
  const changes = await Promise.all(ids.map((one) => session.records(parcel).changes(one)))
  const undone = await session.deciders.undo(result.run.id)
  const after = await session.records(parcel).find({ limit: 100, sort: ['name'] })
  return {
    way: preview.path.way,
    counted: [preview.affected, preview.unknown, preview.rules],
    answers,
    affected: result.run.affected,
    records: records.map((record) => plain(record as never)),
    changes: changes.map(({ entries }) =>
      entries.filter(({ operation }) => operation === 'update').map(({ values, version }) => [version, values]),
    ),
    whys: whys.map((own) => own.map(({ rule: one, because, facts: known, values }) => [one, because, known, values])),
    undone: undone.undo?.undone,
    after: after.records.map((record) => plain(record as never, true)),
    before: world.length,
  }
}

const plain = ({ id: _, houseId: __, ...record }: object & { readonly id: string; readonly houseId: unknown }, alsoVersion = false) =>
  alsoVersion ? { ...record, version: 0 } : record

/** Random rules over random parcels, by one statement and through the hooks. */
export function sameBothWays(engine: Engine, numRuns: number): void {
  describe(`a run on ${engine.name}`, () => {
    let database: Database
    let direct: Crm
    let hooked: Crm

    beforeAll(async () => {
      database = await engine.create()
      const open = async (withHook: boolean) => {
        const crm = createCrm({
          store: database.store(),
          plugins: [plugin(withHook)],
          standard: false,
          clock: () => today,
          timeZone: 'UTC',
        })
        await crm.open()
        return crm
      }
      direct = await open(false)
      hooked = await open(true)
    })

    afterAll(async () => {
      await direct.close()
      await hooked.close()
      await database.drop()
    })

    it('leaves the same by one statement as through the hooks, as was counted, and as it was once it is taken back', async () => {
      let runs = 0
      await fc.assert(
        fc.asyncProperty(parcels, rules, async (world, rule) => {
          const one = await outcome(direct, people().admin, world as never, rule)
          const other = await outcome(hooked, people().admin, world as never, rule)
          expect([one.way, other.way]).toEqual(['statement', 'batches'])
          expect({ ...one, way: '' }).toEqual({ ...other, way: '' })
          expect(one.counted[0]).toBe(one.affected)
          expect(one.answers.filter(Boolean)).toHaveLength(one.affected)
          expect(one.changes.filter((own) => own.length > 0)).toHaveLength(one.affected)
          expect(one.undone).toBe(one.affected)
          runs += one.affected
        }),
        { numRuns, seed: 20260302, endOnFailure: true },
      )
      expect(runs).toBeGreaterThan(10)
    })
  })
}

import { type Crm, CrmError, type SaveInput } from '@guanxi/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { admin, openOffice } from './office.ts'

const engine = engines.find(({ name }) => name === 'better-sqlite3')
let database: Database
let crm: Crm

beforeAll(async () => {
  if (!engine) throw new Error('no engine')
  database = await engine.create()
  crm = await openOffice(database)
})
afterAll(async () => {
  await crm?.close()
  await database?.drop()
})

const names = ['pieces', 'price', 'x', 'y', 'z'] as const
const number = fc.integer({ min: 0, max: 4 })
const field = fc.constantFrom(...names)
const test1 = fc.oneof(
  fc.tuple(fc.constantFrom('===', '<', '>='), field, number).map(([op, name, value]) => ({ [op]: [{ var: name }, value] })),
  fc.constantFrom('open', 'won').map((state) => ({ '===': [{ var: 'state' }, state] })),
  field.map((name) => ({ changed: [name] })),
  fc.tuple(field, number).map(([name, value]) => ({ '>': [{ var: `previous.${name}` }, value] })),
)
const when = fc.oneof(
  test1,
  fc.array(test1, { minLength: 2, maxLength: 3 }).map((of) => ({ and: of })),
  fc.tuple(test1, test1).map((of) => ({ or: of })),
)
const value = fc.oneof(
  number,
  field.map((name) => ({ '??': [{ var: name }, 0] })),
)
const values = fc.dictionary(field, value, { minKeys: 1, maxKeys: 2 })
const message = { 'zh-CN': '不行', en: 'no' }
const act = fc.oneof(
  fc
    .tuple(fc.constantFrom('compute', 'automation'), values)
    .map(([kind, set]) => ({ kind, do: { action: 'set', params: { values: set } } })),
  fc.constant({ kind: 'validation', do: { action: 'reject', params: { message } } }),
)
const decider = fc
  .tuple(act, fc.array(when, { minLength: 1, maxLength: 2 }), fc.constantFrom('first', 'collect'), fc.integer({ min: 1, max: 3 }))
  .map(
    ([{ kind, do: call }, conditions, mode, order]) =>
      ({ kind, mode, order, rules: conditions.map((one, index) => ({ id: `r${index}`, when: one, do: [call] })) }) as unknown as SaveInput,
  )
const record = fc.record(
  { pieces: number, price: number, x: number, y: number, z: number, state: fc.constantFrom('open', 'won', 'lost') },
  { requiredKeys: [] },
)
const patches = fc.array(record, { minLength: 3, maxLength: 3 })

/** What became of a write: the values, or the code it was refused with. */
async function outcome(write: Promise<unknown>, read: () => Promise<Record<string, unknown>>): Promise<unknown> {
  try {
    await write
  } catch (error) {
    return error instanceof CrmError ? error.code : error
  }
  const { pieces, price, x, y, z, state } = await read()
  return { pieces, price, x, y, z, state }
}

test('an update that knows only what was sent ends as one that has read the record', { timeout: 120_000 }, async () => {
  const { deciders, records } = crm.as(admin)
  let made = 0
  await fc.assert(
    fc.asyncProperty(fc.array(decider, { minLength: 1, maxLength: 3 }), record, patches, async (rules, start, all) => {
      const offers = records('offer')
      const { ids } = await offers.createMany([start, start])
      const [one = '', other = ''] = ids
      const on: string[] = []
      for (const save of rules) {
        const { id } = await deciders.create({ name: `p${++made}`, object: 'offer', label: message, save })
        await deciders.advance(id, { to: 'on' })
        on.push(id)
      }
      try {
        for (const patch of all) {
          const quick = await outcome(offers.update({ id: one, version: 'any' }, patch), () => offers.get(one))
          const whole = await outcome(offers.updateMany({ ids: [other], maxAffected: 1 }, patch), () => offers.get(other))
          expect(quick).toEqual(whole)
        }
      } finally {
        for (const id of on) await deciders.advance(id, { to: 'off' })
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 12) },
  )
})

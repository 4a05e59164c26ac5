import type { Predicate, SelectPlan } from '@guanxi/core/store'
import type { Knex } from 'knex'
import { expect, test } from 'vitest'
import { insert, lead, leadTable, read, updatePlan, updateValues } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const shapes = 450

/** A condition that is true of every lead, with a text of its own for each number. */
function always(number: number): Predicate {
  const term: Predicate = { op: 'not', of: { op: 'isNull', operand: { ext: `f_${number}`, type: 'text', nullable: true } } }
  return { op: 'or', of: [term, { op: 'not', of: term }] }
}

/** What a store keeps on its connections between calls. */
export function statements(subject: () => Subject): void {
  const session = () => subject().store.direct

  test('a write first made in a transaction that was rolled back can be made again', async () => {
    const values = lead()
    await insert(session(), values)
    const plan = updatePlan(['note', 'phone'], { returning: ['note'], diff: 'sql' })
    const write = (of: ReturnType<typeof session>) => of.write(plan, updateValues(values.id, ['n', null]))
    const work = subject().store.transaction(async (inside) => {
      await write(inside)
      throw new Error('rolled back')
    })
    await expect(work).rejects.toThrow('rolled back')
    expect((await write(session())).written).toBe(true)
  })

  test('hundreds of shapes of reads and writes go through one connection', async () => {
    const values = lead()
    await insert(session(), values)
    await subject().store.transaction(async (inside) => {
      for (let number = 0; number < shapes; number++) {
        const plan = updatePlan(['amount'], { policy: always(number) })
        expect((await inside.write(plan, updateValues(values.id, [number]))).written).toBe(true)
      }
    })
    expect(await read(session(), values.id)).toMatchObject({ amount: shapes - 1, version: shapes + 1 })
  })
}

/** Where the host can look at its own connection. */
export function boundedStatements(subject: () => Subject): void {
  test("what is kept on a host's connection stays bounded", async () => {
    const values = lead()
    await insert(subject().store.direct, values)
    await (subject().host as Knex).transaction(async (trx) => {
      const inside = subject().store.within(trx)
      for (let number = 0; number < shapes; number++) {
        const read: SelectPlan = { table: leadTable, columns: ['id'], where: always(number), order: [], limit: 1, revision: false }
        expect(await inside.select(read, [values.tenant_id, 1])).toHaveLength(1)
        await inside.write(updatePlan(['amount'], { policy: always(number) }), updateValues(values.id, [number]))
      }
      const kept = await trx(subject().store.engine === 'postgres' ? 'pg_prepared_statements' : 'sqlite_temp_master').count({ n: '*' })
      expect(Number(kept[0]?.n)).toBeLessThan(600)
    })
  })
}

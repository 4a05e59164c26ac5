import { type Predicate, personTable, UniqueViolation } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { newId } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const columns = ['tenant_id', 'id', 'name', 'name_sort', 'state', 'roles', 'updated_at']
const people = { table: personTable, columns }
const isId: Predicate = { op: 'in', operand: { column: 'id', nullable: false }, param: 1 }

export function rows(subject: () => Subject): void {
  const session = () => subject().store.direct
  const person = (tenant: string, id: string, name: string) => [tenant, id, name, name, 'active', '["rep"]', 1]
  const names = async (tenant: string): Promise<unknown[]> => {
    const order = [{ operand: { column: 'id', nullable: false }, descending: false }] as const
    const found = await session().select({ table: personTable, columns: ['name'], order, revision: false }, [tenant])
    return found.map((row) => row.name)
  }

  test('rows are put, replaced or left alone, and the number touched is told', async () => {
    const tenant = newId()
    expect(await session().put(people, [person(tenant, 'a', 'A'), person(tenant, 'b', 'B')], 'error')).toBe(2)
    expect(
      await session().put(people, [person(tenant, 'b', 'B2'), person(tenant, 'c', 'C'), person(tenant, 'c', 'C2')], 'replace'),
    ).toBeGreaterThan(1)
    expect(await session().put(people, [person(tenant, 'a', 'ignored'), person(tenant, 'd', 'D')], 'ignore')).toBe(1)
    expect(await names(tenant)).toEqual(['A', 'B2', 'C2', 'D'])
    expect(await session().put(people, [], 'error')).toBe(0)
  })

  test('rows that clash leave nothing of the same call', async () => {
    const tenant = newId()
    const clash = session().put(people, [person(tenant, 'a', 'A'), person(tenant, 'a', 'B')], 'error')
    await expect(clash).rejects.toThrow(UniqueViolation)
    await expect(clash).rejects.toMatchObject({ constraint: 'crm_person_pkey' })
    expect(await names(tenant)).toEqual([])
  })

  test('rows are set and deleted by a condition, in their tenant only', async () => {
    const [tenant, other] = [newId(), newId()]
    for (const of of [tenant, other]) await session().put(people, [person(of, 'a', 'A'), person(of, 'b', 'B')], 'error')
    const plan = { table: personTable, columns: ['name', 'away_from'] }
    expect(await session().set(plan, ['changed', 2 ** 41], isId, [tenant, ['a', 'z']])).toBe(1)
    expect(await names(tenant)).toEqual(['changed', 'B'])
    expect(await session().delete(personTable, isId, [tenant, ['a', 'b']])).toBe(2)
    expect([await names(tenant), await names(other)]).toEqual([[], ['A', 'B']])
    expect(await session().delete(personTable, isId, [tenant, ['a']])).toBe(0)
  })
}

import { postgres } from '@guanxi/adapters/postgres'
import { type SelectPlan, StoreFailure, type TableSpec } from '@guanxi/core/store'
import knexFactory, { type Knex } from 'knex'
import { expect, test, vi } from 'vitest'
import { insert, lead, newId, read } from '../fixtures.ts'
import type { Subject } from '../subject.ts'

const table: TableSpec = {
  name: 'retyped',
  columns: [
    { name: 'tenant_id', type: 'text', nullable: false },
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'size', type: 'integer', nullable: true },
  ],
  primaryKey: ['tenant_id', 'id'],
  indexes: [],
}

/** A server that others use too, and that may end a connection. */
export function server(subject: () => Subject): void {
  test('a prepared read whose columns have changed is prepared anew', async () => {
    const { store, host } = subject()
    await store.apply([table])
    await store.direct.put({ table, columns: ['tenant_id', 'id', 'size'] }, [['t', newId(), 5]], 'error')
    const plan: SelectPlan = { table, columns: ['size'], order: [], revision: false }
    expect(await store.direct.select(plan, ['t'])).toEqual([{ size: 5 }])
    await (host as Knex).raw('ALTER TABLE "retyped" ALTER COLUMN "size" TYPE text')
    expect(await store.direct.select(plan, ['t'])).toEqual([{ size: '5' }])
  })

  test('stores that share a connection of the host learn of each other’s new columns', async () => {
    const { store, host } = subject()
    await store.apply([table])
    const shared = knexFactory({ ...(host as Knex).client.config, pool: { min: 1, max: 1 } })
    const both = [postgres(shared), postgres(shared)] as const
    const id = newId()
    await store.direct.put({ table, columns: ['tenant_id', 'id', 'size'] }, [['shared', id, '5']], 'error')
    const plan: SelectPlan = { table, columns: ['size'], order: [], revision: false }
    const sizes = async () => [await both[0].direct.select(plan, ['shared']), await both[1].direct.select(plan, ['shared'])]
    try {
      for (const one of both) await one.open()
      await shared.raw('ALTER TABLE "retyped" ALTER COLUMN "size" TYPE integer USING "size"::integer')
      expect(await sizes()).toEqual([[{ size: 5 }], [{ size: 5 }]])
      await shared.raw('ALTER TABLE "retyped" ALTER COLUMN "size" TYPE text')
      expect(await sizes()).toEqual([[{ size: '5' }], [{ size: '5' }]])
    } finally {
      await shared.destroy()
    }
  })

  test('a connection that the host has had forget everything is replaced', async () => {
    const shared = knexFactory({ ...(subject().host as Knex).client.config, pool: { min: 1, max: 1 } })
    const store = postgres(shared)
    const values = lead()
    try {
      await store.open()
      await insert(store.direct, values)
      expect(await read(store.direct, values.id)).toBeDefined()
      await shared.raw('DISCARD ALL')
      expect(await read(store.direct, values.id)).toBeDefined()
      await shared.raw('DISCARD ALL')
      expect(await store.transaction((session) => read(session, values.id))).toBeDefined()
    } finally {
      await shared.destroy()
    }
  })

  test('connections that the server ends are replaced, and what fails meanwhile says that trying again may help', async () => {
    const { store, host } = subject()
    await insert(store.direct, lead())
    const ended = (host as Knex).raw(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    await ended
    const values = lead()
    await vi.waitFor(async () => {
      await insert(store.direct, values).catch((error: unknown) => {
        if (!(error instanceof StoreFailure && error.transient)) values.broken = error
        throw error
      })
    })
    expect(values.broken).toBeUndefined()
    expect(await read(store.direct, values.id)).toBeDefined()
  })
}

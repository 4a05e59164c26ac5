import type { TableSpec } from '@guanxi/core/store'
import { expect, test } from 'vitest'
import { type Subject, tables } from '../subject.ts'

const base: TableSpec = {
  name: 'thing',
  columns: [
    { name: 'tenant_id', type: 'text', nullable: false },
    { name: 'id', type: 'uuid', nullable: false },
    { name: 'label', type: 'text', nullable: false },
    { name: 'size', type: 'integer', nullable: true },
    { name: 'deleted_at', type: 'integer', nullable: true },
  ],
  primaryKey: ['tenant_id', 'id'],
  indexes: [
    { name: 'thing_label_key', columns: ['label'], unique: true, only: 'live' },
    { name: 'thing_size_idx', columns: ['size', 'id'] },
  ],
}

function named(name: string): TableSpec {
  return { ...base, name, indexes: base.indexes.map((index) => ({ ...index, name: index.name.replace('thing', name) })) }
}

function with_(table: TableSpec, change: Partial<TableSpec>): TableSpec {
  return { ...table, ...change }
}

export function schema(subject: () => Subject): void {
  test('what is there already needs nothing', async () => {
    expect(await subject().store.plan(tables)).toEqual({ statements: [], conflicts: [] })
    expect(await subject().store.apply(tables)).toEqual({ statements: [], conflicts: [] })
  })

  test('a plan says what it would do and does nothing', async () => {
    const table = named('planned')
    const plan = await subject().store.plan([table])
    expect(plan.conflicts).toEqual([])
    expect(plan.statements[0]).toMatch(/^CREATE TABLE IF NOT EXISTS "planned"/)
    expect(await subject().store.plan([table])).toEqual(plan)
  })

  test('columns and indexes are added, and a second time there is nothing left to do', async () => {
    const table = named('grown')
    await subject().store.apply([table])
    const columns = [...table.columns, { name: 'extra', type: 'json', nullable: true } as const]
    const indexes = [...table.indexes, { name: 'grown_extra_idx', columns: ['label'] }]
    const grown = with_(table, { columns, indexes })
    const plan = await subject().store.apply([grown])
    expect(plan.conflicts).toEqual([])
    expect(plan.statements).toHaveLength(2)
    expect(await subject().store.apply([grown])).toEqual({ statements: [], conflicts: [] })
    // An older process that knows less finds nothing to do, and nothing to complain of.
    expect(await subject().store.apply([table])).toEqual({ statements: [], conflicts: [] })
  })

  test('an index made before it ended with the id serves as well', async () => {
    const table = named('shorter')
    const ending = (columns: readonly string[]) => with_(table, { indexes: [{ name: 'shorter_size_idx', columns }] })
    await subject().store.apply([ending(['size'])])
    expect(await subject().store.plan([ending(['size', 'id'])])).toEqual({ statements: [], conflicts: [] })
    expect((await subject().store.plan([ending(['size', 'label'])])).conflicts).toHaveLength(1)
  })

  test('what is not additive is said in words, and then nothing at all is done', async () => {
    const table = named('clash')
    await subject().store.apply([table])
    const [tenant, id, label, , deleted] = table.columns as [Column, Column, Column, Column, Column]
    const clash = with_(table, {
      columns: [
        tenant,
        id,
        { ...label, nullable: true },
        { name: 'size', type: 'real', nullable: true },
        deleted,
        { ...label, name: 'must' },
        { ...deleted, name: 'may' },
      ],
      primaryKey: ['tenant_id', 'label'],
      indexes: [
        { name: 'clash_label_key', columns: ['label', 'size'] },
        { name: 'clash_size_idx', columns: ['size', 'id'], only: 'live' },
      ],
    })
    const { conflicts } = await subject().store.apply([clash])
    const about = (text: string) => conflicts.filter((conflict) => conflict.includes(text))
    expect(about('clash.label must not be null, but may')).toHaveLength(1)
    expect(about('clash.size is')).toHaveLength(1)
    expect(about('clash.must is missing and must not be null')).toHaveLength(1)
    expect(about('the primary key of clash is (tenant_id, id)')).toHaveLength(1)
    expect(about('index clash_label_key is on (tenant_id, label), not on (tenant_id, label, size)')).toHaveLength(1)
    expect(about('index clash_label_key is unique')).toHaveLength(1)
    expect(about('index clash_size_idx is over all rows')).toHaveLength(1)
    expect(conflicts).toHaveLength(8)
    expect(await subject().store.plan([table])).toEqual({ statements: [], conflicts: [] })
  })

  test('hostile names never become DDL', async () => {
    for (const name of ['a"; DROP TABLE lead; --', 'A', '', 'x'.repeat(60)]) {
      await expect(subject().store.plan([with_(base, { name, indexes: [] })])).rejects.toThrow(TypeError)
    }
  })
}

/** Where a second process can reach the same database. */
export function schemaTogether(subject: () => Subject): void {
  test('two processes may bring the same schema at the same time', async () => {
    const { store, second } = subject()
    const all = ['one', 'two', 'three'].map(named)
    const plans = await Promise.all([store.apply(all), second?.apply(all), store.apply(all), second?.apply(all)])
    expect(plans.flatMap((plan) => plan?.conflicts)).toEqual([])
    expect(plans.filter((plan) => plan?.statements.length)).toHaveLength(1)
    expect(await store.plan(all)).toEqual({ statements: [], conflicts: [] })
  })
}

type Column = TableSpec['columns'][number]

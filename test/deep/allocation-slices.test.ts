import { createTestCrm } from '@guanxi/core/testing'
import { describe, expect, test } from 'vitest'
import { intake, prospect } from '../decider/intake.ts'
import { engines } from '../support/engines.ts'

const count = 45_000
const id = 'intake.assign'

describe.each(engines.filter(({ name }) => name !== 'sqlite3'))('an allocation of many records on $name', (engine) => {
  test('goes slice by slice, is gone on with where it stopped, gives each record once, and is taken back slice by slice', async () => {
    const created = await engine.create()
    let writes = 0
    let stopAt = 2
    const observe = ({ label }: { readonly label: string }): void => {
      if (label === 'set crm_decider_run' && ++writes === stopAt) throw new Error('the connection is gone')
    }
    const crm = await createTestCrm({ store: created.store({ observe }), plugins: [intake()], standard: false })
    const { deciders, ...session } = crm.user()
    const names = Array.from({ length: 10 }, (_, index) => `rep${index}`)
    await crm.directory.put({
      tenant: 'test',
      teams: [{ id: 'sales', name: 'Sales' }],
      people: names.map((name) => ({ id: name, name, teamIds: ['sales'] })),
    })
    await session.settings.set([{ key: 'intake.capacity', level: 'organisation', value: 4_000 }])
    const prospects = session.records(prospect)
    for (let from = 0; from < count; from += 5_000)
      await prospects.createMany(
        Array.from({ length: 5_000 }, (_, index) => ({ name: `P${from + index}`, score: index % 3, ownerId: null })),
      )
    await deciders.propose(id, { limits: { blast: { records: null } } })
    await deciders.advance(id, { to: 'on' })
    const at = crm.clock.now
    await expect(deciders.run(id, { at })).rejects.toThrow()
    expect(await deciders.runs()).toMatchObject([{ status: 'running', affected: 20_000 }])
    stopAt = -1
    const result = await deciders.run(id, { at })
    expect(result).toMatchObject({ status: 'done', run: { affected: 40_000, metrics: { most: 4_000 } } })
    const held = await prospects.aggregate({ where: { ownerId: { isNull: false } }, group: ['ownerId'] })
    expect(held.map(({ values }) => values.count)).toEqual(names.map(() => 4_000))
    expect(await prospects.count({ where: { version: 2 } as never })).toBe(40_000)
    const { decisions } = await session.decisions.find({ decider: id, limit: 1 })
    expect(decisions[0]).toMatchObject({ inputs: { affected: 40_000, unknown: 5_000 } })
    writes = 0
    stopAt = 2
    const run = result.status === 'done' ? result.run.id : ''
    await expect(deciders.undo(run)).rejects.toThrow()
    expect(await deciders.getRun(run)).toMatchObject({ status: 'undoing', undo: { undone: 20_000 } })
    stopAt = -1
    expect(await deciders.undo(run)).toMatchObject({ status: 'undone', undo: { undone: 40_000, left: 0 } })
    expect(await prospects.count({ where: { ownerId: { isNull: true } } })).toBe(count)
    await crm.close()
    await created.drop()
  })
})

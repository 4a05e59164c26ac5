import { createCrm, definePlugin } from '@guanxi/core'
import { describe, expect, test } from 'vitest'
import { house, parcel, people, today } from '../decider/parcels.ts'
import { engines } from '../support/engines.ts'

const depot = definePlugin({
  id: 'depot',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(parcel)
    p.object(house)
  },
})
const count = 45_000

describe.each(engines.filter(({ name }) => name !== 'sqlite3'))('a run over many records on $name', (engine) => {
  test('goes slice by slice, is gone on with where it stopped, and writes each record once', async () => {
    const created = await engine.create()
    let sweeps = 0
    let stopAt = 2
    const observe = ({ label }: { readonly label: string }): void => {
      if (label === 'set crm_decider_run' && ++sweeps === stopAt) throw new Error('the connection is gone')
    }
    const crm = createCrm({ store: created.store({ observe }), plugins: [depot()], standard: false, clock: () => today })
    await crm.open()
    const { admin } = people()
    const session = crm.as(admin)
    for (let from = 0; from < count; from += 5_000)
      await session
        .records(parcel)
        .createMany(Array.from({ length: 5_000 }, (_, index) => ({ name: `P${from + index}`, score: index % 3 })) as never)
    const { id } = await session.deciders.create({
      name: 'many',
      object: 'parcel',
      label: { 'zh-CN': '多', en: 'Many' },
      rules: [
        {
          id: 'a',
          when: { '>=': [{ var: 'score' }, 0] },
          set: { score: { '+': [{ var: 'score' }, 0.5] } } as never,
          because: { 'zh-CN': '加', en: 'more' },
        },
      ],
      limits: { blast: { records: null, share: null } },
    })
    await session.deciders.advance(id, { to: 'on' })
    await expect(session.deciders.run(id, { at: today })).rejects.toThrow()
    expect(await session.deciders.runs()).toMatchObject([{ status: 'running', affected: 20_000 }])
    stopAt = -1
    const result = await session.deciders.run(id, { at: today })
    expect(result).toMatchObject({ status: 'done', run: { status: 'done', affected: count } })
    // The rule holds for what it has written, too: a run that began anew would have written twice.
    expect(await session.records(parcel).count({ where: { version: 2 } as never })).toBe(count)
    const undone = await session.deciders.undo(result.status === 'done' ? result.run.id : '')
    expect(undone.undo).toMatchObject({ undone: count, left: 0 })
    await crm.close()
    await created.drop()
  })
})

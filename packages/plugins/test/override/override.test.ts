import { sqlite } from '@guanxi/adapters/sqlite'
import { definePlugin, type Records } from '@guanxi/core'
import { lead } from '@guanxi/core/standard'
import { createTestCrm } from '@guanxi/core/testing'
import { overridable, overrideReasons } from '@guanxi/plugins'
import { describe, expect, onTestFinished, test } from 'vitest'

const tier = overridable({
  plugin: 'tiering',
  object: lead,
  field: 'heat',
  property: { kind: 'integer', minimum: 0, maximum: 10, label: { 'zh-CN': '热度', en: 'Heat' } },
  roles: ['manager'],
})

const tiering = definePlugin({
  id: 'tiering',
  version: '1.0.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  setup(plugin) {
    tier.register(plugin)
    plugin.reasons(overrideReasons)
  },
})

async function open() {
  const crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [tiering()] })
  onTestFinished(() => crm.close())
  const manager = crm.user({ id: 'wang', roles: ['manager', 'admin'] })
  const rows = manager.records(tier.object) as unknown as Records
  const { id } = await crm.user().records(lead).create({ name: '蓝海' })
  /** What a rule does: it only ever writes the computed value. */
  const compute = async (autoHeat: number) => {
    const command = {
      ...tier.override,
      checks: [],
      run: async (_: unknown, context: Parameters<typeof tier.override.run>[1]) => {
        await (context.system(tier.object) as unknown as Records).update({ id, version: 'any' }, { autoHeat })
        return null
      },
    }
    await manager.run(command, { id, value: null, reason: 'rule' })
  }
  const now = async () => {
    const { heat, autoHeat, heatOverrideBy } = (await rows.get(id)) as Record<string, unknown>
    return [heat, autoHeat, heatOverrideBy]
  }
  return { crm, manager, rows, id, compute, now }
}

const day = 86_400_000

describe('semantics:0.8 overrides', () => {
  test('the effective value follows the rule until somebody overrules it, and the rule goes on', async () => {
    const { manager, id, compute, now, rows, crm } = await open()
    await compute(3)
    expect(await now()).toEqual([3, 3, null])
    expect(await manager.run(tier.override, { id, value: 9, reason: 'ceo_decision' })).toEqual({ ok: true, value: null })
    expect(await now()).toEqual([9, 3, 'wang'])
    await compute(4)
    expect(await now()).toEqual([9, 4, 'wang'])
    expect((await rows.get(id)) as object).toMatchObject({
      heatOverrideReason: 'ceo_decision',
      heatOverrideUntil: crm.clock.now + 90 * day,
    })
  })

  test('after its end the value follows again: by the next computation, or by the sweep', async () => {
    const { crm, manager, id, compute, now } = await open()
    await compute(3)
    await manager.run(tier.override, { id, value: 9, reason: 'ceo_decision' })
    crm.clock.now += 90 * day - 1
    expect(await manager.run(tier.expire, {})).toEqual({ ok: true, value: { expired: 0 } })
    crm.clock.now += 1
    expect(await manager.run(tier.expire, {})).toEqual({ ok: true, value: { expired: 1 } })
    expect(await now()).toEqual([3, 3, null])
    await manager.run(tier.override, { id, value: 8, reason: 'fair', until: crm.clock.now + 10 })
    crm.clock.now += 10
    await compute(5)
    expect(await now()).toEqual([5, 5, null])
  })

  test('it is released early, and counted per manager', async () => {
    const { manager, id, compute, now, rows } = await open()
    await compute(3)
    await manager.run(tier.override, { id, value: 9, reason: 'fair' })
    expect(await rows.aggregate({ group: ['heatOverrideBy'], where: { heatOverrideUntil: { isNull: false } } })).toEqual([
      { group: { heatOverrideBy: 'wang' }, values: { count: 1 } },
    ])
    await manager.run(tier.release, { id })
    expect(await now()).toEqual([3, 3, null])
    const again = await manager.run(tier.release, { id })
    expect(again.ok ? null : again.reasons.map(({ code }) => code)).toEqual(['not_overridden'])
  })

  test('it needs the role, an end that lies ahead, and a value that fits; nobody writes either value by hand', async () => {
    const { crm, manager, id, rows } = await open()
    const rep = crm.user({ id: 'li', roles: ['rep'] })
    const denied = await rep.run(tier.override, { id, value: 9, reason: 'fair' })
    expect(denied.ok ? null : denied.reasons.map(({ code }) => code)).toEqual(['no_permission'])
    const past = await manager.run(tier.override, { id, value: 9, reason: 'fair', until: crm.clock.now })
    expect(past.ok ? null : past.reasons.map(({ code }) => code)).toEqual(['override_ended'])
    await expect(manager.run(tier.override, { id, value: 11, reason: 'fair' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    for (const field of ['heat', 'autoHeat', 'heatOverrideUntil'])
      await expect(rows.update({ id, version: 'any' }, { [field]: 1 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })
})

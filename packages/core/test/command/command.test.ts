import { sqlite } from '@guanxi/adapters/sqlite'
import {
  type CrmError,
  coreReasons,
  defineCommand,
  defineObject,
  definePlugin,
  defineReasons,
  type ObjectHandle,
  type PluginRecorder,
  type RecordOf,
  valueOrThrow,
} from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import { afterEach, describe, expect, test } from 'vitest'

const ticketDefinition = defineObject('ticket', {
  type: 'object',
  required: ['title'],
  properties: { title: { type: 'string' }, taken: { type: 'boolean' }, count: { type: 'integer' } },
})
interface Ticket extends RecordOf<typeof ticketDefinition> {}
const ticket: ObjectHandle<Ticket> = ticketDefinition

const reasons = defineReasons({
  too_few: { data: { count: 'number' }, message: { 'zh-CN': '只有 {count} 个。', en: 'Only {count}.' } },
  no_title: { message: { 'zh-CN': '没有标题。', en: 'It has no title.' } },
  late: { message: { 'zh-CN': '来晚了。', en: 'Too late.' } },
})

interface TakeInput {
  readonly id: string
  readonly late?: boolean
}

const asked: string[] = []
const input = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, late: { type: 'boolean' } } }

const take = defineCommand<TakeInput, { title: string }>({
  id: 'desk.take',
  roles: ['agent'],
  input,
  checks: [
    {
      id: 'exists',
      check: async ({ id }, context) => {
        asked.push('exists')
        return (await context.records(ticket).find({ where: { id } })).records.length === 1 ? null : coreReasons.make.record_missing()
      },
    },
    {
      id: 'count',
      needs: ['exists'],
      severity: 'soft',
      check: async ({ id }, context) => {
        asked.push('count')
        const { count } = await context.records(ticket).get(id)
        return (count ?? 0) < 2 ? reasons.make.too_few({ count: count ?? 0 }) : []
      },
    },
    {
      id: 'free',
      needs: ['exists'],
      check: async ({ id }, context) => {
        asked.push('free')
        return (await context.records(ticket).get(id)).taken ? coreReasons.make.already_taken() : null
      },
    },
    {
      id: 'last',
      needs: ['free'],
      check: () => {
        asked.push('last')
        return null
      },
    },
  ],
  run: async ({ id, late }, context) => {
    const { title } = await context.records(ticket).update({ id, version: 'any' }, { taken: true })
    if (late) context.deny(reasons.make.late())
    return { title }
  },
})

const desk = definePlugin({
  id: 'desk',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(ticket)
    plugin.reasons(reasons)
    plugin.command(take)
  },
})

let crm: TestCrm

async function open() {
  asked.length = 0
  crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [desk()], standard: false })
  const agent = crm.user({ roles: ['agent'] })
  const make = (values: Partial<Ticket>) => agent.records(ticket).create({ title: '一号', ...values })
  return { agent, make }
}

afterEach(() => crm.close())

const codes = (list: readonly { code: string }[]): string[] => list.map(({ code }) => code)

describe('semantics:0.3 commands', () => {
  test('are done with a value when nothing is against them', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 2 })
    expect(await agent.run(take, { id })).toEqual({ ok: true, value: { title: '一号' } })
    expect((await agent.records(ticket).get(id)).taken).toBe(true)
  })

  test('stop at the first hard denial; soft ones before it are named together', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 1, taken: true })
    const result = await agent.run(take, { id })
    expect(result.ok ? [] : codes(result.reasons)).toEqual(['too_few', 'already_taken'])
    expect(asked).toEqual(['exists', 'count', 'free'])
    const missing = await agent.run(take, { id: '0198f3a0-7c1e-7abc-8def-0123456789ab' })
    expect(missing.ok ? [] : codes(missing.reasons)).toEqual(['record_missing'])
  })

  test('a soft reason alone denies as well', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 1 })
    const result = await agent.run(take, { id })
    expect(result.ok ? [] : codes(result.reasons)).toEqual(['too_few'])
    expect((await agent.records(ticket).get(id)).version).toBe(1)
  })

  test('a preview names every reason, and leaves out what makes no sense any more', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 1, taken: true })
    expect(codes((await crm.user({ roles: ['guest'] }).preview(take, { id })).reasons)).toEqual([
      'no_permission',
      'too_few',
      'already_taken',
    ])
    asked.length = 0
    const missing = await agent.preview(take, { id: '0198f3a0-7c1e-7abc-8def-0123456789ab' })
    expect(missing).toMatchObject({ allowed: false, reasons: [{ code: 'record_missing' }] })
    expect(asked).toEqual(['exists'])
    expect((await agent.records(ticket).get(id)).version).toBe(1)
  })

  test('a preview with nothing against it allows, and writes nothing', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 3 })
    expect(await agent.preview(take, { id })).toEqual({ allowed: true, reasons: [] })
    expect(asked).toEqual(['exists', 'count', 'free', 'last'])
    expect((await agent.records(ticket).get(id)).taken).toBeNull()
  })

  test('a denial after writing takes everything back', async () => {
    const { agent, make } = await open()
    const { id } = await make({ count: 2 })
    const result = await agent.run(take, { id, late: true })
    expect(result.ok ? [] : codes(result.reasons)).toEqual(['late'])
    expect(await agent.records(ticket).get(id)).toMatchObject({ version: 1, taken: null })
    await agent.transaction(async (inside) => {
      await inside.records(ticket).update({ id, version: 1 }, { count: 7 })
      expect((await inside.run(take, { id, late: true })).ok).toBe(false)
    })
    expect(await agent.records(ticket).get(id)).toMatchObject({ version: 2, count: 7, taken: null })
  })

  test('without the role it is denied, with the sentence in the reader’s language', async () => {
    const { make } = await open()
    const { id } = await make({ count: 2 })
    const result = await crm.user({ roles: ['guest'] }).run(take, { id })
    expect(() => valueOrThrow(result)).toThrow(expect.objectContaining({ code: 'DENIED', status: 409 }))
    try {
      valueOrThrow(result)
    } catch (error) {
      expect((error as CrmError).toBody('zh-CN').details).toEqual({
        reasons: [{ code: 'no_permission', data: {}, message: '没有权限执行此操作。', hint: '请联系管理员授权。' }],
      })
    }
  })

  test('a command whose plugin is not there is unknown', async () => {
    const { agent } = await open()
    const stranger = defineCommand<TakeInput, null>({ ...take, id: 'other.take', run: async () => null })
    await expect(agent.run(stranger, { id: 'x' })).rejects.toMatchObject({ code: 'COMMAND_UNKNOWN' })
  })

  test.each<[string, (p: PluginRecorder) => void, string]>([
    ['a foreign prefix', (p) => p.command({ ...take, id: 'shop.take' }), 'needs an id such as “desk.do-it”'],
    ['no roles', (p) => p.command({ ...take, roles: [] }), 'names no roles'],
    ['a need that comes later', (p) => p.command({ ...take, checks: [...take.checks].reverse() }), 'does not come before it'],
    [
      'a check twice',
      (p) => p.command({ ...take, checks: [...take.checks.slice(0, 1), ...take.checks.slice(0, 1)] }),
      'has the check “exists” twice',
    ],
  ])('%s is refused before anything runs', async (_, record, problem) => {
    await open()
    const wrong = definePlugin({ id: 'desk', version: '1.0.0', core: '^0.1.0', setup: (p) => record(p) })
    await expect(createTestCrm({ store: sqlite(':memory:'), plugins: [wrong()] })).rejects.toMatchObject({
      message: expect.stringContaining(problem),
    })
  })
})

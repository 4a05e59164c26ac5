import { sqlite } from '@guanxi/adapters/sqlite'
import { after, type CommandResult, defineObject, definePlugin } from '@guanxi/core'
import { createTestCrm } from '@guanxi/core/testing'
import { approval, approvals, decideApproval, expireApprovals, requestApproval, withdrawApproval } from '@guanxi/plugins'
import { expect, onTestFinished, test } from 'vitest'

const seen: string[] = []
const listener = definePlugin({
  id: 'contracts',
  version: '1.0.0',
  core: '^0.1.0',
  requires: { approval: '^0.1.0' },
  setup(plugin) {
    plugin.object(defineObject('paper', { type: 'object', properties: { name: { type: 'string' } } }))
    plugin.hook(
      after(
        approval,
        { id: 'listen', on: ['update'], fields: ['state'] },
        (change) => void seen.push(`${change.next.kind} ${change.next.state}`),
      ),
    )
  },
})

async function open() {
  seen.length = 0
  const crm = await createTestCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [approvals(), listener()] })
  onTestFinished(() => crm.close())
  const rep = crm.user({ id: 'li', roles: ['rep'] })
  const manager = crm.user({ id: 'wang', roles: ['manager'] })
  const ask = async (extra: object = {}) => {
    const result = await rep.run(requestApproval, { kind: 'contract.discount', title: '九折', approverRole: 'manager', ...extra })
    if (!result.ok) throw new Error(result.reasons.map(({ code }) => code).join())
    return result.value
  }
  return { crm, rep, manager, ask }
}

const codes = (result: CommandResult<unknown>): string[] => (result.ok ? [] : result.reasons.map(({ code }) => code))

test('a request is due in working days, and an approver decides with a reason', async () => {
  const { crm, rep, manager, ask } = await open()
  const { id, dueAt } = await ask()
  // Monday 2026-03-02 and five working days.
  expect(new Date(dueAt).toISOString()).toBe('2026-03-09T16:00:00.000Z')
  expect(await rep.records(approval).get(id)).toMatchObject({ state: 'pending', requestedBy: 'li', ownerId: 'li' })
  expect(await manager.run(decideApproval, { id, approve: true, note: '老客户' })).toEqual({ ok: true, value: { state: 'approved' } })
  expect(await rep.records(approval).get(id)).toMatchObject({
    state: 'approved',
    decidedBy: 'wang',
    note: '老客户',
    decidedAt: crm.clock.now,
  })
  expect(seen).toEqual(['contract.discount approved'])
})

test('each kind of approval may have its own time, and its approver be a person', async () => {
  const { crm, ask } = await open()
  await crm.user().settings.set([{ key: 'approval.expiry', level: 'place', target: 'contract.discount', value: '4wh' }])
  const { dueAt } = await ask({ approverId: 'zhao', approverRole: undefined })
  expect(new Date(dueAt).toISOString()).toBe('2026-03-02T06:30:00.000Z')
  const { id } = await ask({ approverId: 'zhao' })
  const zhao = crm.user({ id: 'zhao', roles: ['rep'] })
  expect((await zhao.run(decideApproval, { id, approve: true })).ok).toBe(true)
})

test('nobody decides about their own, about what is not theirs, twice, too late, or rejects without a word', async () => {
  const { crm, rep, manager, ask } = await open()
  const { id } = await ask()
  expect(codes(await rep.run(decideApproval, { id, approve: true }))).toEqual(['not_approver'])
  const both = crm.user({ id: 'li', roles: ['rep', 'manager'] })
  expect(codes(await both.run(decideApproval, { id, approve: true }))).toEqual(['own_request'])
  expect((await rep.preview(decideApproval, { id, approve: false })).reasons.map(({ code }) => code)).toEqual([
    'not_approver',
    'own_request',
    'note_required',
  ])
  expect(codes(await manager.run(decideApproval, { id, approve: false }))).toEqual(['note_required'])
  await manager.run(decideApproval, { id, approve: false, note: '太低' })
  expect(codes(await manager.run(decideApproval, { id, approve: true }))).toEqual(['approval_decided'])
  const late = await ask()
  crm.clock.now = late.dueAt
  expect(codes(await manager.run(decideApproval, { id: late.id, approve: true }))).toEqual(['approval_expired'])
  expect(codes(await manager.run(decideApproval, { id: '0198f3a0-7c1e-7abc-8def-0123456789ab', approve: true }))).toEqual([
    'record_missing',
  ])
})

test('one’s own may be decided where the settings say so', async () => {
  const { crm, ask } = await open()
  const { id } = await ask()
  await crm.user().settings.set([{ key: 'approval.own', level: 'place', target: 'contract.discount', value: true }])
  const both = crm.user({ id: 'li', roles: ['rep', 'manager'] })
  expect((await both.run(decideApproval, { id, approve: true })).ok).toBe(true)
})

test('a request without an approver, or to oneself alone, is denied', async () => {
  const { rep } = await open()
  const request = { kind: 'x', title: 'y' }
  expect(codes(await rep.run(requestApproval, request))).toEqual(['approver_missing'])
  expect(codes(await rep.run(requestApproval, { ...request, approverId: 'li' }))).toEqual(['own_request'])
})

test('only whoever asked withdraws, and only what is open', async () => {
  const { rep, manager, ask } = await open()
  const { id } = await ask()
  expect(codes(await manager.run(withdrawApproval, { id }))).toEqual(['not_requester'])
  expect((await rep.run(withdrawApproval, { id })).ok).toBe(true)
  expect(codes(await manager.run(decideApproval, { id, approve: true }))).toEqual(['approval_decided'])
  expect(seen).toEqual(['contract.discount withdrawn'])
})

test('what nobody decides expires', async () => {
  const { crm, rep, ask } = await open()
  const { id, dueAt } = await ask()
  crm.clock.now = dueAt - 1
  expect(await crm.user().run(expireApprovals, {})).toEqual({ ok: true, value: { expired: 0 } })
  crm.clock.now = dueAt
  expect(await crm.user().run(expireApprovals, {})).toEqual({ ok: true, value: { expired: 1 } })
  expect((await rep.records(approval).get(id)).state).toBe('expired')
  expect(codes(await rep.run(expireApprovals, {}))).toEqual(['no_permission'])
})

test('nobody makes, rewrites or deletes one by hand', async () => {
  const { rep, ask } = await open()
  const { id } = await ask()
  const records = rep.records(approval)
  await expect(records.create({ kind: 'x', title: 'y', approverId: 'li' })).rejects.toMatchObject({ code: 'APPROVAL_BY_COMMAND' })
  await expect(records.update({ id, version: 1 }, { approverId: 'li' })).rejects.toMatchObject({ code: 'APPROVAL_BY_COMMAND' })
  await expect(records.update({ id, version: 1 }, { state: 'approved' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  await expect(records.remove({ id, version: 1 })).rejects.toMatchObject({ code: 'APPROVAL_BY_COMMAND' })
})

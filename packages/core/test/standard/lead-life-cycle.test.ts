import { type LeadStatus, lead, leadMoves } from '@guanxi/core/standard'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hour, other, rep, standardCrm } from './standard-crm.ts'

describe('the life of a lead', () => {
  it('starts raw where nobody owns it, and owned otherwise', async () => {
    const { session, clock } = await standardCrm()
    const raw = await session.records(lead).create({ name: '王伟', phone: '138 0013 8000', ownerId: null })
    expect(raw).toMatchObject({ status: 'raw', ownerId: null, statusSince: clock.now, receivedAt: clock.now, cycleNo: 1, returnCount: 0 })
    const owned = await session.records(lead).create({ name: '李娜', ownerId: rep.id })
    expect(owned).toMatchObject({ status: 'owned', ownedSince: clock.now, firstValidFollowUpAt: null })
  })

  it('A2 counts returns and cycles, and keeps the times of its moves', async () => {
    const { session, clock } = await standardCrm()
    const leads = session.records(lead)
    let record = await leads.create({ name: '王伟', ownerId: null })
    const move = async (status: LeadStatus, more: object = {}) => {
      clock.now += hour
      record = await leads.update(record, { status, ...more })
      return record
    }
    expect(await move('owned')).toMatchObject({ ownerId: rep.id, ownedSince: clock.now, statusSince: clock.now })
    expect(await move('following')).toMatchObject({ firstValidFollowUpAt: clock.now, ownedSince: clock.now - hour })
    expect(await move('pooled')).toMatchObject({ ownerId: null, ownedSince: null, firstValidFollowUpAt: null, returnCount: 1, cycleNo: 1 })
    expect(await move('owned')).toMatchObject({ ownerId: rep.id })
    await move('following')
    expect(await move('invalid', { invalidReason: 'no_need' })).toMatchObject({ invalidReason: 'no_need', returnCount: 1 })
    expect(await move('pooled')).toMatchObject({ cycleNo: 2, returnCount: 1, invalidReason: null, ownerId: null })
  })

  it('a new owner starts over, no owner means the pool', async () => {
    const { session, clock } = await standardCrm()
    const leads = session.records(lead)
    const following = await leads.create({ name: '王伟', ownerId: rep.id, status: 'following' })
    clock.now += hour
    const passed = await leads.update(following, { ownerId: other.id })
    expect(passed).toMatchObject({ status: 'owned', ownerId: other.id, ownedSince: clock.now, firstValidFollowUpAt: null })
    expect(await leads.update(passed, { ownerId: null })).toMatchObject({ status: 'pooled', returnCount: 1 })
  })

  it('A2 refuses every move that the life cycle does not know, and says which it does', async () => {
    const { session } = await standardCrm()
    const leads = session.records(lead)
    const pooled = await leads.create({ name: '王伟', status: 'pooled' })
    const refused = leads.update(pooled, { status: 'following' })
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    const error = await refused.catch((reason) => reason)
    expect(error.toBody('en').details.issues).toMatchObject([
      {
        code: 'STANDARD_LEAD_MOVE',
        path: '/status',
        message: 'A lead cannot go from “In the pool” to “Following”.',
        hint: 'It may go to: Owned.',
      },
    ])
    expect(error.toBody('zh-CN').details.issues[0]).toMatchObject({
      message: '线索不能从「公海中」变为「跟进中」。',
      hint: '可以变为：已归属。',
    })
  })

  it('A2 any walk over statuses is allowed exactly as the table says', async () => {
    const { session } = await standardCrm()
    const leads = session.records(lead)
    const statuses = (Object.keys(leadMoves) as LeadStatus[]).filter((status) => status !== 'converted')
    const walk = fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        let record = await leads.create({ name: 'x', ownerId: null })
        for (const status of steps) {
          const legal = record.status === status || leadMoves[record.status ?? 'raw'].includes(status)
          const moved = await leads.update(record, { status, invalidReason: 'other' }).catch((error) => error)
          expect(moved instanceof Error).toBe(!legal)
          if (legal) record = moved
        }
      }),
      { numRuns: 40 },
    )
  })

  it('an invalid mark needs its reason', async () => {
    const { session } = await standardCrm()
    const record = await session.records(lead).create({ name: '王伟', ownerId: rep.id, status: 'following' })
    const error = await session
      .records(lead)
      .update(record, { status: 'invalid' })
      .catch((reason) => reason)
    expect(error.toBody('en').details.issues).toMatchObject([{ code: 'STANDARD_INVALID_REASON_REQUIRED', path: '/invalidReason' }])
  })
})

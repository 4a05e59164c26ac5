import { activity, contactPoint, customer } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { hour, standardCrm } from './standard-crm.ts'

describe('a customer', () => {
  it('has a USCC whose last character fits the others, or none', async () => {
    const { session } = await standardCrm()
    const customers = session.records(customer)
    expect(await customers.create({ name: 'a', uscc: '91350100M000100Y43' })).toMatchObject({ uscc: '91350100M000100Y43' })
    const error = await customers.create({ name: 'b', uscc: '91350100M000100Y44' }).catch((reason) => reason)
    expect(error.toBody('en').details.issues).toMatchObject([{ code: 'STANDARD_USCC_INVALID', path: '/uscc' }])
    expect(await customers.create({ name: 'c' })).toMatchObject({ uscc: null })
  })

  it('is never above itself', async () => {
    const { session } = await standardCrm()
    const customers = session.records(customer)
    const top = await customers.create({ name: 'top' })
    const middle = await customers.create({ name: 'middle', parentId: top.id })
    const low = await customers.create({ name: 'low', parentId: middle.id })
    await expect(customers.update(top, { parentId: low.id })).rejects.toMatchObject({ code: 'STANDARD_PARENT_CYCLE' })
    await expect(customers.update(top, { parentId: top.id })).rejects.toMatchObject({ code: 'STANDARD_PARENT_CYCLE' })
    expect(await customers.update(low, { parentId: top.id })).toMatchObject({ parentId: top.id })
  })
})

describe('a contact point', () => {
  it.each([
    ['phone', '138 0013 8000', '+8613800138000'],
    ['phone', '0044 7700 900123', '+447700900123'],
    ['email', ' Mei@Example.COM ', 'mei@example.com'],
    ['wechat', 'Mei_Chen', 'mei_chen'],
    ['address', '苏州  工业园区', '苏州 工业园区'],
  ] as const)('%s %s is known as %s', async (kind, value, normalised) => {
    const { session } = await standardCrm()
    const record = await session
      .records(contactPoint)
      .create({ kind, value, subject: { object: 'lead', id: '019a3c5e-7b1f-7c44-8a55-3f0f6d1b2c3d' } })
    expect(record).toMatchObject({ normalised, consentState: 'unknown', isPrimary: false })
  })
})

describe('an activity', () => {
  it('happened now unless it says when', async () => {
    const { session, clock } = await standardCrm()
    const subject = { object: 'customer', id: (await session.records(customer).create({ name: 'a' })).id }
    expect(await session.records(activity).create({ kind: 'call', subject })).toMatchObject({ occurredAt: clock.now })
    const earlier = await session.records(activity).create({ kind: 'visit', subject, occurredAt: clock.now - hour })
    expect(earlier.occurredAt).toBe(clock.now - hour)
  })
})

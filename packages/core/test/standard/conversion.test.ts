import { activity, contact, contactPoint, conversion, customer, deal, lead } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { day, hour, rep, type StandardCrm, standardCrm } from './standard-crm.ts'

async function following({ session }: StandardCrm) {
  return session.records(lead).create({
    name: '王伟',
    companyName: '蓝海科技',
    phone: '13800138000',
    industry: 'technology',
    source: 'event',
    ownerId: rep.id,
    status: 'following',
  })
}

describe('converting a lead', () => {
  it('makes customer, contact and deal, and marks the lead', async () => {
    const world = await standardCrm()
    const { session, clock } = world
    const record = await following(world)
    clock.now += hour
    const converted = await session.service(conversion).convert(session, {
      leadId: record.id,
      version: record.version,
      deal: { name: '首单', amount: { minor: 1_200_000, currency: 'CNY' }, closeDate: '2026-05-01' },
    })
    expect(converted).toMatchObject({ status: 'converted', statusSince: clock.now, createdByConversion: ['customer', 'contact', 'deal'] })
    const made = await session.records(customer).get(converted.convertedCustomerId ?? '')
    expect(made).toMatchObject({ name: '蓝海科技', kind: 'company', industry: 'technology', source: 'event', ownerId: rep.id, phone: null })
    const person = await session.records(contact).get(converted.convertedContactId ?? '')
    expect(person).toMatchObject({ name: '王伟', customerId: made.id, phone: '+8613800138000' })
    const opened = await session.records(deal).get(converted.convertedDealId ?? '')
    expect(opened).toMatchObject({ name: '首单', customerId: made.id, contactId: person.id, amount: { minor: 1_200_000, currency: 'CNY' } })
  })

  it('joins an existing customer and makes a person where there is no company', async () => {
    const world = await standardCrm()
    const { session } = world
    const known = await session.records(customer).create({ name: '已有客户' })
    const record = await following(world)
    const joined = await session.service(conversion).convert(session, { leadId: record.id, version: record.version, customerId: known.id })
    expect(joined).toMatchObject({ convertedCustomerId: known.id, convertedDealId: null, createdByConversion: ['contact'] })
    const single = await session.records(lead).create({ name: '陈静', ownerId: rep.id, status: 'following', email: 'Jing@Example.com' })
    const { convertedCustomerId } = await session.records(lead).update(single, { status: 'converted' })
    expect(await session.records(customer).get(convertedCustomerId ?? '')).toMatchObject({
      kind: 'person',
      name: '陈静',
      email: 'jing@example.com',
    })
  })

  it('takes its other contact points to the contact', async () => {
    const world = await standardCrm()
    const { session } = world
    const record = await following(world)
    const point = await session
      .records(contactPoint)
      .create({ kind: 'wechat', value: 'WangWei_88', subject: { object: 'lead', id: record.id } })
    const { convertedContactId: id } = await session.records(lead).update(record, { status: 'converted' })
    expect((await session.records(contactPoint).get(point.id)).subject).toEqual({ object: 'contact', id })
  })

  it('leaves nothing behind when a part of it fails', async () => {
    const world = await standardCrm()
    const { session } = world
    const record = await following(world)
    const badDeal = { name: '首单', closeDate: '2026-02-31' }
    await expect(
      session.service(conversion).convert(session, { leadId: record.id, version: record.version, deal: badDeal }),
    ).rejects.toThrow()
    expect(await session.records(customer).count()).toBe(0)
    expect((await session.records(lead).get(record.id)).status).toBe('following')
  })

  it('a converted lead is neither changed nor deleted', async () => {
    const world = await standardCrm()
    const leads = world.session.records(lead)
    const converted = await leads.update(await following(world), { status: 'converted' })
    await expect(leads.update(converted, { name: 'x' })).rejects.toMatchObject({ code: 'STANDARD_LEAD_CONVERTED' })
    await expect(leads.update(converted, { status: 'following', name: 'x' })).rejects.toMatchObject({ code: 'STANDARD_LEAD_CONVERTED' })
    await expect(leads.remove(converted)).rejects.toMatchObject({ code: 'STANDARD_LEAD_CONVERTED' })
    await expect(leads.create({ name: 'x', status: 'converted' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })
})

describe('undoing a conversion', () => {
  it('A2 removes what it made and gives the lead back to its owner', async () => {
    const world = await standardCrm()
    const { session, clock } = world
    const record = await following(world)
    const converted = await session
      .service(conversion)
      .convert(session, { leadId: record.id, version: record.version, deal: { name: '首单' } })
    clock.now += 2 * hour
    const undone = await session.service(conversion).undo(session, { leadId: converted.id, version: converted.version })
    expect(undone).toMatchObject({
      status: 'following',
      ownerId: rep.id,
      convertedCustomerId: null,
      convertedDealId: null,
      createdByConversion: [],
    })
    const gone = await session.records(customer).find({ deleted: 'only' })
    expect(gone.records.map(({ id }) => id)).toEqual([converted.convertedCustomerId])
    expect(await session.records(deal).count()).toBe(0)
  })

  it('A2 is denied when an activity was added to the new customer an hour later', async () => {
    const world = await standardCrm()
    const { session, clock } = world
    const converted = await session.records(lead).update(await following(world), { status: 'converted' })
    clock.now += hour
    await session.records(activity).create({ kind: 'call', subject: { object: 'customer', id: converted.convertedCustomerId ?? '' } })
    clock.now += hour
    const undo = session.service(conversion).undo(session, { leadId: converted.id, version: converted.version })
    await expect(undo).rejects.toMatchObject({ code: 'STANDARD_HAS_LATER_RECORDS' })
    expect(await session.records(customer).count()).toBe(1)
  })

  it('A2 is possible for 24 hours, not a millisecond longer', async () => {
    const world = await standardCrm()
    const { session, clock } = world
    const converted = await session.records(lead).update(await following(world), { status: 'converted' })
    clock.now += day
    await expect(session.records(lead).update(converted, { status: 'following' })).rejects.toMatchObject({ code: 'STANDARD_UNDO_EXPIRED' })
    clock.now -= 1
    expect((await session.records(lead).update(converted, { status: 'following' })).status).toBe('following')
  })
})

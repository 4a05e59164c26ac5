import { ChannelFailure, definePlugin } from '@guanxi/core'
import { contact, contactPoint, customer, lead } from '@guanxi/core/standard'
import { messageTable } from '@guanxi/core/store'
import type { TestCrm } from '@guanxi/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, engines } from '../support/engines.ts'
import { busy, desk, handedOver, type Outbox, offer, openDesk, outbox, receipt } from './setting.ts'

const monday = Date.parse('2026-03-02T02:00:00Z')
const hour = 3_600_000
const facts = { name: '蓝海科技', by: 'ann', due: monday + 2 * hour }

describe.each(engines)('messages on $name', (engine) => {
  let database: Database
  let crm: TestCrm
  let email: Outbox
  let room: Outbox
  beforeAll(async () => {
    database = await engine.create()
    email = outbox('email')
    room = outbox('room', { reaches: 'group', repeats: 'again' })
    crm = await openDesk(database, [email, room], { recordUrl: ({ object, id }) => `https://host.example/${object}/${id}` })
  })
  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })
  beforeEach(() => {
    crm.clock.now += 30 * 24 * hour
    // Tuesday 10:00 in Shanghai, far from what earlier tests sent.
    crm.clock.now -= crm.clock.now % (7 * 24 * hour)
    crm.clock.now += 5 * 24 * hour + 2 * hour
    email.taken.length = 0
    room.taken.length = 0
  })

  test('a message is in the inbox at once and leaves by e-mail after the commit, in each reader’s words', async () => {
    const record = await crm.user().records(customer).create({ name: '蓝海科技' })
    const message = {
      template: handedOver,
      to: [{ person: 'bob' }, { person: 'cem' }],
      data: facts,
      about: { object: 'customer', id: record.id },
    }
    const sends = await crm.user().transaction(async (session) => {
      const written = await session.messages.send(message)
      await crm.flush().catch(() => {})
      expect(email.taken).toEqual([])
      return written
    })
    expect(sends.map(({ recipient, channel, state }) => [recipient, channel, state])).toEqual([
      ['person:bob', 'inbox', 'sent'],
      ['person:bob', 'email', 'queued'],
      ['person:cem', 'inbox', 'sent'],
      ['person:cem', 'email', 'queued'],
    ])
    await crm.flush()
    expect(
      email.taken
        .map(({ to, title, body, link }) => ({ to: to?.address, title, body, link: link?.url }))
        .sort((a, b) => (a.to ?? '').localeCompare(b.to ?? '')),
    ).toEqual([
      {
        to: 'bob@example.com',
        title: '安 把「蓝海科技」转给你',
        body: '请在 2026年3月2日 12:00 前跟进。',
        link: `https://host.example/customer/${record.id}`,
      },
      {
        to: 'cem@example.com',
        title: '安 handed “蓝海科技” over to you',
        body: 'Follow up by 12:00 PM on Monday.',
        link: `https://host.example/customer/${record.id}`,
      },
    ])
    const inbox = await crm.as({ id: 'cem', locale: 'en' }).messages.inbox.find()
    expect(inbox.unread).toBe(1)
    expect(inbox.entries).toMatchObject([
      { kind: 'desk.handedOver', title: '安 handed “蓝海科技” over to you', about: { object: 'customer', id: record.id }, readAt: null },
    ])
    const { sends: ledger } = await crm.user().messages.find({ recipient: 'person:bob' })
    expect(ledger[0]).toMatchObject({
      channel: 'email',
      state: 'sent',
      attempts: 1,
      receipt: `receipt ${ledger[0]?.id}`,
      actor: { kind: 'user', id: 'ada' },
    })
  })

  test('what is rolled back is not sent', async () => {
    const failing = crm.user().transaction(async (session) => {
      await session.messages.send({ template: handedOver, to: { person: 'eva' }, data: facts })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect((await crm.as({ id: 'eva' }).messages.inbox.find()).entries).toEqual([])
  })

  test('attack:J01 one key is one send to each recipient, also when two processes ask at once', async () => {
    const other = await openDesk(database, [email, room], { clock: () => crm.clock.now } as never)
    try {
      other.clock.now = crm.clock.now
      const message = { template: handedOver, to: { team: 'east' }, data: facts, key: `visit-${crm.clock.now}`, channels: ['email'] }
      const answers = await Promise.all([crm, other, crm, other].map((one) => one.user().messages.send(message)))
      expect(new Set(answers.map((sends) => sends.map(({ id }) => id).join())).size).toBe(1)
      await Promise.all([crm.flush(), other.flush(), crm.flush(), other.flush()])
      expect(email.taken.map(({ to }) => to?.address).sort()).toEqual(['bob@example.com', 'cem@example.com'])
    } finally {
      await other.close()
    }
  })

  test('who has left, is unknown, has no address or may not see the record gets nothing, and the ledger says why', async () => {
    const about = { object: 'customer', id: '0198f3a0-7c1e-7abc-8def-0123456789ab' }
    const sends = await crm.user().messages.send({
      template: handedOver,
      to: [{ person: 'dee' }, { person: 'nobody' }, { person: 'eva' }, { person: 'bob' }],
      data: facts,
      about,
      channels: ['email', 'fax'],
    })
    expect(sends.map(({ recipient, channel, state, reason }) => [recipient, channel, state, reason?.code])).toEqual([
      ['person:dee', 'email', 'suppressed', 'person_left'],
      ['person:dee', 'fax', 'suppressed', 'person_left'],
      ['person:nobody', 'email', 'suppressed', 'person_unknown'],
      ['person:nobody', 'fax', 'suppressed', 'person_unknown'],
      ['person:eva', 'email', 'suppressed', 'message_no_address'],
      ['person:eva', 'fax', 'suppressed', 'message_no_channel'],
      ['person:bob', 'email', 'suppressed', 'message_not_readable'],
      ['person:bob', 'fax', 'suppressed', 'message_no_channel'],
    ])
    for (const { reason } of sends) for (const locale of ['zh-CN', 'en']) expect(reason?.text({ locale })).not.toContain('{')
  })

  test('work waits for working hours outside the inbox, urgent work does not, and nobody away is disturbed', async () => {
    crm.clock.now += 12 * hour
    const [inbox, mail] = await crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts })
    expect(inbox).toMatchObject({ channel: 'inbox', state: 'sent' })
    expect(mail).toMatchObject({
      channel: 'email',
      state: 'queued',
      reason: { code: 'message_working_hours' },
      dueAt: crm.clock.now + 11 * hour,
    })
    await crm.flush()
    expect(email.taken).toEqual([])
    await crm.user().messages.send({ template: handedOver, to: { person: 'cem' }, data: facts, priority: 'urgent', channels: ['email'] })
    await crm.flush()
    expect(email.taken.map(({ to }) => to?.address)).toEqual(['cem@example.com'])
    crm.clock.now += 11 * hour
    await crm.flush()
    expect(email.taken.map(({ to }) => to?.address)).toEqual(['cem@example.com', 'bob@example.com'])

    const away = { id: 'cem', name: 'Cem', email: 'cem@example.com', state: 'away', teamIds: ['east'] } as const
    const back = crm.clock.now + 24 * hour
    await crm.directory.put({ tenant: 'test', people: [{ ...away, awayTo: back }] })
    const send = () => crm.user().messages.send({ template: handedOver, to: { person: 'cem' }, data: facts, channels: ['email'] })
    expect(await send()).toMatchObject([{ state: 'queued', dueAt: back, reason: { code: 'person_away_until' } }])
    await crm.directory.put({ tenant: 'test', people: [{ ...away, awayTo: null }] })
    expect(await send()).toMatchObject([{ state: 'suppressed', reason: { code: 'person_away' } }])
    await crm.directory.put({ tenant: 'test', people: [{ ...away, state: 'active' }] })
  })

  test('semantics:0.10 marketing needs a yes, a no stops service too, and a transaction goes through', async () => {
    const user = crm.user()
    const { id } = await user
      .records(contact)
      .create({ name: '王芳', email: 'wang@example.com', customerId: (await user.records(customer).create({ name: '甲' })).id })
    const to = { record: { object: 'contact', id } }
    const codes = async () =>
      (
        await Promise.all([
          user.messages.send({ template: offer, to, data: { product: '茶' } }),
          user.messages.send({ template: receipt, to, data: { total: { minor: 100, currency: 'CNY' } } }),
        ])
      )
        .flat()
        .map(({ state, reason }) => reason?.code ?? state)
    expect(await codes()).toEqual(['message_consent_unknown', 'queued'])
    const point = await user
      .records(contactPoint)
      .create({ kind: 'email', value: 'Wang@example.com', subject: { object: 'contact', id }, consentState: 'granted' })
    expect(await codes()).toEqual(['queued', 'queued'])
    // attack:V12 withdrawn while it waits
    await user.records(contactPoint).update({ id: point.id, version: point.version }, { consentState: 'withdrawn' })
    await crm.flush()
    expect(email.taken.map(({ title }) => title)).toEqual(['已收款 ¥1.00', '已收款 ¥1.00'])
    const { sends } = await user.messages.find({ recipient: `contact:${id}`, template: offer.key })
    expect(sends.map(({ state, reason }) => [state, reason?.code])).toEqual([
      ['suppressed', 'message_consent_refused'],
      ['suppressed', 'message_consent_unknown'],
    ])
  })

  test('semantics:N3 caps roll over 24 hours and seven days, defer up to 48 hours and then drop', async () => {
    const user = crm.user()
    const { id } = await user.records(lead).create({ name: '李雷', email: 'li@example.com' })
    await user
      .records(contactPoint)
      .create({ kind: 'email', value: 'li@example.com', subject: { object: 'lead', id }, consentState: 'granted' })
    const start = crm.clock.now
    const send = async () => {
      const [one] = await user.messages.send({ template: offer, to: { record: { object: 'lead', id } }, data: { product: '茶' } })
      return one && { state: one.state, code: one.reason?.code, days: (one.dueAt - start) / (24 * hour) }
    }
    expect(await send()).toEqual({ state: 'queued', code: undefined, days: 0 })
    expect(await send()).toEqual({ state: 'queued', code: 'message_cap_until', days: 1 })
    expect(await send()).toEqual({ state: 'queued', code: 'message_cap_until', days: 2 })
    expect(await send()).toEqual({ state: 'suppressed', code: 'message_cap', days: 0 })
    await user.settings.set([{ key: 'messages.deferLimit', level: 'organisation', value: '8d' }])
    expect(await send()).toEqual({ state: 'queued', code: 'message_cap_until', days: 7 })
    await user.settings.set([{ key: 'messages.deferLimit', level: 'organisation', unset: true }])
  })

  test('attack:C02 a cap holds when two processes send at once', async () => {
    const other = await openDesk(database, [email, room])
    try {
      const user = crm.user()
      other.clock.now = crm.clock.now
      const { id } = await user.records(lead).create({ name: '韩梅', email: 'han@example.com' })
      await user
        .records(contactPoint)
        .create({ kind: 'email', value: 'han@example.com', subject: { object: 'lead', id }, consentState: 'granted' })
      const message = { template: offer, to: { record: { object: 'lead', id } }, data: { product: '茶' } }
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 ? crm : other).user().messages.send(message)))
      const due = answers
        .flat()
        .filter(({ state }) => state === 'queued')
        .map(({ dueAt }) => (dueAt - crm.clock.now) / (24 * hour))
      expect(due.sort()).toEqual([0, 1, 2])
    } finally {
      await other.close()
    }
  })

  test('marketing waits for the end of the quiet hours', async () => {
    crm.clock.now += 12 * hour
    const user = crm.user()
    const { id } = await user.records(lead).create({ name: '夜', email: 'ye@example.com' })
    await user
      .records(contactPoint)
      .create({ kind: 'email', value: 'ye@example.com', subject: { object: 'lead', id }, consentState: 'granted' })
    const [one] = await user.messages.send({ template: offer, to: { record: { object: 'lead', id } }, data: { product: '茶' } })
    expect(one).toMatchObject({ state: 'queued', dueAt: crm.clock.now + 11 * hour, reason: { code: 'message_quiet_until' } })
  })

  test('a channel that is busy is tried again later, with the same id; one that refuses is not', async () => {
    email.failures.push(busy(), new ChannelFailure('slow down', { retryAfter: 5_000 }))
    const [send] = await crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, channels: ['email'] })
    await crm.flush()
    const waiting = (await crm.user().messages.find({ recipient: 'person:bob', state: 'queued' })).sends[0]
    expect(waiting).toMatchObject({ id: send?.id, attempts: 1, reason: { code: 'message_retry' } })
    crm.clock.now += 30_001
    await crm.flush()
    crm.clock.now += 4_999
    await crm.flush()
    expect(email.taken).toEqual([])
    crm.clock.now += 1
    await crm.flush()
    expect(email.taken.map(({ id, attempt }) => [id, attempt])).toEqual([[send?.id, 3]])

    email.failures.push(new ChannelFailure('no such mailbox', { permanent: true }))
    const [refused] = await crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, channels: ['email'] })
    await crm.flush()
    const failed = (await crm.user().messages.find({ state: 'failed' })).sends[0]
    expect(failed).toMatchObject({ id: refused?.id, reason: { code: 'message_refused', data: { error: 'no such mailbox' } } })
    expect(await crm.user().messages.resend(failed?.id ?? '')).toMatchObject({ state: 'queued', attempts: 0 })
    await crm.flush()
    expect(email.taken.at(-1)?.id).toBe(refused?.id)
    await expect(crm.user().messages.resend(failed?.id ?? '')).rejects.toMatchObject({ code: 'MESSAGE_STATE' })
  })

  test('attack:K04 a message that a process took and died over, while another was about to send it, is sent all the same', async () => {
    const store = database.store()
    let isTaken = true
    const overtaking = definePlugin({
      ...{ id: 'overtaking', version: '1.0.0', core: '^0.1.0', requires: { standard: '^0.1.0' } },
      setup: (plugin) =>
        plugin.gate({
          id: 'overtaking.consent',
          async check() {
            if (isTaken) return 'agreed'
            isTaken = true
            const queued = { op: 'eq', operand: { column: 'state', nullable: false }, param: 1 } as const
            await store.direct.set({ table: messageTable, columns: ['state', 'attempts'] }, ['sending', 1], queued, ['test', 'queued'])
            return 'agreed'
          },
        }),
    })
    const desks = { plugins: [desk(), overtaking()], now: crm.clock.now }
    const second = await openDesk({ store: () => store }, [email], desks as never)
    const user = second.user()
    const record = await user.records(customer).create({ name: '乙' })
    const { id } = await user.records(contact).create({ name: '李', email: 'li@example.com', customerId: record.id })
    const [send] = await user.messages.send({ template: offer, to: { record: { object: 'contact', id } }, data: { product: '茶' } })
    isTaken = false
    await second.flush()
    second.clock.now += hour
    await second.flush()
    const { sends } = await user.messages.find({ recipient: `contact:${id}` })
    await second.close()
    expect(sends).toMatchObject([{ id: send?.id, state: 'sent', attempts: 2 }])
    expect(email.taken.map((message) => message.id)).toEqual([send?.id])
  })

  test('where nobody knows whether a group got it, a person decides', async () => {
    room.failures.push(new ChannelFailure('connection reset', { maybeTaken: true }))
    const [send] = await crm.user().messages.send({ template: handedOver, to: { group: 'room' }, data: facts })
    await crm.flush()
    crm.clock.now += hour
    await crm.flush()
    expect(room.taken).toEqual([])
    expect((await crm.user().messages.find({ state: 'unknown' })).sends[0]).toMatchObject({
      id: send?.id,
      recipient: 'group:room',
      reason: { code: 'message_outcome_unknown' },
    })
    expect(await crm.user().messages.drop(send?.id ?? '')).toMatchObject({ state: 'suppressed', reason: { code: 'message_dropped' } })
  })

  test('attack:K13 what could not go for a day is not sent any more', async () => {
    const [send] = await crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, channels: ['email'] })
    crm.clock.now += 25 * hour
    await crm.flush()
    expect(email.taken).toEqual([])
    expect((await crm.user().messages.find({ recipient: 'person:bob' })).sends[0]).toMatchObject({
      id: send?.id,
      state: 'suppressed',
      reason: { code: 'message_stale' },
    })
  })

  test('an administrator mutes a channel for one person, and gives a message other words', async () => {
    const user = crm.user()
    await user.settings.set([
      { key: 'messages.channels', level: 'person', target: 'bob', value: [] },
      { key: 'desk.handedOver.text', level: 'organisation', value: { en: { title: 'Yours now: {name}', body: 'Line one\nby {by}' } } },
    ])
    const sends = await user.messages.send({
      template: handedOver,
      to: [{ person: 'bob' }, { person: 'cem' }],
      data: facts,
      channels: ['email'],
    })
    expect(sends.map(({ state, reason }) => reason?.code ?? state)).toEqual(['message_muted', 'queued'])
    await crm.flush()
    expect(email.taken).toMatchObject([{ title: 'Yours now: 蓝海科技', body: 'Line one\nby 安' }])
    expect(await user.messages.preview({ template: handedOver.key, locale: 'zh-CN' })).toMatchObject({ title: 'by 把「name」转给你' })
    expect(
      await user.messages.preview({ template: handedOver.key, locale: 'en', text: { en: { title: 'T {name}' } }, data: { name: 'x' } }),
    ).toMatchObject({ title: 'T x' })
    const refused = user.settings.set([{ key: 'desk.handedOver.text', level: 'organisation', value: { en: { title: 'Hi {secret}' } } }])
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await user.messages.templates()).find(({ key }) => key === handedOver.key)).toMatchObject({
      purpose: 'work',
      own: { en: { title: 'Yours now: {name}' } },
    })
    await user.settings.set([
      { key: 'messages.channels', level: 'person', target: 'bob', unset: true },
      { key: 'desk.handedOver.text', level: 'organisation', unset: true },
    ])
  })

  test('the inbox is one’s own: read, unread, all read, filtered, in pages; old messages go', async () => {
    const eva = crm.as({ id: 'eva', locale: 'zh-CN' }).messages.inbox
    for (let index = 0; index < 5; index++) {
      crm.clock.now += 1_000
      await crm
        .user()
        .messages.send({ template: handedOver, to: { person: 'eva' }, data: { ...facts, name: `客户 ${index}` }, channels: ['inbox'] })
    }
    const first = await eva.find({ limit: 3 })
    expect(first.entries.map(({ title }) => title)).toEqual(['安 把「客户 4」转给你', '安 把「客户 3」转给你', '安 把「客户 2」转给你'])
    const second = await eva.find({ limit: 3, cursor: first.cursor ?? '' })
    expect(second.entries.length).toBe(2)
    expect(second.cursor).toBeNull()
    const id = first.entries[0]?.id ?? ''
    expect(await crm.as({ id: 'bob' }).messages.inbox.mark([id], true)).toBeGreaterThanOrEqual(0)
    expect(await eva.unread()).toBe(5)
    expect(await eva.mark([id], true)).toBe(4)
    expect((await eva.find({ unread: true })).entries.length).toBe(4)
    expect(await eva.mark([id], false)).toBe(5)
    expect(await eva.markAll(second.entries[0]?.at ?? 0)).toBe(3)
    expect((await eva.find({ kinds: ['desk.offer'] })).entries).toEqual([])
    expect(await eva.markAll(crm.clock.now)).toBe(0)
    crm.clock.now += 40 * 24 * hour
    expect(await crm.user().messages.purge(39)).toBeGreaterThanOrEqual(5)
    expect((await eva.find()).entries).toEqual([])
  })

  test('attack:P10 a message about a record that its reader may not see any more says nothing of it', async () => {
    const record = await crm.user().records(customer).create({ name: '秘密' })
    await crm.user().messages.send({
      template: handedOver,
      to: { person: 'eva' },
      data: { ...facts, name: '秘密' },
      about: { object: 'customer', id: record.id },
    })
    await crm.user().records(customer).remove({ id: record.id, version: 'any' })
    const { entries } = await crm.as({ id: 'eva', locale: 'en' }).messages.inbox.find()
    expect(JSON.stringify(entries[0])).not.toContain('秘密')
    expect(entries[0]).toMatchObject({ about: null, body: '' })
  })

  test('wrong facts, unknown messages and unknown recipients are refused before anything is written', async () => {
    const send = (message: object) =>
      crm.user().messages.send({ template: handedOver, to: { person: 'bob' }, data: facts, ...message } as never)
    await expect(send({ template: { key: 'desk.nothing' } })).rejects.toMatchObject({ code: 'MESSAGE_UNKNOWN' })
    await expect(send({ data: { ...facts, due: 'soon' } })).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/data/due' })
    await expect(send({ data: { ...facts, secret: 'x' } })).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/data' })
    await expect(send({ to: [] })).rejects.toMatchObject({ code: 'PARAMETER_INVALID', path: '/to' })
    await expect(send({ to: { record: { object: 'product', id: '0198f3a0-7c1e-7abc-8def-0123456789ab' } } })).rejects.toMatchObject({
      path: '/to',
    })
    await expect(send({ about: { object: 'customer', id: 'x' } })).rejects.toMatchObject({ path: '/about' })
  })
})

import { ChannelFailure, type CrmOptions, defineMessage, definePlugin, type MessageChannel, type OutgoingMessage } from '@guanxi/core'
import { createTestCrm, type TestCrm } from '@guanxi/core/testing'
import type { Database } from '../support/engines.ts'

/** A hand-over to a colleague, an offer to a customer, and a receipt. */
export const handedOver = defineMessage('desk.handedOver', {
  label: { 'zh-CN': '客户转交', en: 'Handed over' },
  purpose: 'work',
  data: { name: 'text', by: 'person', due: 'instant' },
  title: { 'zh-CN': '{by} 把「{name}」转给你', en: '{by} handed “{name:short}” over to you' },
  body: { 'zh-CN': '请在 {due} 前跟进。', en: 'Follow up by {due:time} on {due:weekday}.' },
  channels: ['inbox', 'email'],
})
export const offer = defineMessage('desk.offer', {
  label: { 'zh-CN': '优惠', en: 'Offer' },
  purpose: 'marketing',
  data: { product: 'text' },
  title: { 'zh-CN': '{product} 特价', en: '{product} on sale' },
  channels: ['email'],
})
export const receipt = defineMessage('desk.receipt', {
  label: { 'zh-CN': '收据', en: 'Receipt' },
  purpose: 'transaction',
  data: { total: 'money' },
  title: { 'zh-CN': '已收款 {total}', en: 'Received {total}' },
  channels: ['email'],
})

export const desk = definePlugin({
  id: 'desk',
  version: '1.0.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  setup(plugin) {
    plugin.message(handedOver)
    plugin.message(offer)
    plugin.message(receipt)
  },
})

/** A channel that keeps what it was given, and fails when told to. */
export interface Outbox extends MessageChannel {
  readonly taken: OutgoingMessage[]
  /** Failures to come, the next first; null = takes it. */
  readonly failures: (Error | null)[]
}

export function outbox(id: string, options: Partial<Pick<MessageChannel, 'reaches' | 'repeats'>> = {}): Outbox {
  const taken: OutgoingMessage[] = []
  const failures: (Error | null)[] = []
  return {
    ...{ id, taken, failures, label: { 'zh-CN': id, en: id }, reaches: 'email', repeats: 'once', ...options },
    send: async (message) => {
      const failure = failures.shift()
      if (failure) throw failure
      taken.push(message)
      return { receipt: `receipt ${message.id}` }
    },
  }
}

export const busy = (): ChannelFailure => new ChannelFailure('busy')

/** A CRM with people: ann manages, bob and cem are in one team, dee has left. The clock stands at Monday 09:00 in Shanghai. */
export async function openDesk(
  database: Pick<Database, 'store'>,
  channels: readonly MessageChannel[],
  options: Partial<CrmOptions> = {},
): Promise<TestCrm> {
  const crm = await createTestCrm({
    store: database.store(),
    plugins: [desk()],
    channels,
    now: Date.parse('2026-03-02T02:00:00Z'),
    ...options,
  } as never)
  await crm.directory.put({
    tenant: 'test',
    teams: [{ id: 'east', name: '华东' }],
    people: [
      { id: 'ann', name: '安', roles: ['admin'], email: 'ann@example.com', locale: 'en' },
      { id: 'bob', name: '波', roles: ['rep'], teamIds: ['east'], email: 'bob@example.com', locale: 'zh-CN' },
      { id: 'cem', name: 'Cem', roles: ['rep'], teamIds: ['east'], email: 'cem@example.com', locale: 'en' },
      { id: 'dee', name: 'Dee', roles: ['rep'], teamIds: ['east'], email: 'dee@example.com', state: 'left' },
      { id: 'eva', name: 'Eva', roles: ['rep'] },
    ],
  })
  return crm
}

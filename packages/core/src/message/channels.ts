import { crmError } from '../error/crm-error.ts'
import type { MessageChannel } from './channel.ts'

const idPattern = /^[a-z][a-z0-9-]{0,59}$/

/** The channels of a CRM by id. CHANNEL_INVALID where one is no channel, or two have the same id. */
export function messageChannels(channels: readonly MessageChannel[]): ReadonlyMap<string, MessageChannel> {
  const byId = new Map<string, MessageChannel>()
  for (const channel of channels) {
    const { id } = channel
    const refuse = (reason: string) => crmError('CHANNEL_INVALID', { channel: String(id).slice(0, 100), reason })
    if (!idPattern.test(String(id))) throw refuse('its id is made of lower-case letters, digits and hyphens')
    if (id === 'inbox' || byId.has(id)) throw refuse('the id is taken')
    if (!channel.label?.['zh-CN'] || !channel.label.en) throw refuse('it needs its label in zh-CN and en')
    if (typeof channel.send !== 'function') throw refuse('it cannot send')
    byId.set(id, channel)
  }
  return byId
}

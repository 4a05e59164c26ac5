import { toActor } from '../access/to-actor.ts'
import { stateAt, workDenial } from '../directory/person-state.ts'
import { coreReasons } from '../reason/core-reasons.ts'
import { messageReasons } from '../reason/message-reasons.ts'
import type { Reason } from '../reason/reason.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { MessagePurpose } from '../template/define-message.ts'
import type { MessageChannel } from './channel.ts'
import type { RecordReference } from './message.ts'
import { contactTools, type Target } from './recipients.ts'

/** What is sent by which channel, as far as it decides whether it may go. */
export interface ReachQuestion {
  readonly target: Target
  readonly channel: string
  readonly purpose: MessagePurpose
  readonly about: RecordReference | null
}

const { make } = messageReasons

/** The inbox: people of the directory who have not gone. */
export const inboxChannel = 'inbox'

/** Where a channel finds its recipient. */
export function addressOf({ to }: Target): { readonly name: string | null; readonly address: string } | null {
  const found = to.is === 'person' ? to.person : to.is === 'contact' ? to.reach : null
  return found?.email ? { name: found.name, address: found.email } : null
}

/** Why a message must not go to somebody by a channel, whatever the hour; null = it may. Asked when it is queued, and when it goes. */
export async function reachDenial(scope: Scope, question: ReachQuestion): Promise<Reason | null> {
  const { target, channel: id } = question
  const gone = personGone(scope, target)
  if (gone) return gone
  if (id === inboxChannel) return target.to.is === 'person' ? null : make.message_channel_unfit({ channel: id })
  const channel = scope.kernel.channels.get(id)
  if (!channel) return make.message_no_channel({ channel: id })
  return unfit(target, channel) ?? (await mutedOrUnseen(scope, question, channel)) ?? (await gated(scope, question))
}

function personGone(scope: Scope, { to }: Target): Reason | null {
  if (to.is !== 'person') return null
  if (!to.person) return coreReasons.make.person_unknown({ person: to.id })
  const state = stateAt(to.person, nowOf(scope))
  return state === 'left' || state === 'suspended' ? workDenial(to.person, nowOf(scope)) : null
}

function unfit(target: Target, channel: MessageChannel): Reason | null {
  const isGroup = target.to.is === 'group'
  if (isGroup !== (channel.reaches === 'group')) return make.message_channel_unfit({ channel: channel.id })
  if (target.to.is === 'group') return target.to.channel === channel.id ? null : make.message_channel_unfit({ channel: channel.id })
  return addressOf(target) ? null : make.message_no_address({ channel: channel.id })
}

async function mutedOrUnseen(scope: Scope, { target: { to }, about }: ReachQuestion, { id }: MessageChannel): Promise<Reason | null> {
  if (to.is !== 'person' || !to.person) return null
  const { settingsReader, messageSettings, access, records } = scope.kernel
  const channels = await settingsReader(scope).get(messageSettings.channels, { person: to.id })
  if (!channels.includes(id)) return make.message_muted({ channel: id })
  if (!about) return null
  // Outside, the recipient is not there to identify themselves: their rights are those the directory knows.
  const { roles, teamIds } = to.person
  const actor = toActor({ id: to.id, roles, teamIds, tenant: scope.actor.tenant })
  if (!access.judge(actor, 'read', about.object).allowed) return make.message_not_readable()
  const seen = await records({ ...scope, actor, privileged: false }, about.object).find({ where: { id: about.id }, fields: [], limit: 1 })
  return seen.records.length > 0 ? null : make.message_not_readable()
}

async function gated(scope: Scope, { target: { to }, channel, purpose }: ReachQuestion): Promise<Reason | null> {
  if (to.is !== 'contact' || purpose === 'transaction') return null
  let agreed = false
  for (const gate of scope.kernel.contributions.gates) {
    const answer = await gate.check({ ...to.reach, purpose, channel }, contactTools(scope))
    if (answer === 'agreed') agreed = true
    else if (answer) return answer
  }
  return purpose === 'marketing' && !agreed ? make.message_consent_unknown({ purpose }) : null
}

import { definePlugin } from '@guanxi/core'
import { customer, deal, lead } from '@guanxi/core/standard'
import { ownerMessages } from './messages.ts'
import { type OwnerNoticesOptions, ownerNoticesOptions } from './options.ts'
import { tellOwner } from './tell-owner.ts'

/** 归属通知: who is given a lead, customer or deal is told so. */
export const ownerNotices = definePlugin<Required<OwnerNoticesOptions>, OwnerNoticesOptions>({
  id: 'owner-notices',
  version: '0.1.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  options: ownerNoticesOptions,
  setup(recorder, { channels }) {
    for (const [name, handle] of Object.entries({ lead, customer, deal } as const)) {
      const messages = ownerMessages(name as 'lead', channels)
      recorder.message(messages.one)
      recorder.message(messages.many)
      recorder.hook(tellOwner(handle as never, messages))
    }
  },
})

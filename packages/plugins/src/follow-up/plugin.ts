import { definePlugin } from '@guanxi/core'
import { advanceDeals } from './advance-deals.ts'
import { followLeads } from './follow-leads.ts'
import { type FollowUpOptions, followUpOptions } from './options.ts'

/** 跟进: an activity with a result moves its deal and lead on. */
export const followUp = definePlugin<Required<FollowUpOptions>, FollowUpOptions>({
  id: 'follow-up',
  version: '0.1.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  options: followUpOptions,
  setup(recorder, { kinds }) {
    recorder.hook(advanceDeals(kinds))
    recorder.hook(followLeads(kinds))
  },
})

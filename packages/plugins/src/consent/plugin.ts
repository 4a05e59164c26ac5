import { before, definePlugin, type MessageGate } from '@guanxi/core'
import { consent } from './consent.ts'
import { consentDenial } from './consent-state.ts'
import { consentReasons } from './reasons.ts'

/** Messages go by what was said about their purpose. */
const saidOf: MessageGate = {
  id: 'consent.said',
  check: async ({ subject, purpose, contactPointId }, tools) => {
    const reason = await consentDenial(tools, { subject, purpose, contactPointId })
    if (reason === null) return 'agreed'
    return reason.code === 'consent_unknown' ? null : reason
  },
}

/** 授权: what people said about each purpose, with source and time; later words are added, never written over. */
export const consents = definePlugin({
  id: 'consent',
  version: '0.1.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  setup(recorder) {
    recorder.object(consent)
    recorder.reasons(consentReasons)
    recorder.gate(saidOf)
    recorder.errors({
      CONSENT_KEPT: {
        message: { 'zh-CN': '授权记录不能修改或删除，请新增一条。', en: 'What was said is not rewritten; add what is said now.' },
      },
    })
    recorder.hook(
      before(consent, { id: 'dated', on: ['create'], reads: ['at'] }, (change, context) => {
        if (typeof change.next.at !== 'number') change.set({ at: context.now })
      }),
    )
    recorder.hook(before(consent, { id: 'kept', on: ['update', 'delete'], reads: [] }, (_, context) => context.reject('CONSENT_KEPT')))
  },
})

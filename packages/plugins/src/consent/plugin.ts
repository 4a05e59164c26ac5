import { before, definePlugin } from '@guanxi/core'
import { consent } from './consent.ts'
import { consentReasons } from './reasons.ts'

/** 授权: what people said about each purpose, with source and time; later words are added, never written over. */
export const consents = definePlugin({
  id: 'consent',
  version: '0.1.0',
  core: '^0.1.0',
  requires: { standard: '^0.1.0' },
  setup(recorder) {
    recorder.object(consent)
    recorder.reasons(consentReasons)
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

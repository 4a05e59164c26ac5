import { defineReasons } from '@guanxi/core'

/** Why somebody may not be contacted. */
export const consentReasons = defineReasons({
  consent_unknown: {
    data: { purpose: 'text' },
    message: { 'zh-CN': '对方没有同意用于「{purpose}」。', en: 'They have not agreed to “{purpose}”.' },
  },
  consent_refused: { data: { purpose: 'text' }, message: { 'zh-CN': '对方拒绝用于「{purpose}」。', en: 'They have refused “{purpose}”.' } },
})

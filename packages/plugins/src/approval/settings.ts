import { defineSetting } from '@guanxi/core'

/** How long an approver has. `places` are the kinds of approvals, so that each may have its own. */
export const expiry = defineSetting('approval.expiry', {
  type: 'duration',
  default: '5wd',
  stricter: 'lower',
  label: { 'zh-CN': '审批时限', en: 'Time to decide' },
  help: { 'zh-CN': '到期仍未决定即过期。', en: 'What is not decided by then expires.' },
})

/** May somebody decide about their own request? */
export const ownAllowed = defineSetting('approval.own', {
  type: 'boolean',
  default: false,
  stricter: 'false',
  label: { 'zh-CN': '可审批自己的申请', en: 'Own requests may be decided' },
})

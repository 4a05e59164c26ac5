import { defineReasons } from '@guanxi/core'

/** Why an approval cannot be asked for, decided or withdrawn. */
export const approvalReasons = defineReasons({
  approver_missing: {
    message: { 'zh-CN': '没有审批人。', en: 'Nobody is named who could decide.' },
    hint: { 'zh-CN': '指定审批人或审批角色。', en: 'Name an approver or a role.' },
  },
  approval_decided: { data: { state: 'words' }, message: { 'zh-CN': '这项审批{state}。', en: 'This approval is {state} already.' } },
  approval_expired: { data: { due: 'instant' }, message: { 'zh-CN': '审批已于 {due} 过期。', en: 'The approval expired at {due}.' } },
  not_approver: { message: { 'zh-CN': '你不是这项审批的审批人。', en: 'You are not an approver of this.' } },
  own_request: { message: { 'zh-CN': '不能审批自己的申请。', en: 'Nobody decides about their own request.' } },
  not_requester: { message: { 'zh-CN': '只有申请人可以撤回。', en: 'Only whoever asked may withdraw it.' } },
  note_required: { message: { 'zh-CN': '驳回时要写明理由。', en: 'A rejection needs its reason.' } },
})

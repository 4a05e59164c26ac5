import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'

const approvalDefinition = defineObject(
  'approval',
  {
    type: 'object',
    required: ['kind', 'title'],
    properties: {
      kind: {
        kind: 'text',
        maxLength: 100,
        index: true,
        label: { 'zh-CN': '审批事项', en: 'Matter' },
        help: { 'zh-CN': '由哪个流程发起，如 contract.discount。', en: 'Which process asks, such as contract.discount.' },
      },
      title: { kind: 'text', maxLength: 200, label: { 'zh-CN': '标题', en: 'Title' } },
      details: { kind: 'longText', maxLength: 4_000, label: { 'zh-CN': '说明', en: 'Details' } },
      subject: { kind: 'anyReference', index: true, label: { 'zh-CN': '相关记录', en: 'About' } },
      approverId: { kind: 'user', index: true, label: { 'zh-CN': '审批人', en: 'Approver' } },
      approverRole: { kind: 'text', maxLength: 200, label: { 'zh-CN': '审批角色', en: 'Approvers with the role' } },
      state: {
        kind: 'choice',
        readOnly: true,
        default: 'pending',
        options: [
          { value: 'pending', label: { 'zh-CN': '待审批', en: 'Pending' } },
          { value: 'approved', label: { 'zh-CN': '已通过', en: 'Approved' } },
          { value: 'rejected', label: { 'zh-CN': '已驳回', en: 'Rejected' } },
          { value: 'withdrawn', label: { 'zh-CN': '已撤回', en: 'Withdrawn' } },
          { value: 'expired', label: { 'zh-CN': '已过期', en: 'Expired' } },
        ],
        label: { 'zh-CN': '状态', en: 'State' },
      },
      requestedBy: { kind: 'user', readOnly: true, label: { 'zh-CN': '申请人', en: 'Requested by' } },
      dueAt: { kind: 'instant', readOnly: true, index: true, label: { 'zh-CN': '截止时间', en: 'Due' } },
      decidedBy: { kind: 'user', readOnly: true, label: { 'zh-CN': '决定人', en: 'Decided by' } },
      decidedAt: { kind: 'instant', readOnly: true, label: { 'zh-CN': '决定时间', en: 'Decided' } },
      note: { kind: 'text', maxLength: 2_000, readOnly: true, label: { 'zh-CN': '理由', en: 'Why' } },
    },
  },
  {
    label: { 'zh-CN': '审批', en: 'Approval' },
    pluralLabel: { 'zh-CN': '审批', en: 'Approvals' },
    nameField: 'title',
    columns: ['title', 'kind', 'state', 'requestedBy', 'approverId', 'approverRole', 'dueAt'],
  },
)

/** 审批: something that somebody has to allow first. */
export interface Approval extends RecordOf<typeof approvalDefinition> {}

export const approval: ObjectHandle<Approval> = approvalDefinition

export { type Approval, approval } from './approval.ts'
export { type ApprovalRequest, decideApproval, expireApprovals, requestApproval, withdrawApproval } from './commands.ts'
export { approvals } from './plugin.ts'

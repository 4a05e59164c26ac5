export {
  type Approval,
  type ApprovalRequest,
  approval,
  approvals,
  decideApproval,
  expireApprovals,
  requestApproval,
  withdrawApproval,
} from './approval/index.ts'
export {
  type Consent,
  type ConsentQuestion,
  type ConsentState,
  consent,
  consentDenial,
  consentState,
  consents,
  stricterConsent,
} from './consent/index.ts'
export { type FollowUpOptions, followUp } from './follow-up/index.ts'
export { type Overridable, type OverridableOptions, type OverrideInput, overridable, overrideReasons } from './override/index.ts'
export { type OwnerNoticesOptions, ownerNotices } from './owner-notices/index.ts'

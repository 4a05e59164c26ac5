export { coreReasons } from './core-reasons.ts'
export { defineReasons, type ReasonDefinition, type ReasonMakers, type Reasons, type ReasonTable } from './define-reasons.ts'
export { Reason, type ReasonBody, type StoredReason } from './reason.ts'
export type { ReasonData, ReasonValues, ReasonView } from './reason-data.ts'

export { type FollowUpOptions, followUp } from './follow-up/index.ts'

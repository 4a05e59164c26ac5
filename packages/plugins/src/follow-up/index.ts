export type { FollowUpOptions } from './options.ts'
export { followUp } from './plugin.ts'

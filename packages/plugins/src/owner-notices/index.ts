export type { OwnerNoticesOptions } from './options.ts'
export { ownerNotices } from './plugin.ts'

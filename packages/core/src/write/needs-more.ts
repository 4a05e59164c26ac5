import type { HookRecord } from '../hook/hook-record.ts'

/** Thrown where rules must know more of the record than a write without reading knows. */
export class NeedsRecord extends Error {
  override readonly name = 'NeedsRecord'
}

/** Thrown where rules have more to do than one statement can, and no transaction is open. */
export class NeedsUnit extends Error {
  override readonly name = 'NeedsUnit'
}

/** Have rules anything to do after the write? */
export const hasMore = ({ outcome }: HookRecord): boolean => outcome !== null && (outcome.after.length > 0 || outcome.shadow.length > 0)

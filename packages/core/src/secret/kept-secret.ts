import type { Sealer } from './sealed.ts'

/** A secret as it is kept. */
export interface KeptSecret {
  readonly sealed: string
  readonly createdAt: number
  /** It counts before; null = for good. */
  readonly until: number | null
}

/** How many count at once: rotating faster than that ends the oldest. */
const most = 3

/** A new secret first; those before it count for a while. Those that are over go. */
export function rotated(secrets: readonly KeptSecret[], sealed: string, now: number, overlap: number): readonly KeptSecret[] {
  const until = now + overlap
  const before = current(secrets, now).map((one) => ({ ...one, until: one.until === null ? until : Math.min(one.until, until) }))
  return [{ sealed, createdAt: now, until: null }, ...before.filter((one) => one.until > now)].slice(0, most)
}

/** The secrets that count now, opened; without those under keys that are lost. Throws SECRET_UNREADABLE where none is left. */
export function openSecrets(secrets: readonly KeptSecret[], sealer: Sealer, place: string, now: number): readonly string[] {
  const opened: string[] = []
  let failure: unknown = null
  for (const { sealed } of current(secrets, now)) {
    try {
      opened.push(sealer.open(sealed, place))
    } catch (error) {
      failure = error
    }
  }
  if (failure !== null && opened.length === 0) throw failure
  return opened
}

/** Those that count now, the newest first. */
export function current(secrets: readonly KeptSecret[], now: number): readonly KeptSecret[] {
  return secrets.filter(({ until }) => until === null || until > now)
}

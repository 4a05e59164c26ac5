import type { RawRow } from '../store/port.ts'

/** A job that a worker has taken. */
export interface ClaimedJob {
  readonly tenant: string
  readonly job: string
  readonly key: string
  /** Of the input that was claimed; a later one under the same key has another. */
  readonly id: string
  readonly input: unknown
  readonly attempt: number
  readonly attempts: number
  readonly actor: { readonly kind: string; readonly id: string }
  readonly lease: string
  /** Its last try, and none of those before ever told how it ended: whoever ran it died. */
  readonly isSuspect: boolean
}

/** Reads a claimed row. */
export function claimedJob(row: RawRow): ClaimedJob {
  const [attempt, attempts] = [Number(row.attempts), Number(row.max_attempts)]
  return {
    tenant: String(row.tenant_id),
    job: String(row.job),
    key: String(row.key),
    id: String(row.id),
    input: typeof row.input === 'string' ? JSON.parse(row.input) : row.input,
    attempt,
    attempts,
    actor: { kind: String(row.actor_kind), id: String(row.actor_id) },
    lease: String(row.lease),
    isSuspect: attempts > 1 && attempt === attempts && row.error === null,
  }
}

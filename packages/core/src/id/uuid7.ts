import { v7 } from 'uuid'
import { randomBytes16 } from './random-pool.ts'

/** Source of a regular expression for any UUID. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'

const uuid = new RegExp(uuidPattern)

let lastMs = 0
let sequence = 0

/** A new UUIDv7: later ids of one process sort after earlier ones, also within a millisecond. */
export function newId(): string {
  const random = randomBytes16()
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    // Half of the range is left to count up in.
    sequence = ((random[0] ?? 0) << 16) | ((random[1] ?? 0) << 8) | (random[2] ?? 0)
  } else sequence += 1
  return v7({ random, msecs: lastMs, seq: sequence })
}

/** Is it a UUID of any version? */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && uuid.test(value)
}

import { v7 } from 'uuid'

/** Source of a regular expression for any UUID. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'

const uuid = new RegExp(uuidPattern)

/** A new UUIDv7: later ids of one process sort after earlier ones. */
export function newId(): string {
  return v7()
}

/** Is it a UUID of any version? */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && uuid.test(value)
}

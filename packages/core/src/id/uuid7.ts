import { randomHex } from './random-hex.ts'

/** Source of a regular expression for any UUID. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'

const uuid = new RegExp(uuidPattern)

let lastMs = 0
let sequence = 0
/** The first 13 characters: the time. */
let head = ''

/** Of the 26 bits that count within a millisecond, this many start at random. */
const startBits = 24

/** A new UUIDv7: later ids of one process sort after earlier ones, also within a millisecond. */
export function newId(): string {
  const now = Date.now()
  if (now > lastMs) begin(now)
  else if (sequence < 2 ** 26 - 1) sequence += 1
  else begin(lastMs + 1)
  const high = 0x7000 | (sequence >>> 14)
  const low = 0x8000 | (sequence & 0x3fff)
  return `${head}-${high.toString(16)}-${low.toString(16)}-${randomHex(6)}`
}

function begin(milliseconds: number): void {
  lastMs = milliseconds
  sequence = Number.parseInt(randomHex(startBits / 8), 16)
  const time = milliseconds.toString(16).padStart(12, '0')
  head = `${time.slice(0, 8)}-${time.slice(8)}`
}

/** Is it a UUID of any version? */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && uuid.test(value)
}

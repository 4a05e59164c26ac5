import { drawRandom, randomPool } from './random-hex.ts'

/** Source of a regular expression for any UUID. */
export const uuidPattern = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$'

const uuid = new RegExp(uuidPattern)

let lastMs = 0
let sequence = 0

/** Of the 26 bits that count within a millisecond, this many bytes start at random. */
const startBytes = 3
const randomBytes = 6

/** The letters of the id in the making: put together here, it becomes one string instead of a dozen. */
const letters = Buffer.from('00000000-0000-7000-8000-000000000000', 'latin1')
const digits = Buffer.from('0123456789abcdef', 'latin1')
const at = { time: 0, high: 14, low: 19, random: 24 } as const

/** A new UUIDv7: later ids of one process sort after earlier ones, also within a millisecond. */
export function newId(): string {
  const now = Date.now()
  if (now > lastMs) begin(now)
  else if (sequence < 2 ** 26 - 1) sequence += 1
  else begin(lastMs + 1)
  const random = drawRandom(randomBytes)
  putFour(at.high, 0x7000 | (sequence >>> 14))
  putFour(at.low, 0x8000 | (sequence & 0x3fff))
  for (let index = 0; index < randomBytes; index++) putTwo(at.random + 2 * index, randomPool[random + index] ?? 0)
  return letters.toString('latin1')
}

function begin(milliseconds: number): void {
  lastMs = milliseconds
  sequence = randomPool.readUIntBE(drawRandom(startBytes), startBytes)
  const time = milliseconds.toString(16).padStart(12, '0')
  letters.write(`${time.slice(0, 8)}-${time.slice(8)}`, at.time, 'latin1')
}

function putFour(place: number, value: number): void {
  putTwo(place, value >>> 8)
  putTwo(place + 2, value & 0xff)
}

function putTwo(place: number, value: number): void {
  letters[place] = digits[value >>> 4] ?? 0
  letters[place + 1] = digits[value & 15] ?? 0
}

/** Is it a UUID of any version? */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && value.length === 36 && uuid.test(value)
}

import { isUtf8 } from 'node:buffer'
import { type ByteSource, pieces } from '../byte-source.ts'

export interface Utf8Scan {
  /** Where the first invalid byte is; null for a file that is UTF-8 throughout. */
  readonly invalidAt: number | null
  /** Up to a few megabytes around what was invalid, to guess the encoding from. */
  readonly sample: Buffer
}

const sampleSize = 4 * 1024 * 1024

/** Looks at every byte: a file that is ASCII for a hundred megabytes may still end in GB18030. */
export async function scanUtf8(source: ByteSource, start: number): Promise<Utf8Scan> {
  const bad: Buffer[] = []
  let sampled = 0
  let invalidAt: number | null = null
  let position = start
  let carried = Buffer.alloc(0)
  for await (const piece of pieces(source, start, source.size, 1024 * 1024)) {
    const whole = carried.length > 0 ? Buffer.concat([carried, piece]) : piece
    position += piece.length
    const cut = position < source.size ? unfinished(whole) : 0
    const checked = whole.subarray(0, whole.length - cut)
    carried = Buffer.from(whole.subarray(whole.length - cut))
    if (isUtf8(checked)) continue
    invalidAt ??= position - whole.length + firstInvalid(checked)
    bad.push(checked)
    sampled += checked.length
    if (sampled >= sampleSize) break
  }
  return { invalidAt, sample: Buffer.concat(bad) }
}

/** Bytes of a character that the end of a piece cuts off. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1
  if (lead < 0xc2) return 0
  if (lead < 0xe0) return 2
  if (lead < 0xf0) return 3
  return lead < 0xf5 ? 4 : 0
}

/** Length of the valid sequence at a place; 0 when it is none. */
export function validSequence(bytes: Buffer, at: number): number {
  const length = sequenceLength(bytes[at] ?? 0xff)
  for (let next = 1; next < length; next += 1) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

function firstInvalid(bytes: Buffer): number {
  let at = 0
  for (let length = validSequence(bytes, 0); length > 0; length = validSequence(bytes, at)) at += length
  return Math.min(at, bytes.length)
}

/** Number of the line that holds a byte. */
export async function lineOf(source: ByteSource, position: number): Promise<number> {
  let line = 1
  for await (const piece of pieces(source, 0, position)) {
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) line += 1
  }
  return line
}

import type { KindName } from './schema.ts'

/** How much of a field is seen: nothing, as if it were not there; that there is a value, but not which; all of it. */
export type FieldReading = 'none' | 'masked' | 'full'

/**
 * What somebody may do with a field. `none`: it is not there. `masked`: seen masked. `read`: seen. `write`: seen and set. Or each by
 * itself; `reveal`: a masked value may be asked for one by one, which is written down.
 */
export type FieldRight =
  | 'none'
  | 'masked'
  | 'read'
  | 'write'
  | { readonly read: FieldReading; readonly write?: boolean; readonly reveal?: boolean }

/** Rights on a field by role; `*` = every role that is not named. */
export type FieldAccess = Readonly<Record<string, FieldRight>>

/** A right spelled out. */
export interface FieldMay {
  readonly read: FieldReading
  readonly write: boolean
  readonly reveal: boolean
}

/** No restriction. */
export const fullMay: FieldMay = Object.freeze({ read: 'full', write: true, reveal: true })

const named: Readonly<Record<'none' | 'masked' | 'read' | 'write', FieldMay>> = {
  none: { read: 'none', write: false, reveal: false },
  masked: { read: 'masked', write: false, reveal: false },
  read: { read: 'full', write: false, reveal: true },
  write: fullMay,
}

const readings: readonly FieldReading[] = ['none', 'masked', 'full']
const maskable: readonly KindName[] = ['text', 'longText', 'phone', 'email', 'url']

/** A right as its author wrote it. Check it with {@link fieldRightProblem} first. */
export function mayOf(right: FieldRight): FieldMay {
  if (typeof right === 'string') return named[right]
  const { read, write = false, reveal = false } = right
  return { read, write, reveal: reveal || read === 'full' }
}

/** The wider of two. */
export function widerMay(a: FieldMay, b: FieldMay): FieldMay {
  return {
    read: readings[Math.max(readings.indexOf(a.read), readings.indexOf(b.read))] ?? 'none',
    write: a.write || b.write,
    reveal: a.reveal || b.reveal,
  }
}

/** What is wrong with a right for a field of a kind, in words; null when nothing is. */
export function fieldRightProblem(kind: KindName, right: unknown): string | null {
  const words = 'it must be none, masked, read, write, or { read, write, reveal }'
  if (typeof right === 'string' && !Object.hasOwn(named, right)) return words
  if (typeof right !== 'string') {
    if (typeof right !== 'object' || right === null) return words
    const { read, write, reveal, ...rest } = right as Record<string, unknown>
    const areFlags = [write, reveal].every((flag) => flag === undefined || typeof flag === 'boolean')
    if (Object.keys(rest).length > 0 || !areFlags || !readings.some((one) => one === read)) return words
  }
  if (mayOf(right as FieldRight).read === 'masked' && !maskable.includes(kind)) return `a ${kind} cannot be masked; use none or read`
  return null
}

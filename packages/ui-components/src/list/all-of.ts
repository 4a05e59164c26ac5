import type { RecordValues } from '../client/types.ts'

/** Several conditions as one; those on different fields side by side, as people write them. */
export function allOf(parts: readonly RecordValues[]): RecordValues {
  const real = parts.filter((part) => Object.keys(part).length > 0)
  const [first] = real
  if (!first || real.length === 1) return first ?? {}
  const keys = real.flatMap(Object.keys)
  const isPlain = new Set(keys).size === keys.length && !keys.some((key) => key === 'and' || key === 'or' || key === 'not')
  // A host's condition stays recognisable as its own.
  return isPlain && real.every((part) => isOfOneField(part)) ? Object.assign({}, ...real) : { and: [...real] }
}

function isOfOneField(part: RecordValues): boolean {
  const [value] = Object.values(part)
  return Object.keys(part).length === 1 && typeof value === 'object'
}

/** What a reader asks for beside what the host does. */
export function within(own: RecordValues | null, asked: RecordValues): RecordValues {
  return own !== null && Object.keys(own).length > 0 ? allOf([own, asked]) : asked
}

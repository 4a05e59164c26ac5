const longest = 1_000
const deepest = 16

/**
 * Text that is equal for equal JSON, null for what is long, deep, or not plain JSON (dates, undefined, objects of a class), where
 * different values could have the same text.
 */
export function plainText(value: unknown, depth = 0): string | null {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null
  if (typeof value === 'string') return value.length > longest ? null : JSON.stringify(value)
  if (typeof value !== 'object' || depth > deepest) return null
  return Array.isArray(value) ? joined(value.length, '[', (index) => plainText(value[index], depth + 1)) : objectText(value, depth)
}

function objectText(value: object, depth: number): string | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return null
  const entries = Object.entries(value)
  return joined(entries.length, '{', (index) => {
    const [key, part] = entries[index] as [string, unknown]
    const text = plainText(part, depth + 1)
    return text === null ? null : `${JSON.stringify(key)}:${text}`
  })
}

function joined(length: number, open: string, textOf: (index: number) => string | null): string | null {
  let all = open
  for (let index = 0; index < length; index++) {
    const text = textOf(index)
    if (text === null || all.length > longest) return null
    all += `${text},`
  }
  return all
}

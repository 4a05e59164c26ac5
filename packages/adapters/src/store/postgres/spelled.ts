import { arrayText } from './array-text.ts'

/** A value as the text that the server reads it from. */
export function spelled(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

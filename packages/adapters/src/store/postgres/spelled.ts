import { ArrayText, arrayText } from './array-text.ts'

/** A value as it is sent: as a text, or as nothing. */
export type Spelled = string | ArrayText | null

/** A value as what the server reads it from. */
export function spelled(value: unknown): Spelled {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return null
  if (value instanceof ArrayText) return value
  if (Array.isArray(value)) return arrayText(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

import { isBlank } from '../client/record.ts'

/** A field's value as a form entry: lists as several entries, objects as JSON, nothing as no entry at all. */
export function toFormValue(name: string, value: unknown): FormData | string | null {
  if (isBlank(value) || !name) return null
  if (Array.isArray(value)) {
    const data = new FormData()
    for (const one of value) data.append(name, String(one))
    return data
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

import type { Content } from './cell-content.ts'
import { type Reading, type Refused, refuse } from './converted.ts'

const shape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads the id of a record, as an export writes it. */
export function readId(content: Content): Reading<string> | Refused {
  const text = content.kind === 'text' ? content.text.trim().toLowerCase() : ''
  return shape.test(text) ? { value: text, codes: [] } : refuse('VALUE_TYPE', { expected: 'id' })
}

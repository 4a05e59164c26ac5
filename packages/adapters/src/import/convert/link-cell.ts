import type { FieldDefinition } from '@guanxi/core'
import { type Reading, type Refused, refuse } from './converted.ts'
import { splitList } from './list.ts'
import type { ConvertOptions, Found } from './options.ts'
import type { RepairCode } from './repairs.ts'

/** `customer: Blue Sea [0198…]`: says itself what it points to. */
const explicit = /^([a-z][a-z0-9_]*):(?: .*)? \[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]$/isu

/** Reads a text into what it names: a record, a person, or several records. */
export function readLink(text: string, field: FieldDefinition, { find }: ConvertOptions): Reading | Refused {
  const anywhere = field.kind === 'anyReference' ? explicit.exec(text.trim()) : null
  if (anywhere) return { value: { object: anywhere[1], id: anywhere[2]?.toLowerCase() }, codes: [] }
  if (!find) return refuse('IMPORT_REFERENCE_MISSING', { value: text.slice(0, 100) })
  if (field.kind === 'links') return readLinks(text, find)
  const found = find(text.trim())
  if ('refused' in found) return found
  const codes = found.code ? [found.code] : []
  if (field.kind === 'anyReference') return { value: { object: found.object, id: found.id }, codes }
  return { value: found.id, codes }
}

/** A name may hold a comma itself, so the whole cell is tried first. */
function readLinks(text: string, find: (text: string, probe?: boolean) => Found): Reading<string[]> | Refused {
  const parts = splitList(text)
  const whole = find(text.trim(), parts.length > 1)
  if (!('refused' in whole)) return { value: [whole.id], codes: whole.code ? [whole.code] : [] }
  if (parts.length === 0 || parts[0] === text.trim()) return whole
  const ids = new Set<string>()
  const codes: RepairCode[] = []
  for (const part of parts) {
    const found = find(part)
    if ('refused' in found) return found
    ids.add(found.id)
    if (found.code) codes.push(found.code)
  }
  return { value: [...ids].sort(), codes }
}

import { mask } from '../privacy/mask.ts'
import type { FieldDefinition } from './definition.ts'

/** A decoded value as its reader sees it: masked where the field is. */
export function shownValue({ masked }: FieldDefinition, value: unknown): unknown {
  return masked === undefined || typeof value !== 'string' ? value : mask(masked, value)
}

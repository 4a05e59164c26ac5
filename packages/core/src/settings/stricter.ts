import { nominalLength, parseDuration } from '../time/duration.ts'
import type { SettingDefinition } from './setting.ts'

/** Is `a` stricter than `b`? No limit never is, and where nothing says what is stricter neither of two values is. */
export function isStricter(definition: SettingDefinition, a: unknown, b: unknown): boolean {
  const { stricter, type } = definition
  if (stricter === undefined || a === b || a === null) return false
  if (b === null) return true
  if (typeof stricter !== 'string') return stricter.indexOf(String(a)) < stricter.indexOf(String(b))
  if (stricter === 'true' || stricter === 'false') return a === (stricter === 'true')
  const [one, other] = type === 'duration' ? [lengthOf(a), lengthOf(b)] : [Number(a), Number(b)]
  return stricter === 'lower' ? one < other : one > other
}

function lengthOf(value: unknown): number {
  return nominalLength(parseDuration(String(value)))
}

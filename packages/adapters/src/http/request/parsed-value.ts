import { crmError } from '@guanxi/core'
import { checkKey, type JsonLimits } from './json-scan.ts'

/** Judges a value that the host's own middleware has parsed by the same limits as text. `size` is a lower bound of its bytes. */
export function checkParsed(value: unknown, limits: JsonLimits, size: number): void {
  let keys = 0
  let characters = 0
  const walk = (part: unknown, depth: number): void => {
    if (typeof part === 'string') weigh(part)
    if (typeof part !== 'object' || part === null) return
    if (depth > limits.depth) throw crmError('JSON_TOO_DEEP', { limit: limits.depth })
    for (const key of Object.keys(part)) {
      if (!Array.isArray(part)) count(key)
      walk((part as Record<string, unknown>)[key], depth + 1)
    }
  }
  const count = (key: string): void => {
    keys += 1
    if (keys > limits.keys) throw crmError('JSON_TOO_MANY_KEYS', { limit: limits.keys })
    checkKey(key)
    weigh(key)
  }
  const weigh = (text: string): void => {
    characters += text.length
    if (characters > size) throw crmError('BODY_TOO_LARGE', { limit: size })
  }
  walk(value, 1)
}

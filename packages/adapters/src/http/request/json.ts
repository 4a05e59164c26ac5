import { crmError } from '@guanxi/core'
import { type JsonLimits, scanJson } from './json-scan.ts'

/** JSON text as a value. What it may cost is judged before anything is built from it. */
export function parseJson(text: string, limits: JsonLimits): unknown {
  scanJson(text, limits)
  try {
    return JSON.parse(text)
  } catch {
    throw crmError('JSON_INVALID')
  }
}

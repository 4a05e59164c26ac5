import { crmError } from '@guanxi/core'
import type { Exchange } from '../exchange.ts'
import { invalidParameter } from './query.ts'

/** `W/`: a proxy that compresses answers weakens their ETags. */
const entityTag = /^(?:W\/)?"?(any|[1-9]\d{0,14})"?$/

/** The version a change is based on, from If-Match. */
export function versionOf({ header }: Pick<Exchange, 'header'>): number | 'any' {
  const value = header('if-match')
  if (value === null) throw crmError('VERSION_REQUIRED')
  const version = entityTag.exec(value.trim())?.[1]
  if (version === undefined) throw invalidParameter('If-Match', '"<version>" | "any"')
  return version === 'any' ? version : Number(version)
}

const visibleAscii = /^[\x21-\x7e]{1,200}$/

/** The caller's own key for this call, from Idempotency-Key. */
export function idempotencyOf({ header }: Pick<Exchange, 'header'>): { readonly idempotencyKey?: string } {
  const idempotencyKey = header('idempotency-key')
  if (idempotencyKey === null) return {}
  if (visibleAscii.test(idempotencyKey)) return { idempotencyKey }
  throw invalidParameter('Idempotency-Key', '1..200 × ASCII 0x21..0x7E')
}

import { hash, timingSafeEqual } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'

const signatureLength = 22

/**
 * A page position that only the reader it was given to can use: signed over tenant, actor and the whole query, so that it cannot be
 * altered, borrowed, or used with another filter.
 */
export function sealCursor(position: readonly unknown[], binding: string, key: string): string {
  const payload = Buffer.from(JSON.stringify(position), 'utf8').toString('base64url')
  return `${payload}.${sign(payload, binding, key)}`
}

/** The position of a sealed cursor; CURSOR_INVALID when it was not made for this binding. */
export function openCursor(cursor: string, binding: string, key: string, length: number): readonly unknown[] {
  const [payload, signature, rest] = cursor.split('.')
  if (!payload || !signature || rest !== undefined || cursor.length > 4_096) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  const expected = sign(payload, binding, key)
  if (signature.length !== expected.length || !timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) {
    throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  }
  const position: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  if (!Array.isArray(position) || position.length !== length) throw crmError('CURSOR_INVALID', {}, { path: '/cursor' })
  return position
}

/** Keyed hash of a keyed hash, cut short: as strong here as an HMAC, whose object costs more than the rest of a page. */
function sign(payload: string, binding: string, key: string): string {
  const inner = hash('sha256', `${key}\0${binding}\0${payload}`, 'hex')
  return hash('sha256', `${key}\0${inner}`, 'base64url').slice(0, signatureLength)
}

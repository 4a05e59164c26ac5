import { crmError } from '@guanxi/core'
import type { Exchange } from '../exchange.ts'
import { Aborted } from '../reply/failure.ts'
import { requireJson } from './content-type.ts'
import { parseJson } from './json.ts'
import type { JsonLimits } from './json-scan.ts'
import { isObject } from './parameter.ts'
import { checkParsed } from './parsed-value.ts'

/** What a body may cost. */
export interface BodyLimits extends JsonLimits {
  readonly bytes: number
}

/** The body as a JSON object; every limit is judged before it is parsed. */
export async function readObject(exchange: Exchange, limits: BodyLimits): Promise<Readonly<Record<string, unknown>>> {
  requireJson(exchange.header)
  const value = await readValue(exchange, limits)
  if (exchange.aborted()) throw new Aborted()
  if (!isObject(value)) throw crmError('BODY_INVALID', { expected: '{…}' })
  return value
}

/** The body byte for byte, never more than the limit. What a host has parsed already cannot be had again. */
export async function readBytes(exchange: Exchange, limit: number): Promise<Uint8Array> {
  const { body } = exchange
  const declared = declaredLength(exchange)
  if (declared !== null && declared > limit) throw crmError('BODY_TOO_LARGE', { limit })
  if (body.state === 'none') return new Uint8Array()
  if (body.state === 'waiting') return collect(body.chunks(), limit)
  if (body.state === 'parsed' && body.value instanceof Uint8Array) return limited(body.value, limit)
  throw crmError('BODY_CONSUMED')
}

/** True when the request carries a body. */
export function hasBody({ header, body }: Exchange): boolean {
  if (body.state === 'none') return false
  return header('transfer-encoding') !== null || (header('content-length') ?? '0') !== '0'
}

async function readValue(exchange: Exchange, limits: BodyLimits): Promise<unknown> {
  const { body } = exchange
  const declared = declaredLength(exchange)
  if (declared !== null && declared > limits.bytes) throw crmError('BODY_TOO_LARGE', { limit: limits.bytes })
  if (body.state === 'lost') throw crmError('BODY_CONSUMED')
  if (body.state === 'none') throw crmError('JSON_INVALID')
  if (body.state === 'parsed') return parsedValue(body.value, limits)
  const bytes = await collect(body.chunks(), limits.bytes)
  if (declared !== null && declared !== bytes.byteLength) throw crmError('BODY_LENGTH')
  return parseJson(decode(bytes), limits)
}

function parsedValue(value: unknown, limits: BodyLimits): unknown {
  if (value instanceof Uint8Array) return parseJson(decode(limited(value, limits.bytes)), limits)
  if (typeof value === 'string') return parseJson(decode(limited(Buffer.from(value), limits.bytes)), limits)
  checkParsed(value, limits, limits.bytes)
  return value
}

function limited(bytes: Uint8Array, limit: number): Uint8Array {
  if (bytes.byteLength > limit) throw crmError('BODY_TOO_LARGE', { limit })
  return bytes
}

function declaredLength({ header }: Exchange): number | null {
  const declared = header('content-length')
  if (declared === null) return null
  if (!/^\d{1,15}$/.test(declared)) throw crmError('BODY_LENGTH')
  return Number(declared)
}

async function collect(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > limit) throw crmError('BODY_TOO_LARGE', { limit })
    parts.push(chunk)
  }
  return Buffer.concat(parts, size)
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw crmError('BODY_NOT_UTF8')
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const prefix = 'whsec_'
/** How far the clocks of two systems may be apart, ms. */
export const signatureTolerance = 300_000

/** A new secret as Standard Webhooks spells it. */
export function newSecret(): string {
  return prefix + randomBytes(32).toString('base64')
}

/** Is this a secret as Standard Webhooks spells it: 24 to 64 bytes? */
export function isSecret(text: unknown): text is string {
  if (typeof text !== 'string' || !/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text)) return false
  const { length } = keyOf(text)
  return length >= 24 && length <= 64
}

/** What is signed, by every secret that counts now. `at` in milliseconds. */
export interface Signed {
  readonly id: string
  readonly at: number
  readonly body: string | Uint8Array
}

/** Headers of a request signed the way of Standard Webhooks: one signature for each secret. */
export function signatureHeaders(signed: Signed, secrets: readonly string[]): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(signed.at / 1_000))
  return {
    'webhook-id': signed.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${macOf(signed, timestamp, secret).toString('base64')}`).join(' '),
  }
}

/** Reads a header by its name in lower case. */
export type HeaderReader = (name: string) => string | null

/** The id of a request that one of the secrets has signed within the last five minutes; null where none has. Constant time by secret. */
export function verifiedId(header: HeaderReader, body: Uint8Array, secrets: readonly string[], now: number): string | null {
  const [id, timestamp, signatures] = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')]
  if (!id || id.length > 200 || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signatures) return null
  const at = Number(timestamp) * 1_000
  if (Math.abs(now - at) > signatureTolerance) return null
  const given = signatures
    .split(' ')
    .slice(0, 20)
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []))
  const isSigned = secrets.some((secret) => {
    const mac = macOf({ id, at, body }, timestamp, secret)
    return given.some((one) => one.length === mac.length && timingSafeEqual(one, mac))
  })
  return isSigned ? id : null
}

function macOf({ id, body }: Signed, timestamp: string, secret: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest()
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), 'base64')
}

import { lookup as lookupAll } from 'node:dns/promises'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { isPrivateAddress } from './private-address.ts'

/** How requests may leave. */
export interface EgressOptions {
  /**
   * `host:port` of machines inside that may be reached all the same, also without TLS, such as a relay of one's own. Everything else
   * must be https on port 443 at a public address.
   */
  readonly allow?: readonly string[]
  /** Milliseconds for the whole exchange; 10,000 unless said. */
  readonly timeout?: number
  /** Bytes of an answer that are read; 65,536 unless said. */
  readonly maxBytes?: number
  /** How names become addresses; the system's resolver unless said. Whatever it answers must be public. */
  readonly resolve?: (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>
}

/** A request to somewhere outside. */
export interface EgressRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal?: AbortSignal
}

/** An answer from outside, cut at the limit. */
export interface EgressAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request that was not made, or whose answer did not come. `sent`: it may have arrived. */
export class EgressFailure extends Error {
  override readonly name = 'EgressFailure'
  /** Never to be tried again: the address is refused. */
  readonly refused: boolean
  readonly sent: boolean

  constructor(message: string, { refused = false, sent = false, cause }: { refused?: boolean; sent?: boolean; cause?: unknown } = {}) {
    super(message, { cause })
    this.refused = refused
    this.sent = sent
  }
}

/** The one way out: POST, no redirects, the address checked where the connection is made. */
export type Egress = (request: EgressRequest) => Promise<EgressAnswer>

/** What users of the way out choose besides. */
export interface EgressSetup extends EgressOptions {
  /** An answer whose body breaks off or takes too long counts as far as it came, instead of not at all. */
  readonly keepPart?: boolean
}

/** Makes the way out. */
export function createEgress({ allow = [], timeout = 10_000, maxBytes = 65_536, resolve, keepPart = false }: EgressSetup = {}): Egress {
  const allowed = new Set(allow.map((one) => one.toLowerCase()))
  return async ({ url, headers, body, signal }) => {
    const { target, inside } = checked(url, allowed)
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]),
      ...(!inside && { lookup: publicLookup(resolve) }),
      agent: false,
    }
    return exchange(target, options, body, { maxBytes, keepPart })
  }
}

/** Refuses what may not be reached at all. Throws EgressFailure. */
export function checkEgressUrl(url: string, allow: readonly string[] = []): void {
  checked(url, new Set(allow.map((one) => one.toLowerCase())))
}

function checked(url: string, allowed: ReadonlySet<string>): { target: URL; inside: boolean } {
  const refuse = (reason: string) => new EgressFailure(`“${url.slice(0, 100).replace(/[?#].*$/, '')}” ${reason}`, { refused: true })
  if (!URL.canParse(url)) throw refuse('is no address')
  const target = new URL(url)
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw refuse('is neither http nor https')
  if (target.username || target.password) throw refuse('carries a password')
  const port = target.port || (target.protocol === 'https:' ? '443' : '80')
  if (allowed.has(`${target.hostname.toLowerCase()}:${port}`)) return { target, inside: true }
  if (target.protocol !== 'https:' || port !== '443') throw refuse('must be https on port 443')
  const literal = target.hostname.replace(/^\[|\]$/g, '')
  if (isIP(literal) && isPrivateAddress(literal)) throw refuse('is not on the public network')
  if (/(^|\.)localhost\.?$/i.test(target.hostname)) throw refuse('is not on the public network')
  return { target, inside: false }
}

const resolverPatience = 3_000

/** Refuses a name that leads inside now. One that nobody knows yet is for the connection to judge. Throws EgressFailure. */
export async function requirePublicName(url: string, { allow = [], resolve = resolveAll }: EgressOptions = {}): Promise<void> {
  const { target, inside } = checked(url, new Set(allow.map((one) => one.toLowerCase())))
  const name = target.hostname.replace(/^\[|\]$/g, '')
  if (inside || isIP(name)) return
  // Whoever saves an address does not wait for a resolver that is away.
  const addresses = await Promise.race([resolve(name).catch(() => []), delay(resolverPatience, [], { ref: false })])
  if (addresses.some(({ address }) => isPrivateAddress(address))) throw notPublic(name)
}

const resolveAll: NonNullable<EgressOptions['resolve']> = (hostname) => lookupAll(hostname, { all: true })

/** Every address of the name must be public: the connection is made to one that was looked at here, so no second answer can swap it. */
function publicLookup(resolve: NonNullable<EgressOptions['resolve']> = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const fitting = addresses.filter(({ family }) => !options.family || options.family === family)
        const first = fitting[0]
        if (!first || addresses.some(({ address }) => isPrivateAddress(address))) return callback(notPublic(hostname), '')
        if (options.all) return callback(null, [...fitting])
        callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

function notPublic(hostname: string): EgressFailure {
  return new EgressFailure(`“${hostname}” is not on the public network`, { refused: true })
}

function exchange(
  target: URL,
  options: RequestOptions,
  body: string,
  { maxBytes, keepPart }: { readonly maxBytes: number; readonly keepPart: boolean },
): Promise<EgressAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<EgressAnswer>()
  let sent = false
  let came: (() => void) | null = null
  const fail = (error: Error): void => {
    if (keepPart && came) came()
    else reject(error instanceof EgressFailure ? error : new EgressFailure(error.message, { sent, cause: error }))
  }
  const make = target.protocol === 'https:' ? httpsRequest : httpRequest
  const request = make(target, options, (response) => {
    const parts: Buffer[] = []
    let bytes = 0
    const done = (): void =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(parts).subarray(0, maxBytes).toString('utf8'),
      })
    came = done
    response.on('data', (part: Buffer) => {
      parts.push(part)
      bytes += part.length
      if (bytes < maxBytes) return
      done()
      request.destroy()
    })
    response.on('end', done)
    response.on('error', fail)
  })
  request.on('error', fail)
  request.on('socket', (socket) => socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => (sent = true)))
  request.end(body)
  return promise
}

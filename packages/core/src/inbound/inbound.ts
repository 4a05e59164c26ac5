import type { Action } from '../access/access.ts'
import type { Session } from '../crm/crm.ts'
import type { Enqueue } from '../job/job.ts'
import type { Words } from '../locale/locale.ts'
import type { Service } from '../plugin/service.ts'
import type { HeaderReader } from '../secret/signature.ts'

/** A request from outside, as a verifier sees it. */
export interface InboundRequest {
  /** Reads a header by its name in lower case. */
  readonly header: HeaderReader
  /** The body byte for byte. */
  readonly body: Uint8Array
  /** Secrets that count now, the newest first. */
  readonly secrets: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What came in, as its handler sees it. */
export interface InboundEvent {
  /** The sender's own id of it: the same where it is sent again. */
  readonly id: string
  /** The body as it came. */
  readonly text: string
  /** The body as JSON; throws SyntaxError where it is none. */
  json(): unknown
  /** Those of the headers that the declaration names, where they came. */
  readonly headers: Readonly<Record<string, string>>
  readonly receivedAt: number
}

/** What a handler gets besides. */
export interface InboundContext {
  readonly tenant: string
  /** 1 at the first try. */
  readonly attempt: number
  readonly signal: AbortSignal
  /** The CRM with the rights that the declaration names, and no others. */
  readonly session: Session
  readonly enqueue: Enqueue
  service<T>(ref: Service<T>): T
}

/** Takes in what others tell: `POST …/hooks/<id>`. Verified, kept once by its id, then carried out as a job. */
export interface Inbound {
  /** `<plugin>.<name>`, such as `shop.orders`. */
  readonly id: string
  readonly label: Words
  /**
   * The id of a request that is signed as it must be, null for any other. `standard` unless said: Standard Webhooks, within five
   * minutes. A verifier of one's own compares in constant time (`timingSafeEqual`) and judges the age itself.
   */
  readonly verify?: 'standard' | ((request: InboundRequest) => string | null)
  /** Bytes of a body; 262,144 unless said, 1,000,000 at most. */
  readonly maxBytes?: number
  /** Headers the handler wants to see, in lower case. */
  readonly headers?: readonly string[]
  /** What the handler may do: object → actions. */
  readonly rights: Readonly<Record<string, readonly Action[]>>
  /** How often it is tried before it waits for an operator; 10 unless said. */
  readonly attempts?: number
  readonly run: (event: InboundEvent, context: InboundContext) => unknown
}

/** Declares an inbound hook. Checked when a plugin records it. */
export function defineInbound(inbound: Inbound): Inbound {
  return Object.freeze(inbound)
}

/** What an inbound hook is like, for administrators. */
export interface InboundView {
  readonly id: string
  readonly plugin: string
  readonly label: Words
  /** When each secret was made, and until when it counts; null = for good. None: nothing comes in. */
  readonly secrets: readonly { readonly createdAt: number; readonly until: number | null }[]
}

/** A request that arrived at `…/hooks/<id>`. */
export interface Arrival {
  readonly hook: string
  /** The CRM's own tenant unless said. */
  readonly tenant?: string
  readonly header: HeaderReader
  readonly body: Uint8Array
}

/** Whether it was new, or had been here before. */
export interface Received {
  readonly id: string
  readonly duplicate: boolean
}

/** Bounds of inbound hooks. */
export const inboundLimits = { bytes: 262_144, mostBytes: 1_000_000, headers: 20, attempts: 10, key: 200, keepDays: 30 } as const

const idPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/

/** Everything wrong with the declaration of an inbound hook, in words. */
export function inboundProblems(prefix: string, inbound: Inbound): string[] {
  const { id, label, verify = 'standard', maxBytes = inboundLimits.bytes, headers = [], rights, attempts = 1, run } = inbound
  const problems: string[] = []
  const refuse = (reason: string): void => void problems.push(`the inbound hook “${id}” ${reason}`)
  if (!idPattern.test(id) || !id.startsWith(`${prefix}.`)) refuse(`needs an id such as “${prefix}.orders”`)
  if (!label?.en || !label['zh-CN']) refuse('needs a label in both languages')
  if (verify !== 'standard' && typeof verify !== 'function') refuse('is verified by “standard” or by a function')
  if (!Number.isInteger(maxBytes) || maxBytes < 1 || maxBytes > inboundLimits.mostBytes)
    refuse(`takes 1 to ${inboundLimits.mostBytes} bytes`)
  if (headers.length > inboundLimits.headers || headers.some((name) => name !== name.toLowerCase()))
    refuse(`names at most ${inboundLimits.headers} headers, in lower case`)
  if (typeof rights !== 'object' || rights === null) refuse('does not say what it may do')
  if (!Number.isInteger(attempts) || attempts < 1 || attempts > 100) refuse('must be tried 1 to 100 times')
  if (typeof run !== 'function') refuse('does nothing')
  return problems
}

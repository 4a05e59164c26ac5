import type { Crm, Identity, Session } from '@guanxi/core'
import type { Exchange } from '../exchange.ts'
import type { Settings } from '../options.ts'
import type { Reply } from '../reply/reply.ts'

/** A request to a route that anyone may have. */
export interface PublicCall {
  readonly exchange: Exchange
  /** Decoded segments that the pattern names. */
  readonly params: Readonly<Record<string, string>>
}

/** A request that is signed instead of somebody's. */
export interface SignedCall extends PublicCall {
  readonly crm: Crm<never>
}

/** A request of somebody. */
export interface Call extends PublicCall {
  readonly crm: Crm<never>
  readonly settings: Settings
  readonly identity: Identity
  readonly session: Session
}

/** A method and a pattern such as `api/records/:object`; `*rest` at the end takes all that follows. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly pattern: string
} & (
  | { readonly access: 'public'; readonly answer: (call: PublicCall) => Promise<Reply> }
  | { readonly access: 'signed'; readonly answer: (call: SignedCall) => Promise<Reply> }
  | { readonly access: 'identified'; readonly answer: (call: Call) => Promise<Reply> }
)

/** A segment of the path by its name in the pattern. */
export function param({ params }: PublicCall, name: string): string {
  return params[name] ?? ''
}

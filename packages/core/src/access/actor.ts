/** Who acts. Comes from the host's `identify` only, never from a request's body. */
export interface Identity {
  /** The host's id of the person, integration or system part. */
  readonly id: string
  /** Text chosen by the host. May be left out when `createCrm` names a tenant. */
  readonly tenant?: string
  readonly kind?: 'user' | 'system' | 'integration'
  readonly roles?: readonly string[]
  readonly teamIds?: readonly string[]
  /** Shown beside what they did; kept in the directory. */
  readonly name?: string
  /** Language of messages, as a BCP 47 tag. */
  readonly locale?: string
}

/** An identity with everything filled in: part of every call's context. */
export interface Actor {
  readonly id: string
  readonly tenant: string
  readonly kind: 'user' | 'system' | 'integration'
  readonly roles: readonly string[]
  readonly teamIds: readonly string[]
  readonly name: string | null
  readonly locale: string | null
}

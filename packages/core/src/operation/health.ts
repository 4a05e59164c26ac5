/** How far a consumer is. */
export interface ConsumerHealth {
  readonly id: string
  /** Changes it has still to look at; 1,000 = at least so many. */
  readonly behind: number
  /** Milliseconds since the oldest of them was made; null = there is none. */
  readonly lag: number | null
  /** Changes that are parked, those that will be tried again by themselves included. */
  readonly parked: number
  readonly retrying: number
}

/** How the jobs of one name are doing. */
export interface JobHealth {
  readonly id: string
  /** Due later, or due now. */
  readonly waiting: number
  readonly due: number
  readonly running: number
  /** Given up: they wait for an operator. */
  readonly dead: number
  /** Milliseconds since the oldest was due; null = none is. */
  readonly lag: number | null
  /** False: no plugin of this process has it, so nobody runs it here. */
  readonly known: boolean
}

/** How webhooks are doing. */
export interface WebhooksHealth {
  readonly active: number
  readonly paused: number
  readonly disabled: number
  /** Active ones that have taken nothing since a failure. */
  readonly failing: number
  /** Deliveries that wait. */
  readonly pending: number
  /** Milliseconds since the oldest of them was made; null = there is none. */
  readonly lag: number | null
}

/** How the background work is doing. */
export interface Health {
  /** Nothing is parked for good, given up or without code, and nothing holds the consumers back. */
  readonly ok: boolean
  readonly at: number
  /** True where nothing is done because the data was brought back from a backup: see `crm.resumeRestored`. */
  readonly held: boolean
  /** True where this process runs background work. */
  readonly running: boolean
  readonly consumers: readonly ConsumerHealth[]
  readonly jobs: readonly JobHealth[]
  readonly schedules: readonly { readonly id: string; readonly nextAt: number; readonly lastAt: number | null }[]
  /** Null where webhooks are not set up. */
  readonly webhooks: WebhooksHealth | null
  /** Runs of deciders that wait for somebody to confirm or dismiss them. */
  readonly confirmations: number
  /** Rules on save that do nothing because something they need is gone, as far as background work has noticed. */
  readonly broken: number
  /** A long transaction, often of the host, that consumers wait for; which one is told to the host only. */
  readonly holdup: {
    readonly milliseconds: number
    readonly pid?: number
    readonly application?: string
    readonly statement?: string
  } | null
}

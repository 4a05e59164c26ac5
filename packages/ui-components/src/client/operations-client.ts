import type { Client } from './client.ts'

/** How the background work is doing. */
export interface Health {
  readonly ok: boolean
  readonly at: number
  readonly running: boolean
  readonly consumers: readonly {
    readonly id: string
    readonly behind: number
    readonly lag: number | null
    readonly parked: number
    readonly retrying: number
  }[]
  readonly jobs: readonly {
    readonly id: string
    readonly waiting: number
    readonly due: number
    readonly running: number
    readonly dead: number
    readonly lag: number | null
    readonly known: boolean
  }[]
  readonly schedules: readonly { readonly id: string; readonly nextAt: number; readonly lastAt: number | null }[]
  readonly confirmations: number
  /** Rules on save that have broken; 0 from servers that do not tell. */
  readonly broken?: number
  /** Null where there are none. */
  readonly webhooks: {
    readonly active: number
    readonly paused: number
    readonly disabled: number
    readonly failing: number
    readonly pending: number
    readonly lag: number | null
  } | null
  readonly holdup: { readonly milliseconds: number } | null
}

/** A job that waits, runs or was given up. */
export interface JobEntry {
  readonly id: string
  readonly job: string
  readonly key: string
  readonly state: 'waiting' | 'running' | 'dead'
  readonly dueAt: number
  readonly attempt: number
  readonly attempts: number
  readonly error: string | null
  readonly failedAt: number | null
}

/** A change that a consumer could not digest. */
export interface ParkedEntry {
  readonly consumer: string
  readonly changeId: string
  readonly object: string
  readonly recordId: string
  readonly error: string
  readonly attempt: number
  readonly parkedAt: number
  readonly retryAt: number | null
}

/** A message to one recipient by one channel. */
export interface SendEntry {
  readonly id: string
  readonly template: string
  readonly channel: string
  readonly recipient: string
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'suppressed' | 'unknown'
  readonly reason: { readonly code: string; readonly message: string; readonly hint: string | null } | null
  readonly dueAt: number
  readonly createdAt: number
  readonly sentAt: number | null
  readonly attempts: number
}

/** A page of something. */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly cursor: string | null
}

/** The routes of background work and of the send ledger, typed. */
export class OperationsClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  health(signal?: AbortSignal): Promise<Health> {
    return this.#client.send('GET', 'operations/health', { signal })
  }

  async jobs(state: JobEntry['state'] | null, cursor: string | null, signal?: AbortSignal): Promise<Page<JobEntry>> {
    const query = { state: state ?? undefined, cursor: cursor ?? undefined }
    const { jobs, cursor: next } = await this.#client.send<{ jobs: JobEntry[]; cursor: string | null }>('GET', 'operations/jobs', {
      query,
      signal,
    })
    return { rows: jobs, cursor: next }
  }

  async parked(cursor: string | null, signal?: AbortSignal): Promise<Page<ParkedEntry>> {
    const query = { cursor: cursor ?? undefined }
    const found = await this.#client.send<{ changes: ParkedEntry[]; cursor: string | null }>('GET', 'operations/parked', { query, signal })
    return { rows: found.changes, cursor: found.cursor }
  }

  async sends(state: SendEntry['state'] | null, cursor: string | null, signal?: AbortSignal): Promise<Page<SendEntry>> {
    const query = { state: state ?? undefined, cursor: cursor ?? undefined }
    const { sends, cursor: next } = await this.#client.send<{ sends: SendEntry[]; cursor: string | null }>('GET', 'messages', {
      query,
      signal,
    })
    return { rows: sends, cursor: next }
  }

  /** False: somebody else was faster. */
  replayJob({ id }: JobEntry): Promise<boolean> {
    return this.#done(`operations/jobs/${id}/replay`, {})
  }

  dropJob({ id }: JobEntry): Promise<boolean> {
    return this.#done(`operations/jobs/${id}/drop`, {})
  }

  replayParked({ consumer, recordId }: ParkedEntry): Promise<boolean> {
    return this.#done('operations/parked/replay', { consumer, recordId })
  }

  dropParked({ consumer, changeId }: ParkedEntry): Promise<boolean> {
    return this.#done('operations/parked/drop', { consumer, changeId })
  }

  async resend({ id }: SendEntry): Promise<boolean> {
    await this.#client.send('POST', `messages/${id}/resend`, { body: {} })
    return true
  }

  async giveUp({ id }: SendEntry): Promise<boolean> {
    await this.#client.send('POST', `messages/${id}/drop`, { body: {} })
    return true
  }

  async #done(path: string, body: unknown): Promise<boolean> {
    const { done } = await this.#client.send<{ done: boolean }>('POST', path, { body })
    return done
  }
}

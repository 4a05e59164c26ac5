import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { asClientError, type ClientError, isAbort } from '../client/client-error.ts'

/** How far a read is. */
export type LoadState = 'idle' | 'loading' | 'ready' | 'failed'

/** One read at a time: a new one calls the old one off, a late answer is dropped, leaving the page aborts. */
export class LoadController implements ReactiveController {
  state: LoadState = 'idle'
  error: ClientError | null = null
  readonly #host: ReactiveControllerHost
  #abort: AbortController | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#abort?.abort()
    this.#abort = null
  }

  /** Starts a read. Resolves to true when it went through and was not called off. */
  async run(read: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.#set('loading', null)
    try {
      await read(abort.signal)
      if (abort.signal.aborted) return false
      this.#set('ready', null)
      return true
    } catch (error) {
      if (!abort.signal.aborted && !isAbort(error)) this.#set('failed', asClientError(error))
      return false
    }
  }

  #set(state: LoadState, error: ClientError | null): void {
    this.state = state
    this.error = error
    this.#host.requestUpdate()
  }
}

import type { ReactiveController } from 'lit'
import { InboxClient } from '../client/inbox-client.ts'
import type { CrmInbox } from './inbox.ts'

/** How many messages are unread: asked for now and then while the page is seen, and at once when somebody comes back to it. */
export class UnreadWatch implements ReactiveController {
  count = 0
  readonly #host: CrmInbox
  readonly #onCount: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | null = null

  /** `onCount`: after each answer, also when the number is the same. */
  constructor(host: CrmInbox, onCount: () => void) {
    this.#host = host
    this.#onCount = onCount
    host.addController(this)
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onSeen)
    document.addEventListener('crm-unread', this.#onOther)
    void this.ask()
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onSeen)
    document.removeEventListener('crm-unread', this.#onOther)
    clearTimeout(this.#timer)
    this.#abort?.abort()
  }

  /** Asks, and again after the interval. A failure is no news: the last number stays. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    if (!document.hidden) {
      const count = await new InboxClient(this.#host.session.client).unread(abort.signal).catch(() => null)
      if (abort.signal.aborted) return
      if (count !== null) {
        this.set(count)
        this.#onCount()
      }
    }
    const seconds = Number(this.#host.poll)
    if (seconds > 0 && this.#host.isConnected) this.#timer = setTimeout(() => void this.ask(), Math.max(5, seconds) * 1000)
  }

  /** A number that is known from elsewhere. Others on the page hear of a new one. */
  set(count: number): void {
    if (count === this.count) return
    this.count = count
    this.#host.requestUpdate()
    this.#host.tell('crm-unread', { unread: count })
  }

  readonly #onSeen = (): void => {
    if (!document.hidden) void this.ask()
  }

  /** A bell and a list on one page say the same. */
  readonly #onOther = (event: Event): void => {
    const other = event.target
    const { unread } = (event as CustomEvent<{ readonly unread: number }>).detail
    if (other === this.#host || (other as CrmInbox).src !== this.#host.src || unread === this.count) return
    this.count = unread
    this.#host.requestUpdate()
    this.#onCount()
  }
}

import type { ReactiveController } from 'lit'
import type { RecordEvent, RecordStore } from '../client/store.ts'
import type { CrmElement } from '../element/crm-element.ts'

/** Hears of every change of a record on the page, from the session its host has at the moment. */
export class RecordWatch implements ReactiveController {
  readonly #host: CrmElement
  readonly #onEvent: (event: RecordEvent) => void
  #store: RecordStore | null = null
  #stop: (() => void) | null = null

  constructor(host: CrmElement, onEvent: (event: RecordEvent) => void) {
    this.#host = host
    this.#onEvent = onEvent
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch(this.#host.session.store)
  }

  hostUpdate(): void {
    const { store } = this.#host.session
    if (store !== this.#store) this.#watch(store)
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = null
    this.#store = null
  }

  #watch(store: RecordStore): void {
    this.#stop?.()
    this.#store = store
    this.#stop = store.subscribe(this.#onEvent)
  }
}

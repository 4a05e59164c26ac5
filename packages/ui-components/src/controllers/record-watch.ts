import type { ReactiveController } from 'lit'
import type { Newcomers } from '../client/live.ts'
import type { RecordEvent, RecordStore } from '../client/store.ts'
import type { CrmElement } from '../element/crm-element.ts'

/** Milliseconds that a page has to draw itself first. */
const BREATH = 250

/** Hears of every change of a record on the page, from the session its host has at the moment, and of what others change elsewhere. */
export class RecordWatch implements ReactiveController {
  readonly #host: CrmElement
  readonly #onEvent: (event: RecordEvent) => void
  readonly #newcomers: Newcomers | null
  #store: RecordStore | null = null
  #object = ''
  #stop: (() => void) | null = null
  #stopLive: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CrmElement, onEvent: (event: RecordEvent) => void, newcomers: Newcomers | null = null) {
    this.#host = host
    this.#onEvent = onEvent
    this.#newcomers = newcomers
    host.addController(this)
  }

  hostConnected(): void {
    this.#watch()
  }

  hostUpdate(): void {
    if (this.#host.session.store !== this.#store || this.#host.object !== this.#object) this.#watch()
  }

  hostDisconnected(): void {
    this.#end()
    this.#store = null
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#stop?.()
    this.#stopLive?.()
    this.#stop = null
    this.#stopLive = null
  }

  #watch(): void {
    this.#end()
    const { session, object } = this.#host
    this.#store = session.store
    this.#object = object
    const stop = session.store.subscribe(this.#onEvent)
    this.#stop = stop
    if (!object) return
    // Loaded apart, and after the first look: nobody waits for it.
    this.#timer = setTimeout(async () => {
      const { liveLink } = await import('../client/live.ts')
      if (this.#stop === stop) this.#stopLive = liveLink(session).watch(object, this.#onEvent, this.#newcomers)
    }, BREATH)
  }
}

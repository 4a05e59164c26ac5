import { asClientError, type ClientError } from '../client/client-error.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { renderFailure } from '../state/state-view.ts'

interface View {
  load(): unknown
  render(): unknown
}

/**
 * What a component shows, in a file of its own that is loaded when it is first used: until then a skeleton, and a way to try again where
 * the file does not come.
 */
export class LazyView<Shown extends View> {
  /** Null until it is here. */
  current: Shown | null = null
  #failure: ClientError | null = null
  #loading: Promise<void> | null = null
  readonly #host: CrmElement
  readonly #make: () => Promise<Shown>

  constructor(host: CrmElement, make: () => Promise<Shown>) {
    this.#host = host
    this.#make = make
  }

  /** Loads the file if need be, and has the view read everything; whoever asks meanwhile waits for the same. */
  async load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null
    })
    await this.#loading
  }

  /** Resolves once nothing is being loaded. */
  async settled(): Promise<void> {
    await this.#loading
  }

  /** Loads the file only. The reader and the host are told where it does not come. */
  async bring(): Promise<void> {
    this.#failure = null
    try {
      this.current ??= await this.#make()
    } catch (error) {
      // Offline, or a newer version has taken the file's place.
      this.#failure = asClientError(error)
      this.#host.emit('crm-error', { error: this.#failure })
    }
    this.#host.requestUpdate()
  }

  render(skeleton: () => unknown): unknown {
    if (this.#failure) return renderFailure(this.#host, this.#failure, () => this.load())
    return this.current?.render() ?? skeleton()
  }

  async #load(): Promise<void> {
    await this.bring()
    await this.current?.load()
  }
}

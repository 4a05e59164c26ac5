import type { ReactiveController } from 'lit'
import { asClientError, isAbort } from '../client/client-error.ts'
import type { CrmField } from './field.ts'
import type { Choice } from './lookup-source.ts'

const PAUSE = 160

/** Loads what finds and shows the choices. */
const loadList = () => import('./lookup-list.ts')

/** What is known of a lookup in progress: an async combobox with a list, after the APG. */
export class Lookup implements ReactiveController {
  /** Typed and not yet chosen; null while nobody types. */
  query: string | null = null
  choices: readonly Choice[] = []
  active = 0
  isOpen = false
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle'
  /** What shows the choices, once anything was to be chosen. */
  list: Awaited<ReturnType<typeof loadList>> | null = null
  readonly #host: CrmField
  #abort: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CrmField) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.close()
  }

  type(text: string): void {
    this.query = text
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#search(), PAUSE)
    this.open(false)
  }

  open(search = true): void {
    if (this.#host.isDisabled) return
    const opening = !this.isOpen
    this.isOpen = true
    if (opening && search) void this.#search()
    this.#host.requestUpdate()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.isOpen = false
    this.query = null
    this.choices = []
    this.state = 'idle'
    this.#host.requestUpdate()
  }

  /** After each update: the list stands under its box. */
  shown(root: ParentNode): void {
    if (this.isOpen) this.list?.showChoices(root)
  }

  move(step: number): void {
    const { length } = this.choices
    if (!this.isOpen) this.open()
    if (length > 0) this.active = (this.active + step + length) % length
    this.#host.requestUpdate()
  }

  choose(choice: Choice): void {
    this.#host.names.set(choice.id, choice.name)
    const { host, several } = { host: this.#host, several: this.#host.field.kind === 'links' }
    const chosen = several && Array.isArray(host.value) ? host.value : []
    host.change(several ? (chosen.includes(choice.id) ? chosen : [...chosen, choice.id]) : choice.id)
    this.close()
  }

  async #search(): Promise<void> {
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    this.state = 'loading'
    this.#host.requestUpdate()
    try {
      const { session, field, siblings, language } = this.#host
      this.list ??= await this.#host.bring(loadList)
      const choices = await this.list.findChoices(session, field, this.query?.trim() ?? '', siblings, abort.signal, language)
      if (abort.signal.aborted) return
      this.choices = choices
      this.active = 0
      this.state = 'ready'
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return
      this.choices = []
      this.state = 'failed'
      // Without its code not even the list can say so.
      if (!this.list) this.#host.emit('crm-error', { error: asClientError(error) })
    }
    this.#host.requestUpdate()
  }
}

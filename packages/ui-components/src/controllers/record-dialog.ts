import { nothing, type ReactiveController } from 'lit'
import { createRef, ref } from 'lit/directives/ref.js'
import { html } from 'lit/static-html.js'
import { asClientError } from '../client/client-error.ts'
import { nameOf } from '../client/record.ts'
import type { CrmRecord, ObjectView, RecordValues } from '../client/types.ts'
import type { CrmElement } from '../element/crm-element.ts'
import { needMember } from '../element/family.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmForm } from '../form/form.ts'
import type { FormMode } from '../form/layout.ts'
import { reasonOf } from '../state/state-view.ts'
import type { ToastController } from './toast.ts'

/** Which record to open, and how. */
export interface DialogRequest {
  readonly id: string | null
  readonly mode?: FormMode
  /** Values to begin with. */
  readonly values?: RecordValues
}

interface SavedDetail {
  readonly id: string
  readonly record: CrmRecord
  readonly operation: 'create' | 'update' | 'delete' | 'restore'
}

/** A form in a modal dialog over its host; says what was saved, and takes a deletion back. */
export class RecordDialog implements ReactiveController {
  readonly #host: CrmElement
  readonly #toast: ToastController
  readonly #object: () => ObjectView | null
  readonly #dialog = createRef<HTMLDialogElement>()
  #request: DialogRequest | null = null

  constructor(host: CrmElement, toast: ToastController, object: () => ObjectView | null) {
    this.#host = host
    this.#toast = toast
    this.#object = object
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#request = null
  }

  async open(request: DialogRequest): Promise<void> {
    this.#request = request
    await needMember(this.#host, 'form')
    this.#host.requestUpdate()
    await this.#host.updateComplete
    const dialog = this.#dialog.value
    if (dialog && !dialog.open) dialog.showModal()
  }

  close(): void {
    this.#dialog.value?.close()
    this.#request = null
    this.#host.requestUpdate()
  }

  render(): unknown {
    const request = this.#request
    const object = this.#object()
    if (!request || !object) return nothing
    const host = this.#host
    const tag = tagOf(host, 'form')
    return html`<dialog
      ${ref(this.#dialog)}
      part="dialog"
      aria-label=${request.id === null ? host.t('new.name', { name: host.noun(object.label) }) : host.words(object.label)}
      @cancel=${this.#onEscape}
      @click=${this.#onClick}
      @close=${() => this.close()}
    >
      <${tag}
        frame="dialog"
        src=${host.src}
        object=${object.name}
        .locale=${host.language}
        .recordId=${request.id}
        .mode=${request.mode ?? null}
        .values=${request.values ?? null}
        @crm-load=${this.#onLoad}
        @crm-saved=${this.#onSaved}
        @crm-cancel=${this.#onCancel}
      ></${tag}>
    </dialog>`
  }

  get #form(): CrmForm | null {
    return (this.#dialog.value?.firstElementChild as CrmForm | null) ?? null
  }

  /** Whoever asked for a new record wants to type. */
  readonly #onLoad = async (): Promise<void> => {
    const form = this.#form
    if (!form || this.#request?.id !== null) return
    await form.updateComplete
    const first = form.fields.find((field) => !field.readonly)
    await first?.updateComplete
    first?.focus()
  }

  readonly #onEscape = (event: Event): void => {
    if (event.target !== this.#dialog.value) return
    event.preventDefault()
    this.#form?.cancel()
  }

  readonly #onClick = (event: Event): void => {
    if (event.target === this.#dialog.value) this.#form?.cancel()
  }

  readonly #onCancel = (event: Event): void => {
    event.stopPropagation()
    this.close()
  }

  readonly #onSaved = (event: CustomEvent<SavedDetail>): void => {
    const { operation, record } = event.detail
    const name = nameOf(this.#object(), record)
    this.close()
    const restore = { label: this.#host.t('undo'), countdown: true, run: () => this.#restore(record) }
    void this.#toast.show({
      text: this.#host.t(`toast.${operation}`, { name }),
      icon: operation === 'delete' ? 'trash' : 'check',
      seconds: operation === 'delete' ? undefined : 4,
      action: operation === 'delete' ? restore : undefined,
    })
  }

  async #restore(deleted: CrmRecord): Promise<void> {
    const { session } = this.#host
    const object = this.#object()?.name ?? ''
    try {
      // The version after a deletion is not known here; bringing back overwrites nobody's work.
      const record = await session.client.restore(object, deleted.id, 'any')
      session.store.commit(object, { ...record, related: deleted.related })
    } catch (error) {
      void this.#toast.show({ text: reasonOf(this.#host, asClientError(error)), icon: 'warn', urgent: true })
    }
  }
}

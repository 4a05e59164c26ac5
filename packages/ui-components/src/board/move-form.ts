import { nothing, html as plainHtml } from 'lit'
import { createRef, ref } from 'lit/directives/ref.js'
import { html } from 'lit/static-html.js'
import type { ClientError } from '../client/client-error.ts'
import { readField } from '../client/record.ts'
import type { FieldView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { fieldOfPointer } from '../form/problems.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmBoard } from './board.ts'
import type { Destination } from './mover.ts'

interface Question {
  readonly destination: Destination
  readonly fields: readonly FieldView[]
  readonly errors: ReadonlyMap<string, string>
  readonly general: string
}

/** What a stage asks for before it takes a card: the server names the fields, one refusal after the other, and they are entered here. */
export class MoveForm {
  readonly #board: CrmBoard
  readonly #move: (destination: Destination) => Promise<boolean>
  readonly #dialog = createRef<HTMLDialogElement>()
  readonly #values = new Map<string, unknown>()
  #question: Question | null = null
  #busy = false

  constructor(board: CrmBoard, move: (destination: Destination) => Promise<boolean>) {
    this.#board = board
    this.#move = move
  }

  /** Opens, or goes on asking when more is wanted. */
  async ask(destination: Destination, asked: readonly FieldView[], error: ClientError): Promise<void> {
    const known = this.#question?.destination.id === destination.id ? this.#question.fields : []
    if (known.length === 0) this.#values.clear()
    const fields = [...known, ...asked.filter((field) => !known.some((one) => one.name === field.name))]
    const again = new Map(
      error.issues
        .map((issue) => [fieldOfPointer(issue.path) ?? '', issue.message] as const)
        .filter(([name]) => known.some((one) => one.name === name)),
    )
    this.#question = { destination, fields, errors: again, general: again.size > 0 ? '' : reasonOf(this.#board, error) }
    this.#board.requestUpdate()
    await this.#board.updateComplete
    const dialog = this.#dialog.value
    if (dialog && !dialog.open) dialog.showModal()
    const [first] = asked
    const control = [...(dialog?.querySelectorAll<CrmField>('[name]') ?? [])].find((one) => one.name === first?.name)
    await control?.updateComplete
    control?.focus()
  }

  close(): void {
    this.#dialog.value?.close()
    this.#question = null
    this.#board.requestUpdate()
  }

  render(): unknown {
    const question = this.#question
    if (!question) return nothing
    const board = this.#board
    const { destination, fields, general } = question
    const column = board.columnLabel(destination.to)
    return plainHtml`<dialog ${ref(this.#dialog)} class="ask" part="move-form" aria-labelledby="move-ask" @close=${() => this.close()}>
      <form novalidate @submit=${this.#onSubmit} @crm-change=${this.#onChange}>
        <h2 class="title" id="move-ask">${board.t('move.ask', { column })}</h2>
        ${general ? plainHtml`<p class="soft">${general}</p>` : nothing}
        ${fields.map((field) => this.#renderField(field, question))}
        <div class="row ask-foot">
          <span class="grow"></span>
          ${renderButton({ label: board.t('cancel'), look: 'ghost', run: () => this.close() })}
          ${renderButton({ label: board.t('move.ask.save', { column }), look: 'primary', submits: true, busy: this.#busy })}
        </div>
      </form>
    </dialog>`
  }

  #renderField(field: FieldView, { destination, errors }: Question): unknown {
    const board = this.#board
    const tag = tagOf(board, 'field')
    const record = board.recordOf(destination.id)
    const value = this.#values.has(field.name) ? this.#values.get(field.name) : readField(record, field.name)
    return html`<${tag}
      exportparts="label, control, hint, error, field" name=${field.name} src=${board.src} .locale=${board.language}
      .field=${{ ...field, required: true }} .value=${value ?? null} .record=${record} .error=${errors.get(field.name) ?? null}
      .siblings=${(name: string) => readField(record, name)}
    ></${tag}>`
  }

  readonly #onChange = (event: Event): void => {
    event.stopPropagation()
    const { name, value } = (event as CustomEvent<{ name: string; value: unknown }>).detail
    this.#values.set(name, value)
  }

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault()
    const question = this.#question
    const controls = [...(this.#dialog.value?.querySelectorAll<CrmField>('[name]') ?? [])]
    const wrong = controls.find((control) => !control.reportValidity())
    if (!question || this.#busy || wrong) {
      wrong?.focus()
      return
    }
    this.#busy = true
    const extra = new Map([...(question.destination.extra ?? []), ...controls.map((control) => [control.name, control.value] as const)])
    void this.#move({ ...question.destination, extra }).finally(() => {
      this.#busy = false
      this.#board.requestUpdate()
    })
    this.#board.requestUpdate()
  }
}

import { css, html, LitElement, nothing, type PropertyDeclarations } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { type SampleField, sampleFields, typedField } from './sample.ts'
import { drawn, painted } from './start.ts'

const types: Partial<Record<SampleField['kind'], string>> = { email: 'email', integer: 'number', date: 'date', url: 'url' }

/** The least a field can be: its own element, label, native control, problem, form value. */
class FloorField extends LitElement {
  static readonly formAssociated = true
  static override styles = css`
    :host { display: block; } label { display: block; font-weight: 500; } p { color: #a52522; font-size: 12px; margin: 4px 0 0; }
    input, select, textarea { box-sizing: border-box; width: 100%; min-height: 32px; border: 1px solid #888e96; border-radius: 7px; padding: 0 10px; font: inherit; }
    input[type='checkbox'] { width: 18px; min-height: 18px; }
  `
  static override properties: PropertyDeclarations = { field: { attribute: false }, value: { attribute: false }, touched: { state: true } }
  declare field: SampleField
  declare value: unknown
  declare touched: boolean
  readonly #internals = this.attachInternals()

  override updated(): void {
    this.#internals.setFormValue(this.value === undefined ? null : String(this.value))
    const problem = this.#problem()
    const control = this.renderRoot.querySelector<HTMLElement>('#control') ?? undefined
    if (problem) this.#internals.setValidity({ customError: true }, problem, control)
    else this.#internals.setValidity({})
  }

  #problem(): string {
    const { required, kind } = this.field
    const text = String(this.value ?? '')
    if (text === '') return required ? 'This is required.' : ''
    if (kind === 'email' && !/^\S+@\S+\.\S+$/.test(text)) return 'The address is incomplete.'
    if (kind === 'integer' && !/^-?\d+$/.test(text)) return 'Enter a whole number.'
    return kind === 'url' && !/^https?:\/\//.test(text) ? 'Start with https://.' : ''
  }

  readonly #onInput = (event: Event): void => {
    const target = event.target as HTMLInputElement
    this.value = target.type === 'checkbox' ? target.checked : target.value
    this.dispatchEvent(new CustomEvent('change-value', { bubbles: true, detail: { name: this.field.name, value: this.value } }))
  }

  readonly #onBlur = (): void => {
    this.touched = true
  }

  override render() {
    const { label, required } = this.field
    const problem = this.touched ? this.#problem() : ''
    return html`<label for="control">${label}${required ? html` <span aria-hidden="true">*</span>` : nothing}</label>
      ${this.#renderControl(problem !== '')}${problem ? html`<p id="problem">${problem}</p>` : nothing}`
  }

  #renderControl(invalid: boolean) {
    const { kind, options } = this.field
    const describedBy = invalid ? 'problem' : nothing
    if (kind === 'choice')
      return html`<select id="control" aria-invalid=${invalid} aria-describedby=${describedBy} @change=${this.#onInput} @blur=${this.#onBlur}>
        <option value="">—</option>${options.map((one) => html`<option value=${one} ?selected=${one === this.value}>${one}</option>`)}
      </select>`
    if (kind === 'longText')
      return html`<textarea id="control" rows="3" aria-invalid=${invalid} aria-describedby=${describedBy} .value=${this.value ?? ''} @input=${this.#onInput} @blur=${this.#onBlur}></textarea>`
    if (kind === 'boolean') return html`<input id="control" type="checkbox" .checked=${this.value === true} @change=${this.#onInput} />`
    return html`<input id="control" type=${types[kind] ?? 'text'} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${this.value ?? ''} @input=${this.#onInput} @blur=${this.#onBlur} />`
  }
}

/** The least a form can be: its fields, what has changed, a foot. */
class FloorForm extends LitElement {
  static override styles = css`
    :host { display: block; font: 14px/1.4 sans-serif; } .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
    fieldset { border: 1px solid #e6e9ec; border-radius: 10px; padding: 20px; } footer { position: sticky; bottom: 0; padding: 10px; background: #fff; }
  `
  readonly fields = sampleFields(200)
  readonly #edits = new Map<string, unknown>()

  readonly #onChange = (event: CustomEvent<{ name: string; value: unknown }>): void => {
    const wasDirty = this.#edits.size > 0
    this.#edits.set(event.detail.name, event.detail.value)
    if (!wasDirty) this.requestUpdate()
  }

  override render() {
    const fields = repeat(
      this.fields,
      ({ name }) => name,
      (field) => html`<floor-field name=${field.name} .field=${field} .value=${this.#edits.get(field.name)}></floor-field>`,
    )
    return html`<form novalidate @change-value=${this.#onChange}><h2>New customer</h2><fieldset><legend>Details</legend><div class="fields">${fields}</div></fieldset>
      <footer><button type="button">Cancel</button><button ?disabled=${this.#edits.size === 0}>Save</button></footer></form>`
  }
}

customElements.define('floor-field', FloorField)
customElements.define('floor-form', FloorForm)
const form = document.body.appendChild(document.createElement('floor-form')) as FloorForm
await form.updateComplete
await Promise.all([...form.renderRoot.querySelectorAll<FloorField>('floor-field')].map((field) => field.updateComplete))
painted()

window.act = async () => {
  form.renderRoot.querySelector(`[name=${typedField}]`)?.shadowRoot?.querySelector('input')?.focus()
  await drawn()
}

import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'

/** A value to choose and what it is called. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** A choice from a list. */
export interface Select {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  /** Choices under a heading of their own, after the others. */
  readonly group?: { readonly label: string; readonly choices: readonly Choice[] }
  /** Said, not seen. */
  readonly quiet?: boolean
  readonly disabled?: boolean
  readonly id?: string
  readonly choose: (value: string) => void
}

/** A native list of choices with its label. */
export function renderSelect(select: Select): TemplateResult {
  const { label, value, choices, group, quiet, disabled = false, choose } = select
  const option = (choice: Choice): TemplateResult =>
    html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`
  const control = html`<select
    class="select"
    id=${select.id ?? nothing}
    aria-label=${quiet ? label : nothing}
    ?disabled=${disabled}
    .value=${live(value)}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
  >${choices.map(option)}${group && group.choices.length > 0 ? html`<optgroup label=${group.label}>${group.choices.map(option)}</optgroup>` : nothing}</select>`
  return quiet ? control : html`<label class="pair"><span class="pair-label">${label}</span>${control}</label>`
}

/** A line of text. */
export interface TextInput {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly quiet?: boolean
  readonly hint?: string
  /** Texts that are offered while typing. */
  readonly offers?: readonly string[]
  /** Of the list of offers; unique in the view. */
  readonly id?: string
  /** Is empty again when its text was taken. */
  readonly empties?: boolean
  readonly change: (text: string) => void
}

/** A native text box with its label; its value is taken when it is left or Enter is pressed. */
export function renderText(input: TextInput): TemplateResult {
  const { label, value, placeholder, quiet, hint, offers, id } = input
  const list = offers && offers.length > 0 && id ? `${id}-offers` : null
  const changed = ({ target }: Event): void => {
    const box = target as HTMLInputElement
    const text = box.value
    if (input.empties) box.value = ''
    input.change(text)
  }
  // Not bound alive: an answer of the server must not wipe out what is being typed.
  const control = html`<input
      class="input"
      type="text"
      autocomplete="off"
      list=${list ?? nothing}
      aria-label=${quiet ? label : nothing}
      placeholder=${placeholder ?? nothing}
      .value=${value}
      @change=${changed}
    />${list ? html`<datalist id=${list}>${offers?.map((offer) => html`<option value=${offer}></option>`)}</datalist>` : nothing}`
  if (quiet) return control
  return html`<label class="pair"><span class="pair-label">${label}</span>${control}${hint ? html`<span class="hint">${hint}</span>` : nothing}</label>`
}

/** A tick with its words. */
export function renderCheck(label: string, checked: boolean, toggle: () => void, disabled = false): TemplateResult {
  return html`<label class="tick"><input type="checkbox" class="check" .checked=${live(checked)} ?disabled=${disabled} @change=${toggle} /><span>${label}</span></label>`
}

/** One of a few, all of them seen. */
export function renderRadios(
  label: string,
  name: string,
  value: string,
  choices: readonly Choice[],
  choose: (value: string) => void,
): TemplateResult {
  return html`<fieldset class="radios"><legend class="sr">${label}</legend><div class="seg">
    ${choices.map(
      (choice) =>
        html`<label><input type="radio" name=${name} .checked=${live(choice.value === value)} @change=${() => choose(choice.value)} /><span>${choice.label}</span></label>`,
    )}
  </div></fieldset>`
}

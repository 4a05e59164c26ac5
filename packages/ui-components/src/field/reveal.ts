import { html, type TemplateResult } from 'lit'
import { isBlank } from '../client/record.ts'
import { renderButton } from '../display/button.ts'
import type { CrmField } from './field.ts'

/** A masked value that its reader may ask for: a button beside it, and the value once it was pressed. Gone with the record. */
export class Reveal {
  readonly #field: CrmField
  #shown: { readonly of: unknown; readonly value: unknown } | null = null
  #failed = false

  constructor(field: CrmField) {
    this.#field = field
    field.requestUpdate()
  }

  render(): TemplateResult | string | undefined {
    const { field, value, record } = this.#field
    const asked = this.#shown?.of === value ? this.#shown : null
    const shown = this.#field.shown(asked ? asked.value : value)
    if (isBlank(value) || !record || asked) return shown
    return html`<span class="row">${shown}${renderButton({
      label: this.#field.t(this.#failed ? 'retry' : 'reveal'),
      look: 'sm ghost',
      run: () => void this.#ask(field.name, record.id),
    })}</span>`
  }

  async #ask(field: string, id: string): Promise<void> {
    const host = this.#field
    const { value } = host
    try {
      const path = `records/${host.object}/${encodeURIComponent(id)}/reveal`
      const answer = await host.session.client.send<{ value: unknown }>('POST', path, { body: { field } })
      this.#shown = { of: value, value: answer.value }
      this.#failed = false
    } catch {
      this.#failed = true
    }
    host.requestUpdate()
  }
}

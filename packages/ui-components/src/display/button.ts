import { html, nothing, type TemplateResult } from 'lit'
import { type IconName, icon, spinner } from '../icon/icon.ts'

/** What a button says, how it looks, and what it does. */
export interface Button {
  readonly label: string
  readonly icon?: IconName
  /** Classes beside `btn`: `primary`, `ghost`, `danger`, `sm`. */
  readonly look?: string
  /** Only the icon is seen; the label is said. */
  readonly bare?: boolean
  readonly submits?: boolean
  /** What a press opens beside the button. */
  readonly opens?: 'menu' | 'dialog'
  readonly disabled?: boolean
  readonly title?: string
  readonly busy?: boolean
  readonly part?: string
  readonly run?: (event: Event) => void
}

/** A button of the set. */
export function renderButton(button: Button): TemplateResult {
  const { label, look = '', bare = false } = button
  const looks = [...look.split(' ').filter(Boolean), ...(bare ? ['icon'] : [])].map((name) => ` btn-${name}`)
  return html`<button
    type=${button.submits ? 'submit' : 'button'}
    class="btn${looks.join('')}"
    part=${button.part ?? 'button'}
    aria-label=${bare ? label : nothing}
    title=${button.title ?? nothing}
    aria-haspopup=${button.opens ?? nothing}
    ?disabled=${button.disabled ?? false}
    aria-busy=${button.busy ?? nothing}
    @click=${button.run ?? nothing}
  >${button.busy ? spinner : button.icon ? icon(button.icon) : nothing}${bare ? nothing : html`<span>${label}</span>`}</button>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { placeBeside } from '../controllers/place.ts'
import { asList } from '../format/option.ts'
import { icon } from '../icon/icon.ts'
import { overlay } from '../styles/overlay.ts'
import type { CrmField } from './field.ts'
import { lookupStyles } from './lookup.styles.ts'
import type { Lookup } from './lookup.ts'
import type { Choice } from './lookup-source.ts'
import { renderFace } from './shown.ts'

export { findChoices } from './lookup-source.ts'

const dressed = new WeakSet<CrmField>()

/** What a lookup offers. */
export function renderList(host: CrmField, lookup: Lookup): TemplateResult {
  // Two hundred fields need not know how a list looks before one of them has any.
  if (!dressed.has(host)) host.addStyles(overlay, lookupStyles)
  dressed.add(host)
  const note = lookup.state === 'failed' ? 'lookup.failed' : lookup.state === 'ready' ? 'lookup.none' : 'lookup.searching'
  const choices = html`<ul id="choices" role="listbox" aria-labelledby="label">
    ${lookup.choices.map((choice, index) => renderChoice(host, lookup, choice, index))}
  </ul>`
  return html`<div class="menu" part="menu" popover="manual" data-choices @pointerdown=${(event: Event) => event.preventDefault()}>
    ${lookup.choices.length > 0 ? choices : html`<p class="menu-label" role="status">${host.t(note)}</p>`}
  </div>`
}

function renderChoice(host: CrmField, lookup: Lookup, choice: Choice, index: number): TemplateResult {
  const chosen = asList(host.value).includes(choice.id)
  return html`<li
    id="choice-${index}"
    class="menu-item ${index === lookup.active ? 'is-active' : ''}"
    role="option"
    aria-selected=${chosen}
    @click=${() => lookup.choose(choice)}
  >${renderFace(host, choice)}<span class="grow clip">${renderMatch(choice.name, lookup.query)}</span>${chosen ? icon('check') : nothing}</li>`
}

/** The typed letters stand out in what was found. */
function renderMatch(name: string, query: string | null): TemplateResult | string {
  const typed = query?.trim().toLowerCase() ?? ''
  const at = typed === '' ? -1 : name.toLowerCase().indexOf(typed)
  const end = at + typed.length
  return at < 0 ? name : html`${name.slice(0, at)}<mark>${name.slice(at, end)}</mark>${name.slice(end)}`
}

/** Shows the list in the top layer under its box; called after each update. */
export function showChoices(root: ParentNode): void {
  const list = root.querySelector<HTMLElement>('[data-choices]')
  const box = root.querySelector('.box')
  if (!list || !box) return
  if (!list.matches(':popover-open')) list.showPopover()
  placeBeside(list, box, true)
  list.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' })
}

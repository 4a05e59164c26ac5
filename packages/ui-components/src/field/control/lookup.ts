import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { placeBeside } from '../../controllers/place.ts'
import { renderAvatar, renderEmblem } from '../../display/avatar.ts'
import { asList } from '../../format/value.ts'
import { icon, spinner } from '../../icon/icon.ts'
import type { CrmField } from '../field.ts'
import type { Lookup } from '../lookup.ts'
import type { Choice } from '../lookup-source.ts'
import type { FieldRenderer } from '../registry.ts'

/** Objects that stand for somebody; stages and products have no face. */
const FACED = new Set(['customer', 'contact', 'lead'])

/** Another record or a person, found by typing. */
export const lookupControl: FieldRenderer = {
  test: ({ kind }) => kind === 'reference' || kind === 'user' || kind === 'links',
  rank: 1,
  render: renderLookup,
}

function renderLookup(host: CrmField): TemplateResult {
  const { lookup, field } = host
  const several = field.kind === 'links'
  const ids = asList(host.value)
  const single = several ? undefined : ids[0]
  const shown = lookup.query ?? (single === undefined ? '' : lookup.nameOf(single))
  const expanded = lookup.isOpen && lookup.choices.length > 0
  return html`<span class="box ${several ? 'box-tags' : ''} ${host.invalid === 'true' ? 'is-invalid' : ''}" @click=${() => lookup.open()}>
      ${several ? ids.map((id) => renderTag(host, id)) : single !== undefined && lookup.query === null ? renderFace(host, { id: single, name: lookup.nameOf(single) }) : icon('search')}
      <input class="input" part="control" id="control" type="text" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list" aria-expanded=${expanded} aria-controls="choices"
        aria-activedescendant=${expanded ? `choice-${lookup.active}` : nothing} aria-required=${field.required ? 'true' : nothing} aria-invalid=${host.invalid} aria-describedby=${host.describedBy}
        ?disabled=${host.isDisabled} .value=${live(shown)} placeholder=${host.t(several ? 'lookup.add' : 'lookup.search')}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()} @input=${(event: InputEvent) => onInput(host, event)}
        @compositionend=${(event: Event) => lookup.type((event.target as HTMLInputElement).value)} @keydown=${(event: KeyboardEvent) => onKeydown(host, event)} @blur=${() => onBlur(host)} />
      ${lookup.state === 'loading' ? spinner : nothing}
      ${single !== undefined && !host.isDisabled && !field.required ? renderClear(host) : nothing}
    </span>
    ${lookup.isOpen ? renderList(host, lookup) : nothing}`
}

function renderList(host: CrmField, lookup: Lookup): TemplateResult {
  const note = lookup.state === 'failed' ? 'lookup.failed' : lookup.state === 'ready' ? 'lookup.none' : 'lookup.searching'
  return html`<div class="menu" part="menu" popover="manual" data-choices @pointerdown=${(event: Event) => event.preventDefault()}>
    ${
      lookup.choices.length > 0
        ? html`<ul id="choices" role="listbox" aria-labelledby="label">
          ${lookup.choices.map(
            (
              choice,
              index,
            ) => html`<li id="choice-${index}" class="menu-item ${index === lookup.active ? 'is-active' : ''}" role="option" aria-selected=${asList(host.value).includes(choice.id)}
              @click=${() => lookup.choose(choice)}>${renderFace(host, choice)}<span class="grow clip">${renderMatch(choice.name, lookup.query)}</span>${asList(host.value).includes(choice.id) ? icon('check') : nothing}</li>`,
          )}
        </ul>`
        : html`<p class="menu-label" role="status">${host.t(note)}</p>`
    }
  </div>`
}

/** The typed letters stand out in what was found. */
function renderMatch(name: string, query: string | null): TemplateResult | string {
  const at = query ? name.toLowerCase().indexOf(query.trim().toLowerCase()) : -1
  const { length } = query?.trim() ?? ''
  return at < 0 || length === 0 ? name : html`${name.slice(0, at)}<mark>${name.slice(at, at + length)}</mark>${name.slice(at + length)}`
}

function renderFace(host: CrmField, { id, name }: Choice): TemplateResult | typeof nothing {
  if (host.field.kind === 'user') return renderAvatar(id, name, true)
  return FACED.has(host.field.to ?? '') ? renderEmblem(id, name) : nothing
}

function renderTag(host: CrmField, id: string): TemplateResult {
  const name = host.lookup.nameOf(id)
  return html`<span class="tag"><span class="clip">${name}</span>${host.isDisabled ? nothing : html`<button type="button" aria-label=${host.t('remove.name', { name })} @click=${(event: Event) => drop(host, id, event)}>${icon('close')}</button>`}</span>`
}

function renderClear(host: CrmField): TemplateResult {
  return html`<button type="button" class="btn btn-ghost btn-icon btn-sm clear" aria-label=${host.t('clear.name', { name: host.words(host.field.label) })} @click=${(event: Event) => clear(host, event)}>${icon('close')}</button>`
}

function drop(host: CrmField, id: string, event: Event): void {
  event.stopPropagation()
  host.change(asList(host.value).filter((one) => one !== id))
  host.focus()
}

function clear(host: CrmField, event: Event): void {
  event.stopPropagation()
  host.change(null)
  host.focus()
}

function onInput(host: CrmField, event: InputEvent): void {
  // While an input method composes, the letters are not text yet.
  if (!event.isComposing) host.lookup.type((event.target as HTMLInputElement).value)
}

function onKeydown(host: CrmField, event: KeyboardEvent): void {
  if (event.isComposing || !takesKey(host, event)) return
  event.preventDefault()
  event.stopPropagation()
}

/** Uses a key; false leaves it to the input and to the form. */
function takesKey(host: CrmField, { key, target }: KeyboardEvent): boolean {
  const { lookup } = host
  const choice = lookup.choices[lookup.active]
  if (key === 'ArrowDown' || key === 'ArrowUp') lookup.move(key === 'ArrowDown' ? 1 : -1)
  else if (key === 'Enter' && lookup.isOpen && choice) lookup.choose(choice)
  else if (key === 'Escape' && lookup.isOpen) lookup.close()
  else {
    if (key === 'Backspace' && (target as HTMLInputElement).value === '') removeLast(host)
    return key === 'Enter' && lookup.isOpen
  }
  return true
}

function removeLast(host: CrmField): void {
  if (host.field.kind === 'links') host.change(asList(host.value).slice(0, -1))
}

function onBlur(host: CrmField): void {
  // A name that was deleted and not replaced means: nobody.
  if (host.lookup.query?.trim() === '' && host.field.kind !== 'links' && !host.field.required) host.change(null)
  host.lookup.close()
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

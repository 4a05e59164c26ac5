import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderAvatar, renderEmblem } from '../../display/avatar.ts'
import { renderButton } from '../../display/button.ts'
import { asList } from '../../format/value.ts'
import { icon, spinner } from '../../icon/icon.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import { onLookupKey } from '../lookup-keys.ts'
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
  const single = several || ids[0] === undefined ? null : { id: ids[0], name: lookup.nameOf(ids[0]) }
  const face = single && lookup.query === null ? renderFace(host, single) : icon('search')
  const canClear = single !== null && !host.isDisabled && !field.required
  return html`<span class="${host.boxClass} ${several ? 'box-tags' : ''}" @click=${() => lookup.open()}>
      ${several ? ids.map((id) => renderTag(host, id)) : face}${renderInput(host, lookup.query ?? single?.name ?? '')}
      ${lookup.state === 'loading' ? spinner : nothing}${canClear ? renderClear(host) : nothing}
    </span>
    ${lookup.isOpen ? (lookup.list?.renderList(host) ?? nothing) : nothing}`
}

function renderInput(host: CrmField, text: string): TemplateResult {
  const { lookup } = host
  const expanded = lookup.isOpen && lookup.choices.length > 0
  const typed = (event: Event) => (event.target as HTMLInputElement).value
  // While an input method composes, the letters are not text yet.
  const onInput = (event: InputEvent) => event.isComposing || lookup.type(typed(event))
  return html`<input
    ${controlAttributes(host)}
    class="input"
    type="text"
    role="combobox"
    autocomplete="off"
    spellcheck="false"
    aria-autocomplete="list"
    aria-expanded=${expanded}
    aria-controls="choices"
    aria-activedescendant=${expanded ? `choice-${lookup.active}` : nothing}
    placeholder=${host.t(host.field.kind === 'links' ? 'lookup.add' : 'lookup.search')}
    .value=${live(text)}
    @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
    @input=${onInput}
    @compositionend=${(event: Event) => lookup.type(typed(event))}
    @keydown=${(event: KeyboardEvent) => onLookupKey(host, event)}
    @blur=${() => onBlur(host)}
  />`
}

/** For the list: the mark of somebody, beside a name. */
export function renderFace(host: CrmField, { id, name }: Choice): TemplateResult | typeof nothing {
  if (host.field.kind === 'user') return renderAvatar(id, name, true)
  return FACED.has(host.field.to ?? '') ? renderEmblem(id, name) : nothing
}

function renderTag(host: CrmField, id: string): TemplateResult {
  const name = host.lookup.nameOf(id)
  const drop = (event: Event) =>
    take(
      host,
      event,
      asList(host.value).filter((one) => one !== id),
    )
  const button = html`<button type="button" aria-label=${host.t('remove.name', { name })} @click=${drop}>${icon('close')}</button>`
  return html`<span class="tag"><span class="clip">${name}</span>${host.isDisabled ? nothing : button}</span>`
}

function renderClear(host: CrmField): TemplateResult {
  const label = host.t('clear.name', { name: host.words(host.field.label) })
  return renderButton({ label, icon: 'close', look: 'ghost sm clear', bare: true, run: (event) => take(host, event, null) })
}

/** Takes something away without opening the list under the press. */
function take(host: CrmField, event: Event, value: unknown): void {
  event.stopPropagation()
  host.change(value)
  host.focus()
}

function onBlur(host: CrmField): void {
  // A name that was deleted and not replaced means: nobody.
  if (host.lookup.query?.trim() === '' && host.field.kind !== 'links' && !host.field.required) host.change(null)
  host.lookup.close()
}

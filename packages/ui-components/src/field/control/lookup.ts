import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../../display/button.ts'
import { asList } from '../../format/option.ts'
import { icon, spinner } from '../../icon/icon.ts'
import { controlAttributes } from '../control-attributes.ts'
import type { CrmField } from '../field.ts'
import { later, loadTyping, useTyping } from '../later.ts'
import type { FieldRenderer } from '../registry.ts'

const KEYS = ['ArrowDown', 'ArrowUp', 'Enter']

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
  const single = several || ids[0] === undefined ? null : { id: ids[0], name: host.nameOf(ids[0]) }
  const query = lookup?.query ?? null
  const shown = ids.length > 0 ? host.shownPart : null
  const face = single && query === null ? shown?.renderFace(host, single) : icon('search')
  const canClear = single !== null && !host.isDisabled && !field.required
  return html`<span class="${host.boxClass} ${several ? 'box-tags' : ''}" @click=${(event: Event) => onEvent(host, event)}>
      ${several ? ids.map((id) => renderTag(host, id)) : face}${renderInput(host, query ?? single?.name ?? '')}
      ${lookup?.state === 'loading' ? spinner : nothing}${canClear ? renderClear(host) : nothing}
    </span>
    ${lookup?.isOpen ? (lookup.list?.renderList(host, lookup) ?? nothing) : nothing}`
}

function renderInput(host: CrmField, text: string): TemplateResult {
  const { lookup } = host
  const expanded = lookup?.isOpen === true && lookup.choices.length > 0
  const on = (event: Event) => onEvent(host, event)
  return html`<input
    ${controlAttributes(host, host.typed ?? text)}
    class="input"
    type="text"
    role="combobox"
    autocomplete="off"
    spellcheck="false"
    aria-autocomplete="list"
    aria-expanded=${expanded}
    aria-controls="choices"
    aria-activedescendant=${expanded ? `choice-${lookup?.active}` : nothing}
    placeholder=${host.t(host.field.kind === 'links' ? 'lookup.add' : 'lookup.search')}
    @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
    @input=${on}
    @compositionend=${on}
    @keydown=${on}
    @blur=${on}
  />`
}

/** Whatever happens is kept for the part that knows what to do, in its order. */
function onEvent(host: CrmField, event: Event): void {
  const { value } = host.renderRoot.querySelector('input') as HTMLInputElement
  if (later.typing) {
    later.typing.onLookupEvent(host, event, value)
    return
  }
  if (event instanceof KeyboardEvent && KEYS.includes(event.key) && !event.isComposing) event.preventDefault()
  // Drawing meanwhile must not take away what stands there.
  if (event.type === 'input') host.typed = value
  void host.later(loadTyping, (typing) => {
    useTyping(typing)
    host.typed = null
    typing.onLookupEvent(host, event, value)
  })
}

function renderTag(host: CrmField, id: string): TemplateResult {
  const name = host.nameOf(id)
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

import { html, type TemplateResult } from 'lit'
import { html as staticHtml } from 'lit/static-html.js'
import { readField } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { formatValue } from '../format/value.ts'
import { icon } from '../icon/icon.ts'
import type { CellEdit } from './cell-edit.ts'
import { nextEditable } from './grid-keys.ts'
import type { CrmList } from './list.ts'

export { cellStyles } from './cell.styles.ts'
export { CellEditing } from './cell-edit.ts'

/** The field in the place of its value, with what it held and how to leave. */
export function renderCellEditor(list: CrmList, edit: CellEdit, record: CrmRecord | null): TemplateResult {
  if (edit.theirs) return renderConflict(list, edit, edit.theirs)
  const tag = tagOf(list, 'field')
  const onChange = (event: Event) => {
    event.stopPropagation()
    list.parts.cells?.change((event.currentTarget as CrmField).value ?? null)
  }
  const field = { ...edit.field, help: null }
  const control = staticHtml`<${tag}
    bare data-first src=${list.src} .locale=${list.language} .field=${field} .value=${edit.value} .record=${record} .error=${edit.problem}
    .siblings=${(name: string) => readField(record, name)} ?revealed=${edit.problem !== null} @crm-change=${onChange}
  ></${tag}>`
  return html`<div class="cell-editor" part="cell-editor" @click=${stop} @keydown=${keysOf(list)} @focusout=${(event: FocusEvent) => onLeave(list, event)}>
    ${control}<span class="sr">${list.t('cell.hint')}</span>
  </div>`
}

/** Both values, and the choice between them. */
function renderConflict(list: CrmList, { field, value, id }: CellEdit, theirs: CrmRecord): TemplateResult {
  const who = (theirs.updatedBy && list.session.person(theirs.updatedBy)?.name) || list.t('conflict.somebody')
  const text = (one: unknown) => formatValue(field, one, list.reading(theirs)) || list.t('bulk.empty')
  const mine = formatValue(field, value, list.reading(list.session.store.get(list.object, id))) || list.t('bulk.empty')
  return html`<div class="cell-editor" @click=${stop}>
    <div class="cell-conflict" part="conflict" role="alert">
      <p class="row">${icon('merge')}<b>${list.t('cell.conflict', { name: who })}</b></p>
      <div class="row">
        ${renderButton({ label: list.t('cell.theirs', { value: text(readField(theirs, field.name)) }), look: 'sm', run: () => void list.parts.cells?.settle('theirs') })}
        ${renderButton({ label: list.t('cell.mine', { value: mine }), look: 'sm primary', run: () => void list.parts.cells?.settle('mine') })}
      </div>
    </div>
  </div>`
}

const stop = (event: Event): void => event.stopPropagation()

/** Heard on the way in: what a key means depends on whether a list of choices is open before it is pressed. */
function keysOf(list: CrmList) {
  return { handleEvent: (event: KeyboardEvent) => onKeydown(list, event), capture: true }
}

function onKeydown(list: CrmList, event: KeyboardEvent): void {
  if (event.isComposing) return
  const control = controlIn(event)
  if (!['Escape', 'Enter', 'Tab'].includes(event.key) || (control?.lookup?.isOpen && event.key !== 'Tab')) return
  event.preventDefault()
  event.stopPropagation()
  if (event.key === 'Escape') list.parts.cells?.cancel()
  else if (event.key === 'Enter') void list.parts.cells?.commit(control)
  else void goOn(list, control, event.shiftKey ? -1 : 1)
}

/** Saves the cell and opens the next one; the last one leaves the focus where it was. */
async function goOn(list: CrmList, control: CrmField | null, step: 1 | -1): Promise<void> {
  const { cells } = list.parts
  if (!cells?.current) return
  const { id, field } = cells.current
  const next = nextEditable(list, field.name, step)
  if ((await cells.commit(control, next === undefined)) && next) list.edit(id, next)
}

/** Leaving the cell saves, as in every spreadsheet. */
function onLeave(list: CrmList, event: FocusEvent): void {
  const editor = event.currentTarget as HTMLElement
  if (event.relatedTarget instanceof Node && editor.contains(event.relatedTarget)) return
  if (!editor.isConnected || !list.parts.cells?.current || !list.ownerDocument.hasFocus()) return
  void list.parts.cells?.commit(controlIn(event), false)
}

function controlIn(event: Event): CrmField | null {
  return (event.currentTarget as HTMLElement).querySelector<CrmField>('[data-first]')
}

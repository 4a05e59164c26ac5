import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isBlank, isMoney, nameOf, readField, relatedOf } from '../client/record.ts'
import type { CrmRecord, FieldKind, FieldView } from '../client/types.ts'
import { renderAvatar } from '../display/avatar.ts'
import { renderMoney } from '../display/money.ts'
import { renderValue } from '../display/value.ts'
import { formatValue } from '../format/value.ts'
import type { CrmList } from './list.ts'
import type { ListView } from './parts.ts'

/** Two lines a record, for narrow places. */
export function renderCards(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { object, ids, range, step } = view
  const space = `padding-top:${range.start * step}px;padding-bottom:${(ids.length - range.end) * step}px`
  const cards = repeat(
    ids.slice(range.start, range.end),
    (id) => id,
    (id, index) => renderCard(list, view, id, range.start + index),
  )
  return html`<ul class="cards" part="cards" role="list" aria-label=${list.words(object.pluralLabel)} aria-busy=${busy} .style=${space}>${cards}</ul>`
}

function renderCard(list: CrmList, view: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(view.object.name, id)
  return html`<li data-row=${index} aria-setsize=${view.total} aria-posinset=${index + 1}>
    <button type="button" class="lcard open" part="card" @click=${() => list.activate(id)}>${renderLines(list, view, record)}</button>
  </li>`
}

/** The name with its state and its owner; below it how much, what about, and when. */
function renderLines(list: CrmList, { object, columns }: ListView, record: CrmRecord | null): TemplateResult {
  const reading = list.reading(record)
  const value = (field: FieldView) => readField(record, field.name)
  const filled = columns.filter((column) => !column.isName && !isBlank(value(column.field))).map((column) => column.field)
  const find = (...kinds: readonly FieldKind[]) => filled.find((field) => kinds.includes(field.kind))
  const [state, owner, money, about, day] = [
    find('choice'),
    find('user'),
    find('money'),
    find('reference', 'text', 'phone'),
    find('date', 'instant'),
  ]
  const sum = money && value(money)
  return html`<span class="row">
      <b class="clip grow">${nameOf(object, record) || list.t('untitled')}</b>${state ? renderValue(state, value(state), reading) : nothing}
      ${owner ? renderAvatar(String(value(owner)), relatedOf(record, owner.name)[0]?.name ?? '') : nothing}
    </span>
    <span class="row soft">
      ${isMoney(sum) ? renderMoney(sum, list.language) : nothing}
      <span class="dim clip grow">${about ? formatValue(about, value(about), reading) : ''}</span>
      ${day ? html`<span class="dim">${formatValue(day, value(day), reading)}</span>` : nothing}
    </span>`
}

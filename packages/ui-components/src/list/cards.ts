import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isBlank, isMoney, nameOf, readField, relatedOf } from '../client/record.ts'
import type { CrmRecord, FieldKind, FieldView } from '../client/types.ts'
import { renderAvatar } from '../display/avatar.ts'
import { renderMoney } from '../display/money.ts'
import { renderValue } from '../display/value.ts'
import { formatValue } from '../format/value.ts'
import { icon } from '../icon/icon.ts'
import type { CrmList } from './list.ts'
import type { ListView } from './parts.ts'

export { cardsStyles } from './cards.styles.ts'

/** Two lines a record, for narrow places. */
export function renderCards(list: CrmList, view: ListView, busy: boolean): TemplateResult {
  const { object, rows, range, step } = view
  const space = `padding-top:${range.start * step}px;padding-bottom:${(rows.count - range.end) * step}px`
  const indexes = Array.from({ length: range.end - range.start }, (_, offset) => range.start + offset)
  const cards = repeat(
    indexes,
    (index) => index,
    (index) => renderLine(list, view, index),
  )
  return html`<ul class="cards" part="cards" role="list" aria-label=${list.words(object.pluralLabel)} aria-busy=${busy} .style=${space}>${cards}</ul>`
}

function renderLine(list: CrmList, view: ListView, index: number): TemplateResult {
  const row = view.rows.at(index)
  if (row.kind === 'record') return renderCard(list, view, row.id, index)
  if (row.kind === 'blank') return html`<li data-row=${index} class="lcard" aria-busy="true"><i class="skel w60"></i></li>`
  const { group, folded } = row
  const name = group.label || list.t('group.blank')
  return html`<li data-row=${index}>
    <button type="button" class="lcard lgroup" part="group" aria-expanded=${!folded} @click=${() => list.foldGroup(group.key, !folded)}>
      <span class="row">${icon(folded ? 'right' : 'down')}<b class="clip">${name}</b><span class="count">${group.figures.count.toLocaleString(list.language)}</span></span>
    </button>
  </li>`
}

function renderCard(list: CrmList, view: ListView, id: string, index: number): TemplateResult {
  const record = list.session.store.get(view.object.name, id)
  return html`<li data-row=${index} aria-setsize=${view.rows.count} aria-posinset=${index + 1}>
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
      ${owner ? renderAvatar(String(value(owner)), relatedOf(record, owner.name)[0]?.name ?? list.session.person(String(value(owner)))?.name ?? '') : nothing}
    </span>
    <span class="row soft">
      ${isMoney(sum) ? renderMoney(sum, list.language) : nothing}
      <span class="dim clip grow">${about ? formatValue(about, value(about), reading) : ''}</span>
      ${day ? html`<span class="dim">${formatValue(day, value(day), reading)}</span>` : nothing}
    </span>`
}

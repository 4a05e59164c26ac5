import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { BadRow, BadRows } from '../client/import-types.ts'
import { renderButton } from '../display/button.ts'
import { optionLabel } from '../format/option.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { ImportView } from './import-view.ts'
import { renderReasons } from './reasons.ts'

/** Rows that were not taken: change a cell, try again, and they are gone when they are taken. */
export function renderBadRows(view: ImportView): TemplateResult | typeof nothing {
  const { badRows, badRowsError } = view.job
  if (badRowsError)
    return html`<div class="banner banner-danger" role="alert">${icon('warn')}<span class="grow">${reasonOf(view.host, badRowsError)}</span>${renderButton({ label: view.t('retry'), look: 'sm', run: () => void view.job.readBadRows() })}</div>`
  const files = (badRows ?? []).filter(({ count }) => count > 0)
  if (files.length > 0) return html`${files.map((file) => renderFile(view, file))}`
  return view.repairs.taken > 0
    ? html`<div class="banner banner-success" role="status">${icon('check')}<b>${view.t('import.bad.allTaken', { count: view.repairs.taken })}</b></div>`
    : nothing
}

function renderFile(view: ImportView, file: BadRows): TemplateResult {
  const { repairs } = view
  const shown = file.rows.slice(0, repairs.shown)
  const beyond = file.count - file.rows.length
  return html`<section class="panel" part="panel bad-rows" aria-label=${view.t('import.bad.title', { name: file.file })}>
    <div class="panel-head bad-head"><h4 class="h3 clip">${view.t('import.bad.title', { name: file.file })}</h4><span class="count">${file.count.toLocaleString(view.host.language)}</span><span class="grow"></span>
      ${renderButton({ label: view.t('import.bad.csv', { name: file.file }), icon: 'download', look: 'sm ghost', run: () => void view.downloadBadRows(file.index, file.file, 'csv') })}
      ${renderButton({ label: view.t('import.bad.xlsx', { name: file.file }), icon: 'download', look: 'sm ghost', run: () => void view.downloadBadRows(file.index, file.file, 'xlsx') })}
    </div>
    ${repairs.error ? html`<p class="error bad-error" role="alert">${icon('warn')}<span>${reasonOf(view.host, repairs.error)}</span></p>` : nothing}
    <div class="bad-scroll">
      <ul class="bad-list">${repeat(
        shown,
        ({ row }) => row,
        (row) => renderBadRow(view, file, row),
      )}</ul>
    </div>
    <div class="bad-foot">
      ${file.rows.length > shown.length ? renderButton({ label: view.t('import.rows.more', { count: file.rows.length - shown.length }), look: 'sm', run: () => repairs.showMore() }) : nothing}
      <span class="grow xs dim">${beyond > 0 && file.rows.length <= shown.length ? view.t('import.bad.beyond', { count: beyond }) : ''}</span>
      <button type="button" class="btn btn-primary btn-sm" part="button" ?disabled=${repairs.editedCount === 0 || repairs.sending.size > 0} @click=${() => void view.tryRows()}>
        <span>${view.t('import.bad.tryAll', { count: repairs.editedCount })}</span></button>
    </div>
  </section>`
}

function renderBadRow(view: ImportView, file: BadRows, row: BadRow): TemplateResult {
  const { repairs } = view
  const sending = repairs.isSending(file, row)
  const wrong = new Set(row.reasons.map(({ column }) => column))
  // Cells at fault come first: they are what the reader has come for.
  const columns = file.columns.map((name, index) => ({ name, index })).sort((a, b) => Number(wrong.has(b.name)) - Number(wrong.has(a.name)))
  const open = `bad ${file.index} ${row.row}`
  const few = columns.filter(({ name }, at) => wrong.has(name) || at < 4)
  const shown = view.shown.has(open) ? columns : few
  const id = `why-${file.index}-${row.row}`
  const tryRow = (): void => void view.tryRows([{ file, row }])
  return html`<li class="bad-row ${repairs.isEdited(file, row) ? 'is-edited' : ''}" data-row=${row.row} aria-busy=${sending}>
    <div class="bad-why"><span class="xs dim">${view.t('import.row', { row: row.row })}${row.state === 'refused' ? nothing : html` · <span class="late">${view.t('import.did.incomplete')}</span>`}</span>
      <div id=${id}>${renderReasons(view, row.reasons)}</div></div>
    <div class="bad-cells">${shown.map(({ name, index }) => renderCell(view, file, row, name, index, wrong.has(name), id, tryRow))}
      ${few.length < columns.length ? html`<button type="button" class="btn btn-ghost btn-sm all-cells" part="button" aria-expanded=${view.shown.has(open)} @click=${() => view.shown.toggle(open)}><span>${view.t(view.shown.has(open) ? 'import.bad.fewer' : 'import.bad.allCells', { count: columns.length })}</span></button>` : nothing}
    </div>
    <button type="button" class="btn btn-sm try" part="button" ?disabled=${sending} aria-label=${view.t('import.bad.tryRow', { row: row.row })} @click=${tryRow}>${sending ? spinner : icon('history')}<span>${view.t('import.bad.try')}</span></button>
  </li>`
}

function renderCell(
  view: ImportView,
  file: BadRows,
  row: BadRow,
  name: string,
  index: number,
  wrong: boolean,
  why: string,
  tryRow: () => void,
): TemplateResult {
  const { repairs } = view
  const change = (event: Event): void => repairs.edit(file, row, index, (event.target as HTMLInputElement).value)
  const keydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return
    change(event)
    tryRow()
  }
  const offers = wrong ? optionsOf(view, file, row, name) : []
  const list = `offers-${file.index}-${row.row}-${index}`
  return html`<label class="bad-cell"><span class="xs dim clip">${name}</span>
    <input class="input" list=${offers.length > 0 ? list : nothing} part="cell-editor" type="text" autocomplete="off" aria-invalid=${wrong} aria-describedby=${wrong ? why : nothing}
      .value=${repairs.text(file, row, index)} ?disabled=${repairs.isSending(file, row)} @input=${change} @keydown=${keydown} />${offers.length > 0 ? html`<datalist id=${list}>${offers.map((offer) => html`<option value=${offer}></option>`)}</datalist>` : nothing}</label>`
}

/** What a cell at fault may hold, where its field has a list of options. */
function optionsOf(view: ImportView, file: BadRows, row: BadRow, column: string): readonly string[] {
  const object = view.target(view.job.view?.files[file.index]?.object ?? null)
  const reason = row.reasons.find((one) => one.column === column)
  const field = object?.fields.find(({ name }) => name === reason?.field)
  return (field?.options ?? []).map(({ value }) => (field ? optionLabel(field, value, view.host.language) : value))
}

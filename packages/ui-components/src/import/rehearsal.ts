import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Rehearsal, RowResult } from '../client/import-types.ts'
import { renderButton } from '../display/button.ts'
import { type IconName, icon, spinner } from '../icon/icon.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import { type Figure, renderFigures } from './figures.ts'
import type { ImportView } from './import-view.ts'
import { renderReasons } from './reasons.ts'
import type { RowFilter } from './rehearsal-run.ts'
import { renderRepairs, repairLabel, shownCell } from './repairs.ts'
import { renderFoot, renderStepTitle } from './steps.ts'

/** What the import would do, row by row. Nothing is written. */
export function renderRehearsal(view: ImportView): TemplateResult {
  const { rehearsal } = view
  return html`<div class="body">
      ${renderStepTitle(view.t('import.rehearsal.title'), view.t('import.rehearsal.text'))}
      ${rehearsal.error ? renderFailure(view.host, rehearsal.error, () => void view.rehearse()) : rehearsal.result ? renderResult(view, rehearsal.result) : renderRunning(view)}
    </div>
    ${renderRehearsalFoot(view)}`
}

function renderRunning(view: ImportView): TemplateResult {
  return html`<section class="panel" part="panel"><div class="working" role="status">${spinner}<div><b>${view.t('import.rehearsal.running', { count: view.sources.rows })}</b>
    <p class="soft">${view.t('import.rehearsal.runningText')}</p></div></div><progress class="bar" aria-label=${view.t('import.rehearsal.title')}></progress></section>`
}

function renderResult(view: ImportView, result: Rehearsal): TemplateResult {
  const { rehearsal, host } = view
  const repaired = result.repairs.reduce((sum, { count }) => sum + count, 0)
  const incomplete = result.problems.filter(({ outcome }) => outcome === 'incomplete').length
  const figures: readonly Figure[] = [
    { key: 'all', label: view.t('import.outcome.all'), count: result.rowsTotal },
    { key: 'create', label: view.t('import.outcome.create'), count: result.created, tone: 'success' },
    { key: 'update', label: view.t('import.outcome.update'), count: result.updated },
    { key: 'unchanged', label: view.t('import.outcome.unchanged'), count: result.unchanged },
    { key: 'refuse', label: view.t('import.outcome.refuse'), count: result.refused, tone: 'danger' },
    ...(incomplete > 0 ? [{ key: 'incomplete', label: view.t('import.outcome.incomplete'), count: incomplete, tone: 'warning' }] : []),
    { key: 'repaired', label: view.t('import.outcome.repaired'), count: repaired, tone: 'warning' },
  ]
  const shown = figures.find(({ key }) => key === rehearsal.filter)?.count ?? 0
  return html`${result.created + result.updated === 0 && result.refused === 0 ? renderNothingNew(view) : nothing}
    ${renderFigures(figures, host.language, view.t('import.rehearsal.filter'), rehearsal.filter, (key) => rehearsal.show(key as RowFilter))}
    ${rehearsal.filter === 'repaired' ? renderRepairs(view, result.repairs) : renderRows(view, rehearsal.rows, shown)}`
}

function renderNothingNew(view: ImportView): TemplateResult {
  return html`<div class="banner banner-accent" role="status">${icon('info')}<div class="grow"><b>${view.t('import.nothingNew.title')}</b><p class="soft">${view.t('import.nothingNew.before')}</p></div></div>`
}

const marks: Readonly<Record<RowResult['outcome'], readonly [icon: IconName, tone: string]>> = {
  create: ['plus', 'good'],
  update: ['edit', 'accent'],
  unchanged: ['check', 'dim'],
  refuse: ['stop', 'down'],
  incomplete: ['warn', 'late'],
}

function renderRows(view: ImportView, rows: readonly RowResult[], total: number): TemplateResult {
  const { rehearsal, sources } = view
  const several = sources.list.length > 1
  if (rows.length === 0) {
    return html`<section class="panel" part="panel rows">${renderEmpty('filter', view.t('import.rows.none'), total > 0 ? view.t('import.rows.beyond', { count: total }) : '')}</section>`
  }
  const shown = rows.slice(0, rehearsal.shown)
  return html`<section class="panel" part="panel rows" aria-label=${view.t('import.rehearsal.title')}>
    <ul class="row-list">${repeat(
      shown,
      (row) => `${row.file} ${row.row} ${row.outcome}`,
      (row) => renderRow(view, row, several),
    )}</ul>
    ${rows.length > shown.length ? html`<div class="more">${renderButton({ label: view.t('import.rows.more', { count: rows.length - shown.length }), look: 'sm', run: () => rehearsal.showMore() })}</div>` : nothing}
    ${rows.length <= shown.length && rows.length < total ? html`<p class="more xs dim">${view.t('import.rows.first', { shown: rows.length, count: total })}</p>` : nothing}
  </section>`
}

function renderRow(view: ImportView, row: RowResult, several: boolean): TemplateResult {
  const [mark, tone] = marks[row.outcome]
  return html`<li class="row-line" data-outcome=${row.outcome}>
    <span class="row-number xs dim">${several ? html`<span class="clip">${row.file}</span>` : nothing}<span>${view.t('import.row', { row: row.row })}</span></span>
    <span class="outcome ${tone}">${icon(mark)}<span>${view.t(`import.did.${row.outcome}`)}</span></span>
    <div class="row-what"><b class="clip">${row.name ?? ''}</b>${renderReasons(view, row.reasons)}${row.marks.map(
      (one) =>
        html`<p class="xs mark-line"><span class="soft">${one.column}</span><del>${one.original}</del><span class="dim">${icon('arrow-right')}</span><ins>${shownCell(view, { ...one, file: row.file })}</ins><span class="dim">${one.codes.map((code) => repairLabel(view, code)).join(view.t('list.separator'))}</span></p>`,
    )}</div>
  </li>`
}

function renderRehearsalFoot(view: ImportView): TemplateResult {
  const { rehearsal, isStarting } = view
  const { result } = rehearsal
  const back = renderButton({
    label: view.t(rehearsal.isRunning ? 'cancel' : 'import.backToMapping'),
    look: 'ghost',
    run: () => view.back(),
  })
  const count = result ? result.rowsTotal - result.refused : 0
  const note =
    result && result.refused > 0
      ? html`<span class="late">${icon('warn')}${view.t('import.rehearsal.left', { count: result.refused })}</span>`
      : nothing
  const on = html`<button type="button" class="btn btn-primary" part="button" ?disabled=${!result || count === 0 || isStarting} aria-busy=${isStarting} @click=${() => void view.start()}>
    ${isStarting ? spinner : nothing}<span>${view.t('import.start', { count })}</span>
  </button>`
  return renderFoot(back, note, on)
}

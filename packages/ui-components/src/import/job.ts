import { html, nothing, type TemplateResult } from 'lit'
import type { JobView, Reason, RepairCount } from '../client/import-types.ts'
import { renderButton } from '../display/button.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf, renderFailure } from '../state/state-view.ts'
import { renderBadRows } from './bad-rows.ts'
import { type Figure, renderFigures } from './figures.ts'
import type { ImportView } from './import-view.ts'
import { renderRepairs } from './repairs.ts'
import { renderJobState } from './start.ts'

/** A job: how far it is, then what it did and what is left to repair. */
export function renderJob(view: ImportView): TemplateResult {
  const { job } = view
  if (!job.view) {
    const content = job.error
      ? renderFailure(view.host, job.error, () => job.id && void job.watch(job.id))
      : html`<section class="panel" part="panel"><div class="working" role="status">${spinner}${view.t('loading')}</div></section>`
    return html`<div class="body">${content}</div>`
  }
  return html`<div class="body">
    <div class="step-head"><div class="row wrap"><h3 class="step-title clip" tabindex="-1">${job.view.job.name}</h3>${renderJobState(view, job.view.job.state)}</div>
      <p class="soft">${job.view.files.map(({ name, object }) => `${name} → ${view.host.words(view.target(object)?.pluralLabel) || object}`).join(view.t('list.separator'))}</p></div>
    ${renderBanner(view, job.view)}${renderProgress(view, job.view)}${renderCounts(view, job.view)}
    ${renderBadRows(view)}${renderDone(view, job.view)}
  </div>`
}

function renderBanner(view: ImportView, { job, progress }: JobView): TemplateResult | typeof nothing {
  const { problem, error, repeated, standsStill } = view.job
  if (view.job.wantedFiles.length > 0) return renderWanted(view)
  if (problem) return banner('danger', reasonOf(view.host, problem), problem.hint ?? '')
  if (error) return banner('warning', view.t('import.lost.title'), view.t('import.lost.text'))
  const nothingNew = job.state === 'done' && progress.created === 0 && progress.updated === 0 && progress.refused === 0
  if (repeated || nothingNew) return banner('accent', view.t('import.nothingNew.title'), view.t('import.nothingNew.text'))
  if (job.state === 'stopped')
    return banner('danger', failureOf(view, job.failure) ?? view.t('import.stopped.title'), view.t('import.stopped.text'))
  if (job.state === 'cancelled') return banner('warning', view.t('import.cancelled.title'), view.t('import.cancelled.text'))
  if (standsStill) return banner('warning', view.t('import.still.title'), view.t('import.still.text'))
  if (job.state === 'done' && progress.refused > 0)
    return banner('warning', view.t('import.partly.title', { count: progress.refused }), view.t('import.partly.text'))
  return job.state === 'done' ? banner('success', view.t('import.done.title', { count: progress.created + progress.updated }), '') : nothing
}

function banner(tone: 'danger' | 'warning' | 'accent' | 'success', title: string, text: string): TemplateResult {
  const mark = tone === 'success' ? 'check' : tone === 'accent' ? 'info' : 'warn'
  return html`<div class="banner banner-${tone}" role=${tone === 'danger' ? 'alert' : 'status'}>${icon(mark)}<div class="grow"><b>${title}</b>${text ? html`<p class="soft">${text}</p>` : nothing}</div></div>`
}

/** The reason a job stopped, if it left one. */
function failureOf(view: ImportView, failure: string | null | undefined): string | null {
  if (!failure) return null
  const { message } = JSON.parse(failure) as Reason
  return view.host.words(message)
}

/** The files went while the job stood still; it goes on with them. */
function renderWanted(view: ImportView): TemplateResult {
  const take = (event: Event): void => {
    const control = event.target as HTMLInputElement
    const files = [...(control.files ?? [])]
    control.value = ''
    void view.sendAgain(files)
  }
  const names = view.job.wantedFiles.join(view.t('list.separator'))
  return html`<div class="banner banner-warning" role="alert">${icon('warn')}<div class="grow"><b>${view.t('import.gone.title')}</b><p class="soft">${view.t('import.gone.text', { names })}</p></div>
    <label class="btn file-button">${icon('upload')}<span>${view.t('import.gone.choose')}</span><input type="file" class="drop-input" multiple @change=${take} /></label></div>`
}

function renderProgress(view: ImportView, { job, progress }: JobView): TemplateResult | typeof nothing {
  const { isBusy, isRunning, standsStill } = view.job
  if (job.state === 'done') return nothing
  const total = progress.total ?? 0
  const share = total > 0 ? Math.min(100, Math.floor((progress.rows / total) * 100)) : 0
  const { language } = view.host
  const stop = renderButton({ label: view.t('import.cancel'), busy: isBusy, run: () => void view.job.cancel() })
  const go = renderButton({ label: view.t('import.goOn'), icon: 'play', look: 'primary', busy: isBusy, run: () => void view.job.run() })
  const pace =
    isRunning && !standsStill
      ? [progress.rate > 0 ? view.t('import.rate', { count: Math.round(progress.rate) }) : '', timeLeft(view, progress.secondsLeft)]
          .filter(Boolean)
          .join(' · ')
      : ''
  return html`<section class="panel progress-panel" part="panel progress" aria-label=${view.t('import.progress')}>
    <div class="progress-head"><span class="share">${share}<small>%</small></span>
      <div class="grow"><b>${view.t('import.progress.rows', { rows: progress.rows, total })}</b><p class="xs soft" aria-live="off">${pace}</p></div>
      ${isRunning ? stop : nothing}${!isRunning || standsStill ? go : nothing}</div>
    <progress class="bar" aria-label=${view.t('import.progress')} max=${Math.max(1, total)} .value=${progress.rows} aria-valuetext=${view.t('import.progress.rows', { rows: progress.rows.toLocaleString(language), total: total.toLocaleString(language) })}></progress>
    ${isRunning ? html`<p class="xs dim">${view.t('import.progress.leave')}</p>` : nothing}
  </section>`
}

function timeLeft(view: ImportView, seconds: number | null): string {
  if (seconds === null) return ''
  if (seconds < 60) return view.t('import.left.seconds', { count: Math.max(1, seconds) })
  return view.t('import.left.minutes', { count: Math.round(seconds / 60) })
}

function renderCounts(view: ImportView, { progress }: JobView): TemplateResult {
  const figures: readonly Figure[] = [
    { key: 'create', label: view.t('import.outcome.created'), count: progress.created, tone: 'success' },
    { key: 'update', label: view.t('import.outcome.updated'), count: progress.updated },
    { key: 'unchanged', label: view.t('import.outcome.unchanged'), count: progress.skipped },
    { key: 'refuse', label: view.t('import.outcome.refused'), count: progress.refused, tone: 'danger' },
  ]
  return renderFigures(figures, view.host.language, view.t('import.progress'))
}

function renderDone(view: ImportView, { job }: JobView): TemplateResult | typeof nothing {
  const repairs = JSON.parse(job.repairs ?? '[]') as readonly RepairCount[]
  if (job.state === 'running' || repairs.length === 0) return nothing
  return html`<details class="fold-panel bare-fold"><summary class="panel-head"><h4 class="h3">${view.t('import.repairs.title')}</h4><span class="count">${repairs.reduce((sum, { count }) => sum + count, 0).toLocaleString(view.host.language)}</span><span class="grow"></span>${icon('down')}</summary>${renderRepairs(view, repairs)}</details>`
}

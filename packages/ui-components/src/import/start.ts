import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ImportJob, JobState } from '../client/import-types.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { icon, spinner } from '../icon/icon.ts'
import { renderEmpty } from '../state/state-view.ts'
import { renderSelect } from './controls.ts'
import { formatBytes } from './format.ts'
import type { ImportView } from './import-view.ts'
import type { Source } from './source.ts'
import { renderFoot, renderStepTitle } from './steps.ts'

const ACCEPT = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Choose or drop files, say what each is about; below, what was imported before. */
export function renderStart(view: ImportView): TemplateResult {
  const { list } = view.sources
  return html`<div class="body">
      ${renderStepTitle(view.t('import.files.title'), view.t('import.files.text'))}
      ${renderDrop(view, list.length > 0)}
      ${list.length > 0 ? renderFiles(view) : nothing}
      ${view.recent.length > 0 && list.length === 0 ? renderJobs(view) : nothing}
    </div>
    ${list.length > 0 ? renderFilesFoot(view) : nothing}`
}

/** The server has no imports. */
export function renderAbsent(view: ImportView): TemplateResult {
  return html`<div class="gone">${renderEmpty('inbox', view.t('import.absent.title'), view.t('import.absent.text'))}</div>`
}

/** The reader may not import. */
export function renderNoRight(view: ImportView): TemplateResult {
  return html`<div class="gone">${renderEmpty('lock', view.t('import.denied.title'), view.t('import.denied.text'))}</div>`
}

function renderDrop(view: ImportView, compact: boolean): TemplateResult {
  const take = (event: Event): void => {
    const control = event.target as HTMLInputElement
    view.addFiles([...(control.files ?? [])])
    control.value = ''
  }
  const over = (event: DragEvent): void => {
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    ;(event.currentTarget as HTMLElement).classList.add('is-over')
  }
  const leave = (event: DragEvent): void => (event.currentTarget as HTMLElement).classList.remove('is-over')
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    leave(event)
    view.addFiles([...(event.dataTransfer?.files ?? [])])
  }
  return html`<label class="drop ${compact ? 'is-compact' : ''}" part="drop" @dragover=${over} @dragleave=${leave} @drop=${drop}>
    <input type="file" class="drop-input" multiple accept=${ACCEPT} aria-describedby="drop-hint" @change=${take} />
    ${icon('upload')}
    <span class="drop-words"><b>${view.t(compact ? 'import.drop.more' : 'import.drop.title')}</b>
      <span class="dim" id="drop-hint">${view.t('import.drop.hint')}</span></span>
  </label>`
}

function renderFiles(view: ImportView): TemplateResult {
  const { list } = view.sources
  return html`<section class="panel" part="panel">
    <ul class="files" part="files">${repeat(
      list,
      (source) => source,
      (source) => renderFile(view, source),
    )}</ul>
  </section>`
}

function renderFile(view: ImportView, source: Source): TemplateResult {
  const { file, error, uploaded } = source
  const remove = {
    label: view.t('remove.name', { name: source.name }),
    icon: 'close',
    look: 'ghost sm',
    bare: true,
    run: () => view.sources.remove(source),
  } as const
  return html`<li class="file" part="file">
    ${icon('file')}
    <div class="file-name"><b class="clip" title=${file.name}>${file.name}</b><span class="xs dim">${formatBytes(file.size, view.host.language)}${renderFileState(view, source)}</span></div>
    <div class="file-choice">${error || !uploaded ? nothing : renderChoices(view, source)}</div>
    ${renderButton(remove)}
    ${error ? html`<p class="error file-wide" role="alert">${icon('warn')}<span>${fileProblem(view, source)}</span>${renderButton({ label: view.t('retry'), look: 'sm', run: () => void source.send() })}</p>` : nothing}
    ${uploaded || error ? nothing : renderSending(view, source)}
  </li>`
}

function renderFileState(view: ImportView, { uploaded, error, sent, file }: Source): unknown {
  if (error) return nothing
  if (uploaded) return html` · <span class="good">${view.t('import.file.ready')}</span>`
  const share = file.size > 0 ? Math.min(100, Math.floor((sent / file.size) * 100)) : 0
  return html` · ${view.t('import.file.sending', { share })}`
}

function renderSending(view: ImportView, { file, sent }: Source): TemplateResult {
  const label = view.t('import.file.progress', { name: file.name })
  const known = sent > 0 && sent < file.size
  return html`<progress class="bar file-wide" aria-label=${label} max=${Math.max(1, file.size)} .value=${known ? sent : sent > 0 ? file.size : 0}></progress>`
}

/** Problems of a file that people can do something about are told in our words; the others in the server's. */
function fileProblem(view: ImportView, { error }: Source): string {
  if (!error) return ''
  if (error.code === 'NETWORK') return view.t('import.file.offline')
  return [error.message, error.hint].filter(Boolean).join(' ')
}

function renderChoices(view: ImportView, source: Source): TemplateResult {
  const { host, targets } = view
  const sheets = source.uploaded?.sheets ?? []
  const object = renderSelect({
    label: view.t('import.file.object', { name: source.name }),
    quiet: true,
    value: source.object ?? '',
    choices: [
      ...(source.object === null ? [{ value: '', label: view.t('import.file.chooseObject') }] : []),
      ...targets.map(({ name, pluralLabel }) => ({ value: name, label: host.words(pluralLabel) })),
    ],
    choose: (value) => view.choose(source, { object: value || null }),
  })
  const sheet = renderSelect({
    label: view.t('import.file.sheet', { name: source.name }),
    quiet: true,
    value: source.sheet ?? '',
    choices: sheets
      .filter((name) => name === source.sheet || view.sources.otherSheets(source).includes(name))
      .map((name) => ({ value: name, label: name })),
    choose: (value) => view.choose(source, { sheet: value }),
  })
  const fixed = html`<span class="badge" part="badge">${host.words(view.target(source.object)?.pluralLabel)}</span>`
  const [next] = view.sources.otherSheets(source)
  const more =
    next !== undefined &&
    renderButton({ label: view.t('import.file.addSheet'), icon: 'plus', look: 'sm ghost', run: () => view.addSheet(source, next) })
  return html`${more || nothing}${sheets.length > 1 ? sheet : nothing}${host.object || targets.length === 1 ? fixed : object}`
}

function renderFilesFoot(view: ImportView): TemplateResult {
  const { sources } = view
  const sending = sources.list.some(({ uploaded, error }) => !uploaded && !error)
  const note = sending
    ? html`${spinner}${view.t('import.files.sending')}`
    : sources.list.some(({ object }) => object === null)
      ? view.t('import.files.objectless')
      : view.t('import.files.count', { count: sources.list.length })
  const on = html`<button type="button" class="btn btn-primary" part="button" ?disabled=${!sources.areReady} @click=${() => void view.toMapping()}>
    <span>${view.t('import.files.next')}</span>
  </button>`
  return renderFoot(nothing, note, on)
}

const stateTones: Readonly<Record<JobState, string>> = {
  ready: 'line',
  running: 'accent',
  cancelled: 'warning',
  stopped: 'danger',
  done: 'success',
}

/** Where a job is, as a word with a tint. */
export function renderJobState(view: ImportView, state: JobState): TemplateResult {
  return html`<span class="badge badge-${stateTones[state]}" part="badge">${view.t(`import.state.${state}`)}</span>`
}

function renderJobs(view: ImportView): TemplateResult {
  return html`<section class="panel" part="panel jobs" aria-label=${view.t('import.recent')}>
    <div class="panel-head"><h3 class="h3">${view.t('import.recent')}</h3></div>
    <ul class="jobs">${view.recent.map((job) => renderRecent(view, job))}</ul>
  </section>`
}

function renderRecent(view: ImportView, job: ImportJob): TemplateResult {
  const { host } = view
  const now = host.session.now()
  return html`<li><button type="button" class="job-row" @click=${() => void view.openJob(job.id)}>
    <span class="job-name"><b class="clip">${job.name}</b><span class="xs dim">${job.createdAt === undefined ? '' : formatInstant(job.createdAt, host.language, now)}</span></span>
    <span class="xs soft job-counts">${view.t('import.job.counts', { created: job.created ?? 0, updated: job.updated ?? 0, refused: job.refused ?? 0 })}</span>
    ${renderJobState(view, job.state)}
  </button></li>`
}

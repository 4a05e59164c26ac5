import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Reason } from '../client/import-types.ts'
import { renderButton } from '../display/button.ts'
import { icon, spinner } from '../icon/icon.ts'
import { renderFailure } from '../state/state-view.ts'
import { renderColumns } from './columns.ts'
import { renderFills } from './fills.ts'
import { renderGeneral } from './general.ts'
import { renderHistory } from './history.ts'
import type { ImportView } from './import-view.ts'
import { renderKey } from './key.ts'
import { type MappingPart, mappingPart } from './mapping-part.ts'
import { renderQuestions } from './questions.ts'
import { renderReadingOptions } from './reading-options.ts'
import { renderSaved } from './saved.ts'
import type { Source } from './source.ts'
import { renderFoot, renderStepTitle } from './steps.ts'

/** What each column means and what there is to decide, file by file. */
export function renderMapping(view: ImportView): TemplateResult {
  const { active, list } = view.sources
  return html`<div class="body ${list.length > 1 ? 'has-rail' : ''}">
      ${list.length > 1 ? renderRail(view) : nothing}
      <div class="main">${active ? renderSource(view, active) : nothing}</div>
    </div>
    ${renderMappingFoot(view)}`
}

function renderRail(view: ImportView): TemplateResult {
  const { sources, host } = view
  return html`<nav class="rail" aria-label=${view.t('import.files.name')}><ul part="files">
    ${repeat(
      sources.list,
      (source) => source,
      (
        source,
      ) => html`<li><button type="button" class="rail-item" part="file" aria-current=${source === sources.active ? 'true' : nothing} @click=${() => view.select(source)}>
        ${icon('file')}<span class="rail-words"><b class="clip">${source.name}</b><span class="xs dim">${host.words(view.target(source.object)?.pluralLabel)}</span></span>
        ${renderRailState(view, source)}
      </button></li>`,
    )}
  </ul></nav>`
}

function renderRailState(view: ImportView, source: Source): TemplateResult | typeof nothing {
  if (source.isReading) return spinner
  if (source.readError) return html`<span class="badge badge-danger" part="badge">${view.t('import.rail.failed')}</span>`
  const open = source.openQuestions
  if (open > 0) return html`<span class="badge badge-warning" part="badge">${view.t('import.rail.open', { count: open })}</span>`
  return html`<span class="good" role="img" aria-label=${view.t('import.rail.done')}>${icon('check')}</span>`
}

function renderSource(view: ImportView, source: Source): TemplateResult {
  const part = mappingPart(view, source)
  const object = view.target(source.object)
  const title = view.t('import.mapping.title', { file: source.name, name: view.host.words(object?.pluralLabel) })
  if (!part) {
    const { readError } = source
    return html`${renderStepTitle(title, '')}${readError ? html`${renderFailure(view.host, readError, () => void source.read([]))}${renderReadingOptions(view, source)}` : renderReading(view)}`
  }
  const { preview } = part
  const text = view.t('import.mapping.text', { rows: preview.rows, columns: preview.columns.length })
  return html`${renderStepTitle(title, text)}
    ${source.readError ? renderRefusedMapping(part) : nothing}
    ${preview.notices.map((notice) => renderNotice(view, notice))}
    ${renderQuestions(part)}
    ${renderColumns(part)}
    ${renderKey(part)}
    ${renderFills(part)}
    ${renderHistory(part)}
    ${renderGeneral(part)}${renderReadingOptions(view, source)}
    ${renderSaved(part)}`
}

/** A mapping that the server does not take is still on the screen, to be put right. */
function renderRefusedMapping({ view, source }: MappingPart): TemplateResult {
  const { readError } = source
  return html`<div class="banner banner-danger" role="alert">${icon('warn')}<div class="grow"><p>${readError?.code === 'NETWORK' ? view.t('offline.write') : readError?.message}</p>
    ${readError?.hint ? html`<p class="soft">${readError.hint}</p>` : nothing}</div>
    ${renderButton({ label: view.t('retry'), look: 'sm', run: () => void source.read(view.sources.othersOf(source)) })}</div>`
}

function renderNotice({ host }: ImportView, { message, hint }: Reason): TemplateResult {
  return html`<div class="banner" role="note">${icon('info')}<p class="grow">${host.words(message)} <span class="soft">${host.words(hint)}</span></p></div>`
}

function renderReading(view: ImportView): TemplateResult {
  const row = html`<div class="skel-line"><i class="skel w30"></i><i class="skel w45"></i><i class="skel w20"></i></div>`
  return html`<section class="panel" part="panel" role="status" aria-busy="true" aria-label=${view.t('import.mapping.reading')}>${Array.from({ length: 7 }, () => row)}</section>`
}

function renderMappingFoot(view: ImportView): TemplateResult {
  const { sources } = view
  const reading = sources.list.some(({ isReading }) => isReading)
  const open = sources.openQuestions
  const note = reading
    ? html`${spinner}${view.t('import.mapping.reading')}`
    : open > 0
      ? html`<span class="late">${icon('warn')}${view.t('import.toDecide', { count: open })}</span>`
      : view.t('import.decided')
  const back = renderButton({ label: view.t('import.back'), look: 'ghost', run: () => view.back() })
  const on = html`<button type="button" class="btn btn-primary" part="button" ?disabled=${!sources.areMapped} @click=${() => void view.rehearse()}>
    <span>${view.t('import.mapping.next', { count: sources.rows })}</span>
  </button>`
  return renderFoot(back, note, on)
}

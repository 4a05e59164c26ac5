import { html, nothing, svg, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { nameOf } from '../client/record.ts'
import type { CrmRecord, RecordPage } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { renderButton } from '../display/button.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmFilter } from './filter.ts'
import type { FilterView } from './filter-view.ts'
import type { Source } from './model/fields.ts'

type Where = Readonly<Record<string, unknown>>

const PAUSE = 250
const SHOWN = 5

/** How many records satisfy the condition, and the first of them: asked a moment after each change, the last question only. */
export class Preview {
  page: RecordPage | null = null
  /** All records the reader may see; null until known. */
  total: number | null = null
  readonly #host: CrmFilter
  readonly #load: LoadController
  #where: Where | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CrmFilter) {
    this.#host = host
    this.#load = new LoadController(host)
    host.addController({ hostDisconnected: () => clearTimeout(this.#timer) })
  }

  get isBusy(): boolean {
    return this.#load.state === 'loading'
  }

  get error(): ClientError | null {
    return this.#load.error
  }

  /** Null: nothing can be counted now. */
  ask(source: Source, where: Where | null): void {
    clearTimeout(this.#timer)
    this.#where = where
    if (where) this.#timer = setTimeout(() => void this.read(source), this.page ? PAUSE : 0)
  }

  async read(source: Source): Promise<void> {
    const where = this.#where
    const { session } = this.#host
    const { name, nameField } = source.object
    if (!where) return
    await this.#load.run(async (signal) => {
      const query = { where, limit: SHOWN, count: true, fields: nameField ? [nameField] : [], sort: ['-updatedAt'] }
      const [page, all] = await Promise.all([
        session.client.find(name, query, signal),
        this.total === null ? session.client.aggregate(name, { measures: ['count'] }, signal) : null,
      ])
      if (signal.aborted) return
      this.page = page
      if (all) this.total = Number(all[0]?.values.count ?? 0)
    })
    if (this.error) this.#host.emit('crm-error', { error: this.error })
  }
}

/** The figure, its share, and the first records with the way to why they are in it. */
export function renderPreview(view: FilterView, source: Source): TemplateResult {
  const { host, preview } = view
  return html`<section class="panel-box" part="preview" aria-label=${host.t('preview.title')} aria-busy=${preview.isBusy ? 'true' : 'false'}>
    <header class="row"><h3>${host.t('preview.title')}</h3><span class="grow"></span>${preview.isBusy ? html`<span class="dim" role="status" aria-label=${host.t('preview.counting')}>${spinner}</span>` : nothing}</header>
    ${renderCount(view, source)}
  </section>`
}

function renderCount(view: FilterView, source: Source): TemplateResult {
  const { host, preview } = view
  const { error, page } = preview
  if (error) return renderError(view, source, error)
  if (view.checks.problem) return html`<p class="dim">${host.t('preview.waiting')}</p>`
  if (!page) return html`<p class="big"><i class="skel w45"></i></p><i class="skel w80"></i>`
  const count = page.total ?? page.records.length
  const name = host.noun(source.object.pluralLabel)
  const share = preview.total ? count / preview.total : 0
  const percent = share.toLocaleString(host.language, { style: 'percent', maximumFractionDigits: 1 })
  const of =
    preview.total === null
      ? nothing
      : html`<span>${host.t('preview.of', { total: preview.total, name })} · ${host.t('preview.share', { share: percent })}</span>`
  return html`<p class="big" role="status"><b data-count>${count.toLocaleString(host.language)}</b>${of}</p>
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${svg`<rect class="track" width="100" height="4" /><rect class="fill" width=${Math.min(100, share * 100)} height="4" />`}</svg>
    ${count === 0 ? html`<p class="dim" part="empty">${host.t('preview.none', { name })}</p>` : host.brief ? nothing : renderSample(view, source, page.records, count)}`
}

function renderSample(view: FilterView, source: Source, records: readonly CrmRecord[], count: number): TemplateResult {
  const { host } = view
  const open = (record: CrmRecord) => host.emit('crm-open', { object: source.object.name, id: record.id, record }, true)
  const line = (record: CrmRecord) => {
    const name = nameOf(source.object, record) || record.id
    return html`<li>${icon('check')}<button type="button" class="grow clip link" @click=${() => open(record)}>${name}</button>
      ${renderButton({ label: view.host.t('why.ask', { name }), icon: 'info', look: 'ghost sm', bare: true, run: () => view.why.choose(record.id, name) })}</li>`
  }
  const more = count - records.length
  return html`<ul class="sample">${records.map(line)}</ul>${more > 0 ? html`<p class="dim xs">${host.t('preview.more', { count: more })}</p>` : nothing}`
}

function renderError(view: FilterView, source: Source, error: ClientError): TemplateResult {
  const { host } = view
  if (error.status === 403) return html`<p class="row dim">${icon('lock')}<span>${host.t('preview.denied')}</span></p>`
  const retry = renderButton({ label: host.t('retry'), look: 'sm', run: () => void view.preview.read(source) })
  const reason = error.code === 'NETWORK' ? host.t('offline.title') : reasonOf(host, error)
  return html`<div class="banner banner-danger" role="alert">${icon('warn')}<span class="grow">${host.t('preview.failed', { reason })}</span>${retry}</div>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { html as staticHtml } from 'lit/static-html.js'
import type { Explanation } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmFilter } from './filter.ts'
import type { FilterView } from './filter-view.ts'
import type { Source } from './model/fields.ts'

type Where = Readonly<Record<string, unknown>>

/** Why one record is in or out, asked anew with each change of the condition. */
export class Why {
  answer: Explanation | null = null
  /** The record asked about. */
  id: string | null = null
  readonly #host: CrmFilter
  readonly #load: LoadController
  #where: Where | null = null

  constructor(host: CrmFilter) {
    this.#host = host
    this.#load = new LoadController(host)
  }

  get isBusy(): boolean {
    return this.#load.state === 'loading'
  }

  get error(): LoadController['error'] {
    return this.#load.error
  }

  /** `given`: the record the host names. */
  ask(given: string | null, where: Where | null): void {
    this.#where = where
    this.id ??= given
    void this.#read()
  }

  choose(id: string | null, name = ''): void {
    this.id = id
    this.answer = null
    if (id !== null && name) this.#names.set(id, name)
    void this.#read()
    this.#host.requestUpdate()
  }

  readonly #names = new Map<string, string>()

  nameOf(id: string): string {
    return this.#names.get(id) ?? id
  }

  async #read(): Promise<void> {
    const { object, session } = this.#host
    const [id, where] = [this.id, this.#where]
    if (id === null || where === null) return
    await this.#load.run(async (signal) => {
      const answer = await session.client.explain(object, id, where, signal)
      if (!signal.aborted) this.answer = answer
    })
  }
}

/** A record to ask about, and the answer in a sentence. */
export function renderWhy(view: FilterView, source: Source): TemplateResult {
  const { host, why } = view
  const label = host.t('why.record')
  const field = { name: 'record', kind: 'reference', to: source.object.name, label: { 'zh-CN': label, en: label } } as const
  const record = { id: '', version: 0, related: { record: why.id === null ? null : { id: why.id, name: why.nameOf(why.id) } } }
  const onChange = (event: Event) => {
    event.stopPropagation()
    const control = event.currentTarget as CrmField
    const id = typeof control.value === 'string' ? control.value : null
    why.choose(id, id === null ? '' : control.nameOf(id))
  }
  const tag = tagOf(host, 'field')
  return html`<section class="panel-box" part="why" aria-label=${host.t('why.title')}>
    <header class="row"><h3>${host.t('why.title')}</h3><span class="grow"></span>${why.isBusy ? spinner : nothing}</header>
    ${staticHtml`<${tag} bare src=${host.src} .locale=${host.language} .field=${field} .value=${why.id} .record=${record} @crm-change=${onChange}></${tag}>`}
    <div role="status">${renderAnswer(view)}</div>
  </section>`
}

function renderAnswer(view: FilterView): TemplateResult | typeof nothing {
  const { host, why } = view
  if (why.error) return html`<p class="error">${icon('warn')}<span>${reasonOf(host, why.error)}</span></p>`
  if (!why.answer || why.id === null) return nothing
  const isIn = why.answer.result === true
  const sentence = why.answer.sentence[host.language]
  return html`<p class="answer ${isIn ? 'is-in' : 'is-out'}">${icon(isIn ? 'check' : 'close')}<span><b>${host.t(isIn ? 'why.in' : 'why.out')}</b>${host.t('colon')}${sentence}</span></p>`
}

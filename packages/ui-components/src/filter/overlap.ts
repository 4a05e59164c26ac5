import { html, nothing, svg, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { LoadController } from '../controllers/load.ts'
import { icon, spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmFilter } from './filter.ts'
import type { FilterView } from './filter-view.ts'

type Where = Readonly<Record<string, unknown>>

/** How many records the condition shares with a saved one. */
export class Overlap {
  figures: { readonly a: number; readonly b: number; readonly both: number } | null = null
  /** Id of the segment compared with. */
  with: string | null = null
  isShown = false
  readonly #host: CrmFilter
  readonly #load: LoadController
  #where: Where | null = null
  #other: Where | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: CrmFilter) {
    this.#host = host
    this.#load = new LoadController(host)
    host.addController({ hostDisconnected: () => clearTimeout(this.#timer) })
  }

  get isBusy(): boolean {
    return this.#load.state === 'loading'
  }

  get error(): LoadController['error'] {
    return this.#load.error
  }

  ask(where: Where | null): void {
    this.#where = where
    clearTimeout(this.#timer)
    if (this.#other && where) this.#timer = setTimeout(() => void this.#read(), 250)
  }

  choose(id: string | null, other: Where | null): void {
    this.with = id
    this.#other = other
    this.figures = null
    this.#host.requestUpdate()
    void this.#read()
  }

  async #read(): Promise<void> {
    const [a, b] = [this.#where, this.#other]
    if (!a || !b) return
    const { object, session } = this.#host
    await this.#load.run(async (signal) => {
      const figures = await session.client.overlap(object, a, b, signal)
      if (!signal.aborted) this.figures = figures
    })
  }
}

/** A choice of another segment, and what both hold. */
export function renderOverlap(view: FilterView): TemplateResult | typeof nothing {
  const { host, overlap, saved } = view
  const others = saved.segments.filter(({ id }) => id !== saved.current?.id)
  if (others.length === 0) return nothing
  const onChange = (event: Event) => {
    const id = (event.target as HTMLSelectElement).value || null
    overlap.choose(id, id === null ? null : saved.whereOf(id))
  }
  return html`<section class="panel-box" part="overlap" aria-label=${host.t('overlap.title')}>
    <header class="row"><h3>${host.t('overlap.title')}</h3><span class="grow"></span>${overlap.isBusy ? spinner : nothing}</header>
    <select class="select" aria-label=${host.t('overlap.with')} @change=${onChange}>
      <option value="">${host.t('choose')}</option>
      ${others.map(({ id, name }) => html`<option value=${id} .selected=${live(id === overlap.with)}>${name}</option>`)}
    </select>
    ${overlap.error ? html`<p class="error">${icon('warn')}<span>${reasonOf(host, overlap.error)}</span></p>` : renderFigures(view)}
  </section>`
}

function renderFigures(view: FilterView): TemplateResult | typeof nothing {
  const { host, overlap } = view
  const { figures } = overlap
  if (!figures) return nothing
  const { a, b, both } = figures
  const all = Math.max(a + b - both, 1)
  const at = (count: number): number => (count / all) * 100
  const number = (count: number): string => count.toLocaleString(host.language)
  const name = view.saved.segments.find(({ id }) => id === overlap.with)?.name ?? ''
  return html`<svg class="bar lap" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect class="track" width="100" height="10" /><rect class="fill" width=${at(a)} height="4.5" /><rect class="fill-b" x=${at(a - both)} y="5.5" width=${at(b)} height="4.5" />`}
    </svg>
    <div role="status"><dl class="figures">
      <dt><i class="dot dot-a"></i>${host.t('overlap.this')}</dt><dd>${number(a)}</dd>
      <dt><i class="dot dot-b"></i>${name}</dt><dd>${number(b)}</dd>
      <dt>${host.t('overlap.both')}</dt><dd data-both>${number(both)}</dd>
    </dl></div>`
}

import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import type { FileMapping } from '../client/import-types.ts'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import type { ImportView } from './import-view.ts'
import { importShellStyles } from './shell.styles.ts'

/** What the events of {@link CrmImport} carry in `detail`. */
export interface ImportEvents {
  readonly 'crm-load': { readonly object: string | null; readonly job: string | null }
  readonly 'crm-submit': { readonly name: string; readonly files: readonly FileMapping[] }
  readonly 'crm-job': { readonly job: string | null }
  readonly 'crm-imported': {
    readonly job: string
    readonly created: number
    readonly updated: number
    readonly unchanged: number
    readonly refused: number
  }
  readonly 'crm-error': { readonly error: ClientError }
}

/**
 * Brings files in: choose, map, decide, rehearse, import, repair. What it needs beyond this shell is loaded when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - Ready to take files, or the job is there; `detail: { object, job }`.
 * @event crm-submit - About to import; `detail: { name, files }`. Cancelable.
 * @event crm-job - A job was begun, left or opened, so that a host can keep its id; `detail: { job }`.
 * @event crm-imported - A job is done; `detail: { job, created, updated, unchanged, refused }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart steps - Where the reader is.
 * @csspart drop - Where files are dropped.
 * @csspart files - The files of the import.
 * @csspart file - One of them.
 * @csspart jobs - Earlier imports.
 * @csspart questions - What there is to decide.
 * @csspart question - One decision.
 * @csspart columns - The columns of the file and their fields.
 * @csspart column - One of them.
 * @csspart panel - A framed part of a step.
 * @csspart figures - How many rows of each outcome.
 * @csspart rows - What becomes of the rows.
 * @csspart repairs - What was put right, before and after.
 * @csspart progress - How far the import is.
 * @csspart bad-rows - Rows that were not taken, to be corrected.
 * @csspart cell-editor - A cell of them.
 * @csspart actions - The foot with its buttons.
 * @csspart empty - The sentence in an empty place.
 * @csspart badge - A word on what a thing is.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmImport extends CrmElement {
  static override styles = [base, button, surface, toolbar, importShellStyles]

  static override properties: PropertyDeclarations = {
    job: { reflect: true },
  }

  /** The job shown; set by the component when one begins, and kept as an attribute. */
  declare job: string | null

  readonly #view = new LazyView<ImportView>(this, async () => {
    const { ImportView, importStyles, importMessages } = await this.bring(() => import('./import-view.ts'))
    addMessages(importMessages)
    this.addStyles(...importStyles)
    return new ImportView(this)
  })

  constructor() {
    super()
    this.job = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.#view.current) this.#view.current.connected()
    else void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#view.current?.disconnected()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('object')) void this.#view.current?.load()
    else if (changed.has('job')) this.#view.current?.jobChanged()
  }

  /** Reads again what may be imported into, and the job that is named. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  /** Tells the host; false when a handler vetoed it. */
  tell<Type extends keyof ImportEvents>(type: Type, detail: ImportEvents[Type], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }))
  }

  /** Takes files as if they had been dropped here, as soon as it can. */
  async addFiles(files: readonly File[]): Promise<void> {
    await this.#view.settled()
    this.#view.current?.addFiles(files)
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => this.#renderSkeleton())}</div>`
  }

  #renderSkeleton(): TemplateResult {
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.t('loading')}>
      <i class="skel w20"></i><i class="skel drop-skel"></i><i class="skel w45"></i>
    </div>`
  }
}

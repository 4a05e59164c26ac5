import { adoptStyles, html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { surface } from '../styles/surface.ts'
import type { ImportView } from './import-view.ts'
import { importShellStyles } from './shell.styles.ts'

/**
 * Brings files in: choose, map, decide, rehearse, import, repair. What it needs beyond this shell is loaded when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - Ready to take files, or the job is there; `detail: { object, job }`.
 * @event crm-submit - About to import; `detail: { name, files }`. Cancelable.
 * @event crm-job - A job was begun, left or opened, so that a host can keep its id; `detail: { job }`.
 * @event crm-imported - A job is done; `detail: { job, created, updated, unchanged, refused }`.
 * @event crm-open - A record of the result is asked for; `detail: { object, id, record }`. Cancelable.
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
  static override styles = [base, button, input, mark, surface, importShellStyles]

  static override properties: PropertyDeclarations = {
    job: { reflect: true },
    failure: { state: true },
  }

  /** The job shown; set by the component when one begins, and kept as an attribute. */
  declare job: string | null

  declare failure: ClientError | null

  #view: ImportView | null = null
  #loading = false

  constructor() {
    super()
    this.job = null
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.#view) this.#view.connected()
    else void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#view?.disconnected()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('object')) void this.#view?.load()
    else if (changed.has('job')) this.#view?.jobChanged()
  }

  /** Starts from the beginning; with a `job`, shows that. */
  async load(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    this.failure = null
    try {
      if (!this.#view) await this.#loadView()
      await this.#view?.load()
    } catch (error) {
      this.failure = asClientError(error)
      this.emit('crm-error', { error: this.failure })
    } finally {
      this.#loading = false
    }
  }

  /** Takes files as if they had been dropped here. */
  addFiles(files: readonly File[]): void {
    this.#view?.addFiles(files)
  }

  async #loadView(): Promise<void> {
    const { ImportView, importStyles, importMessages } = await import('./import-view.ts')
    addMessages(importMessages)
    const styles = [...(this.constructor as typeof CrmImport).elementStyles, importStyles]
    if (this.renderRoot instanceof ShadowRoot) adoptStyles(this.renderRoot, styles)
    this.#view = new ImportView(this)
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const content = this.failure ? renderFailure(this, this.failure, () => this.load()) : (this.#view?.render() ?? this.#renderSkeleton())
    return html`<div class="view" lang=${this.language}>${content}</div>`
  }

  #renderSkeleton(): TemplateResult {
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.t('loading')}>
      <i class="skel w20"></i><i class="skel drop-skel"></i><i class="skel w45"></i>
    </div>`
  }
}

import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import type { OperationsView } from './operations-view.ts'
import { operationsShellStyles } from './shell.styles.ts'

/** What to look at. */
export type OperationsTab = 'health' | 'jobs' | 'parked' | 'sends'

/** What the events of {@link CrmOperations} carry in `detail`. */
export interface OperationsEvents {
  readonly 'crm-load': { readonly tab: OperationsTab }
  readonly 'crm-error': { readonly error: ClientError }
}

/**
 * How the work in the background is doing, for administrators: who is told of changes and how far behind, jobs and schedules, what was
 * parked or given up, and what was sent to whom; each tried again or given up with a press. Loads itself when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - What was asked for is there; `detail: { tab }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart block - Something that belongs together.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmOperations extends CrmElement {
  static override styles = [base, button, surface, operationsShellStyles]

  static override properties: PropertyDeclarations = {
    tab: { reflect: true },
    failure: { state: true },
  }

  /** `health` unless set; `jobs`, `parked` or `sends`. */
  declare tab: OperationsTab | null

  declare failure: ClientError | null

  #view: OperationsView | null = null
  #loading: Promise<void> | null = null

  constructor() {
    super()
    this.tab = null
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#view) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && (changed.has('src') || changed.has('tab'))) void this.#view?.load()
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    this.#loading ??= this.#loadAll().finally(() => {
      this.#loading = null
    })
    await this.#loading
  }

  /** Tells the host. */
  tell<Type extends keyof OperationsEvents>(type: Type, detail: OperationsEvents[Type]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }

  async #loadAll(): Promise<void> {
    this.failure = null
    try {
      if (!this.#view) await this.#loadView()
    } catch (error) {
      // Offline, or a newer version has taken the file's place.
      this.failure = asClientError(error)
      this.tell('crm-error', { error: this.failure })
    }
    await this.#view?.load()
  }

  async #loadView(): Promise<void> {
    const { OperationsView, operationsStyles, operationsMessages } = await this.bring(() => import('./operations-view.ts'))
    addMessages(operationsMessages)
    this.addStyles(...operationsStyles)
    this.#view = new OperationsView(this)
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const content = this.failure ? renderFailure(this, this.failure, () => this.load()) : (this.#view?.render() ?? this.#renderSkeleton())
    return html`<div class="view" lang=${this.language}>${content}</div>`
  }

  #renderSkeleton(): TemplateResult {
    const line = html`<div class="skel-line"><i class="skel w30"></i><i class="skel w20"></i></div>`
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.t('loading')}>
      <i class="skel w20"></i>${Array.from({ length: 6 }, () => line)}
    </div>`
  }
}

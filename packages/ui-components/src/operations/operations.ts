import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import type { OperationsView } from './operations-view.ts'
import { operationsShellStyles } from './shell.styles.ts'

/** What to look at. */
export type OperationsTab = 'health' | 'jobs' | 'parked' | 'sends' | 'webhooks'

/** What the events of {@link CrmOperations} carry in `detail`. */
export interface OperationsEvents {
  readonly 'crm-load': { readonly tab: OperationsTab }
  readonly 'crm-error': { readonly error: ClientError }
  /** Somebody wants to see a rule, or has had a run that waited carried out or not. */
  readonly 'crm-rule': { readonly rule: string; readonly action: 'open' | 'run' | 'dismissed' }
}

/**
 * How the work in the background is doing, for administrators: who is told of changes and how far behind, jobs and schedules, what was
 * parked or given up, what was sent to whom, each tried again or given up with a press; webhooks with their last answers. Loads itself when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - What was asked for is there; `detail: { tab }`.
 * @event crm-rule - A rule is to be shown, or a run of it that waited was carried out or not; `detail: { rule, action }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart dialog - Where a webhook is edited, or a secret is shown.
 * @csspart block - Something that belongs together.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmOperations extends CrmElement {
  static override styles = [base, button, surface, toolbar, operationsShellStyles]

  static override properties: PropertyDeclarations = {
    tab: { reflect: true },
  }

  /** `health` unless set; `jobs`, `parked`, `sends` or `webhooks`. */
  declare tab: OperationsTab | null

  readonly #view = new LazyView<OperationsView>(this, async () => {
    const { OperationsView, operationsStyles, operationsMessages } = await this.bring(() => import('./operations-view.ts'))
    addMessages(operationsMessages)
    this.addStyles(...operationsStyles)
    return new OperationsView(this)
  })

  constructor() {
    super()
    this.tab = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#view.current) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && (changed.has('src') || changed.has('tab'))) void this.#view.current?.load()
  }

  override updated(): void {
    this.#view.current?.updated()
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  /** Tells the host. */
  tell<Type extends keyof OperationsEvents>(type: Type, detail: OperationsEvents[Type]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => this.#renderSkeleton())}</div>`
  }

  #renderSkeleton(): TemplateResult {
    const line = html`<div class="skel-line"><i class="skel w30"></i><i class="skel w20"></i></div>`
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.t('loading')}>
      <i class="skel w20"></i>${Array.from({ length: 6 }, () => line)}
    </div>`
  }
}

import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import { timelineShellStyles } from './shell.styles.ts'
import { renderTimelineSkeleton } from './skeleton.ts'
import type { TimelineView } from './timeline-view.ts'

/** What of a record's history to look at. */
export type TimelinePart = 'all' | 'changes' | 'decisions' | 'activities'

/**
 * The history of a record in one place, newest first: who changed what, what rules decided and why (or why not), and the follow-ups
 * about it. What a rule or a person did can be taken back there, by who may. Follows what others do. Loads itself when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - The history is there; `detail: { object, record }`.
 * @event crm-open - A follow-up was activated; `detail: { object, id, record }`. Cancelable.
 * @event crm-saved - A change was taken back; `detail: { object, id, record, operation }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart timeline - The events of all days.
 * @csspart event - One thing that happened.
 * @csspart badge - A mark on it.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmTimeline extends CrmElement {
  static override styles = [base, button, surface, toolbar, timelineShellStyles]

  static override properties: PropertyDeclarations = {
    recordId: { attribute: 'record-id' },
    shown: { reflect: true },
  }

  /** Id of the record. */
  declare recordId: string | null
  /** `all` unless set; `changes`, `decisions` or `activities`. */
  declare shown: TimelinePart | null

  readonly #view = new LazyView<TimelineView>(this, async () => {
    const { TimelineView, timelineStyles, timelineMessages } = await this.bring(() => import('./timeline-view.ts'))
    addMessages(timelineMessages)
    this.addStyles(...timelineStyles)
    return new TimelineView(this)
  })

  constructor() {
    super()
    this.recordId = null
    this.shown = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#view.current) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return
    if (changed.has('src') || changed.has('object') || changed.has('recordId') || changed.has('shown')) void this.#view.current?.load()
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => renderTimelineSkeleton(this))}</div>`
  }
}

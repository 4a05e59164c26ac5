import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import { bellWords } from './bell-words.ts'
import type { InboxView } from './inbox-view.ts'
import { inboxShellStyles } from './shell.styles.ts'
import { UnreadWatch } from './unread-watch.ts'

const bellShape = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M5.5 13.75c.6-.9.9-1.6.9-3.1V8.5a3.6 3.6 0 0 1 7.2 0v2.15c0 1.5.3 2.2.9 3.1h-9Z" /><path d="M8.5 15.75a1.6 1.6 0 0 0 3 0M10 4.9V3.5" /></svg>`

/** What the events of {@link CrmInbox} carry in `detail`. */
export interface InboxEvents {
  readonly 'crm-unread': { readonly unread: number }
  readonly 'crm-open': { readonly object: string; readonly id: string; readonly record: null }
  readonly 'crm-load': { readonly unread: number }
  readonly 'crm-error': { readonly error: ClientError }
}

/**
 * What the reader was told: by day, unread first seen, each opening its record. As a page, or with `mode="bell"` as a bell with the
 * number of unread ones, for the host's header. Loads itself when it is first looked at; the bell alone asks for a number only.
 *
 * @slot title - Instead of the heading.
 * @event crm-unread - How many are unread, when that changes; `detail: { unread }`.
 * @event crm-open - A message's record is to be opened; cancelable; `detail: { object, id, record: null }`.
 * @event crm-load - Messages are there; `detail: { unread }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart bell - The bell.
 * @csspart count - The number on it.
 * @csspart panel - What opens beside the bell.
 * @csspart day - Messages of one day.
 * @csspart message - One of them.
 * @csspart dialog - The record that was opened.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmInbox extends CrmElement {
  static override styles = [base, button, surface, toolbar, inboxShellStyles]

  static override properties: PropertyDeclarations = {
    mode: { reflect: true },
    poll: {},
  }

  /** `page` unless set; `bell` for a bell whose press opens the messages. */
  declare mode: 'page' | 'bell' | null
  /** Seconds between two questions for news, 5 at least; 30 unless set, 0 for none. */
  declare poll: string | number

  /** How many are unread. */
  readonly unread = new UnreadWatch(this, () => void this.#view.current?.refresh())
  readonly #view = new LazyView<InboxView>(this, async () => {
    const { InboxView, inboxStyles, inboxMessages } = await this.bring(() => import('./inbox-view.ts'))
    addMessages(inboxMessages)
    this.addStyles(...inboxStyles)
    return new InboxView(this)
  })

  constructor() {
    super()
    this.mode = null
    this.poll = 30
    addMessages(bellWords)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.mode !== 'bell' && !this.#view.current) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') && this.hasUpdated) {
      void this.unread.ask()
      void this.#view.current?.load()
    }
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  /** Tells the host; false when a handler vetoed it. */
  tell<Type extends keyof InboxEvents>(type: Type, detail: InboxEvents[Type], cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }))
  }

  readonly #onBell = async (event: Event): Promise<void> => {
    const bell = event.currentTarget as HTMLElement
    await this.#view.bring()
    await this.#view.current?.openBeside(bell)
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.mode === 'bell' ? this.#renderBell() : this.#renderPage()}</div>`
  }

  #renderPage(): unknown {
    return this.#view.render(() => this.#renderSkeleton())
  }

  #renderBell(): TemplateResult {
    const { count } = this.unread
    // What is said is what is seen.
    const shown = count > 99 ? '99+' : String(count)
    const label = count > 0 ? this.t('inbox.bell.unread', { count: shown }) : this.t('inbox.bell')
    return html`<button type="button" class="bell" part="bell" aria-haspopup="dialog" aria-label=${label} title=${label} @click=${this.#onBell}
        >${bellShape}${count > 0 ? html`<span class="bell-count" part="count" aria-hidden="true">${shown}</span>` : nothing}</button>
      ${this.#view.current?.renderPanel() ?? nothing}`
  }

  #renderSkeleton(): TemplateResult {
    const line = html`<div class="skel-line"><i class="skel w60"></i><i class="skel w30"></i></div>`
    return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${this.t('loading')}>
      <i class="skel w20"></i>${Array.from({ length: 5 }, () => line)}
    </div>`
  }
}

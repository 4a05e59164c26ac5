import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { needMember } from '../element/family.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import type { RulesView } from './rules-view.ts'
import { rulesShellStyles } from './shell.styles.ts'
import { renderRulesSkeleton } from './skeleton.ts'

/** What of a rule to look at. */
export type RulesTab = 'rule' | 'backtest' | 'runs' | 'versions'

/** What the events of {@link CrmRules} carry in `detail`. */
export interface RulesEvents {
  /** What was asked for is there; `rule` is null in the list. */
  readonly 'crm-load': { readonly rule: string | null }
  /** Something was done to a rule. */
  readonly 'crm-rule': { readonly rule: string; readonly action: 'saved' | 'moved' | 'run' | 'undone' }
  readonly 'crm-error': { readonly error: ClientError }
}

/**
 * Rules that run by themselves, for administrators: written without code, tried on the records and on the past, switched on step by step,
 * stopped above a limit until somebody confirms the numbers, and taken back. Loads itself when it is first used.
 *
 * @slot title - Instead of the heading of the list.
 * @event crm-load - What was asked for is there; `detail: { rule }`.
 * @event crm-rule - A rule was saved, moved on in its life, run, or a run taken back; `detail: { rule, action }`.
 * @event crm-open - A record was activated; `detail: { object, id, record }`. Cancelable.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart lifecycle - The steps of a rule's life.
 * @csspart builder - Where a rule is written.
 * @csspart preview - What it would do now.
 * @csspart backtest - What it would have done.
 * @csspart block - Something that belongs together.
 * @csspart label - The label of a control.
 * @csspart error - What is wrong with its value.
 * @csspart dialog - The dialog over it.
 * @csspart badge - A mark.
 * @csspart menu - A menu.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmRules extends CrmElement {
  static override styles = [base, button, surface, toolbar, rulesShellStyles]

  static override properties: PropertyDeclarations = {
    rule: { reflect: true },
    tab: { reflect: true },
  }

  /** Id of the rule that is open, `new` for one to be written; null = the list. */
  declare rule: string | null
  /** `rule` unless set; `backtest`, `runs` or `versions`. */
  declare tab: RulesTab | null

  readonly #view = new LazyView<RulesView>(this, async () => {
    const { RulesView, rulesStyles, rulesMessages } = await this.bring(() => import('./rules-view.ts'))
    addMessages(rulesMessages)
    await Promise.all([needMember(this, 'field'), needMember(this, 'filter')])
    this.addStyles(...rulesStyles)
    return new RulesView(this)
  })

  constructor() {
    super()
    this.rule = null
    this.tab = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#view.current) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) return
    if (changed.has('src') || changed.has('object')) void this.#view.current?.load()
    else if (changed.has('rule')) void this.#view.current?.show()
  }

  override updated(): void {
    this.#view.current?.updated()
  }

  /** Reads everything again; what was being written is lost. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  /** Tells the host. */
  tell<Type extends keyof RulesEvents>(type: Type, detail: RulesEvents[Type]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => renderRulesSkeleton(this))}</div>`
  }
}

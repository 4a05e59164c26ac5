import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import type { SettingChange, SettingLevel } from '../client/settings-types.ts'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import type { SettingsView } from './settings-view.ts'
import { settingsShellStyles } from './shell.styles.ts'
import { renderSkeleton } from './skeleton.ts'

/** What the events of {@link CrmSettings} carry in `detail`. */
export interface SettingsEvents {
  readonly 'crm-load': { readonly level: SettingLevel; readonly target: string }
  readonly 'crm-settings': { readonly changes: readonly SettingChange[]; readonly version: number }
  readonly 'crm-error': { readonly error: ClientError }
}

/**
 * What administrators may set, for the organisation, a team, a role, a place or a person: each value with where it comes from, who would
 * be affected by a change, and what it was. Who may set nothing sees their own values. Loads itself when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - The settings of somebody are there; `detail: { level, target }`.
 * @event crm-settings - Values were set or taken back; `detail: { changes, version }`.
 * @event crm-error - Something failed; `detail: { error }`.
 * @csspart rail - Whose settings to show.
 * @csspart search - The search box.
 * @csspart group - Settings under one heading.
 * @csspart setting - One of them.
 * @csspart value - Its value.
 * @csspart source - Where the value comes from.
 * @csspart panel - What opens beside a button.
 * @csspart dialog - Where a value is changed.
 * @csspart effects - Who is affected.
 * @csspart table - Who has what.
 * @csspart empty - The sentence in an empty place.
 * @csspart badge - A word on what a thing is.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmSettings extends CrmElement {
  static override styles = [base, button, surface, toolbar, settingsShellStyles]

  static override properties: PropertyDeclarations = {
    level: { reflect: true },
    target: { reflect: true },
  }

  /** Whose settings: `organisation`, `team`, `role`, `place` or `person`; chosen by what the reader may do unless set. */
  declare level: SettingLevel | null
  /** Id of the team, role, place or person. */
  declare target: string | null

  readonly #view = new LazyView<SettingsView>(this, async () => {
    const { SettingsView, settingsStyles, settingsMessages } = await this.bring(() => import('./settings-view.ts'))
    addMessages(settingsMessages)
    this.addStyles(...settingsStyles)
    return new SettingsView(this)
  })

  constructor() {
    super()
    this.level = null
    this.target = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.#view.current) void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.#view.current?.load()
    else if (changed.has('level') || changed.has('target')) this.#view.current?.placeNamed()
  }

  /** Reads everything again. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  /** Tells the host. */
  tell<Type extends keyof SettingsEvents>(type: Type, detail: SettingsEvents[Type]): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => renderSkeleton(this))}</div>`
  }
}

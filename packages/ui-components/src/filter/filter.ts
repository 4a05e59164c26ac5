import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { LazyView } from '../controllers/lazy-view.ts'
import { CrmElement } from '../element/crm-element.ts'
import { needMember } from '../element/family.ts'
import { addMessages } from '../messages/messages.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { toolbar } from '../styles/toolbar.ts'
import type { FilterView } from './filter-view.ts'
import { filterShellStyles } from './shell.styles.ts'
import { renderFilterSkeleton } from './skeleton.ts'

/** A condition as an expression, always a group: `{ and: […] }`. */
export type FilterValue = Readonly<Record<string, unknown>>

const EVERYTHING: FilterValue = { and: [] }

/**
 * Builds a condition on the records of an object: groups, fields, paths, child records, dates in words. Its value is an expression; what
 * it cannot show stays in it untouched. What it needs beyond this shell is loaded when it is first used.
 *
 * @slot title - Instead of the heading.
 * @event crm-load - The definitions are there; `detail: { object, record: null }`.
 * @event crm-change - The condition changed; `detail: { name, value }`. Cancelable: then it stays as it was.
 * @event crm-open - A record of the sample was activated; `detail: { object, id, record }`. Cancelable.
 * @event crm-saved - A segment was saved, deleted or restored; `detail: { object: 'segment', id, record, operation }`.
 * @event crm-error - Something was refused; `detail: { error }`.
 * @csspart builder - The conditions.
 * @csspart group - Conditions that belong together.
 * @csspart condition - One of them.
 * @csspart token - A word of it that can be pressed.
 * @csspart kept - A part that cannot be edited here.
 * @csspart hint - What to know about a condition.
 * @csspart error - What is wrong with one.
 * @csspart explanation - The whole condition as a sentence.
 * @csspart preview - How many records satisfy it, and some of them.
 * @csspart why - Why a record is in or out.
 * @csspart segments - The saved conditions.
 * @csspart overlap - What two of them share.
 * @csspart menu - A menu.
 * @csspart panel - A small dialog beside a button.
 * @csspart empty - The sentence in an empty place.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmFilter extends CrmElement {
  static readonly formAssociated = true
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [base, button, surface, toolbar, filterShellStyles]

  static override properties: PropertyDeclarations = {
    value: { type: Object, hasChanged: (a: unknown, b: unknown) => a !== b },
    name: { reflect: true },
    preview: { type: Boolean },
    brief: { type: Boolean },
    own: { type: Boolean },
    segments: { type: Boolean },
    segment: {},
    recordId: { attribute: 'record-id' },
    readonly: { type: Boolean },
    disabled: { type: Boolean, reflect: true },
    barred: { state: true },
  }

  /** The condition: an expression, the short form, or JsonLogic of another builder. Read back, it is an expression in one spelling. */
  declare value: unknown
  /** Name of its entry in a form. */
  declare name: string
  /** Count the records that satisfy it while it is being built, and show some of them. */
  declare preview: boolean
  /** With `preview`: only how many, without samples and without asking why. */
  declare brief: boolean
  /** Only the record's own fields are asked about, as rules do when a record is saved. */
  declare own: boolean
  /** Offer saved conditions, and to save this one. */
  declare segments: boolean
  /** Id of the saved condition in use; null = none. */
  declare segment: string | null
  /** Id of a record, of which is said why it is in or out. */
  declare recordId: string | null
  /** To be read only. */
  declare readonly: boolean
  /** Shown, not to be used, and no entry in a form. */
  declare disabled: boolean
  /** Disabled by a fieldset around it. */
  declare barred: boolean
  readonly internals: ElementInternals
  #initial: unknown
  readonly #view = new LazyView<FilterView>(this, async () => {
    const { FilterView, filterStyles, filterMessages } = await this.bring(() => import('./filter-view.ts'))
    addMessages(filterMessages)
    await needMember(this, 'field')
    this.addStyles(...filterStyles)
    return new FilterView(this)
  })

  constructor() {
    super()
    this.value = EVERYTHING
    this.name = ''
    this.preview = false
    this.brief = false
    this.own = false
    this.segments = false
    this.segment = null
    this.recordId = null
    this.readonly = false
    this.disabled = false
    this.barred = false
    this.internals = this.attachInternals()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.#view.current) void this.#view.current.load()
    else void this.load()
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.#initial === undefined) this.#initial = this.value
    if ((changed.has('src') || changed.has('object') || changed.has('own')) && this.hasUpdated) void this.load()
    else this.#view.current?.changed(changed)
  }

  override updated(): void {
    const value = this.isDisabled || !this.name ? null : JSON.stringify(this.value ?? EVERYTHING)
    this.internals.setFormValue(value, JSON.stringify(this.value ?? EVERYTHING))
    const message = this.validationMessage
    const anchor = this.renderRoot.querySelector<HTMLElement>('.builder') ?? undefined
    if (message) this.internals.setValidity({ customError: true }, message, anchor)
    else this.internals.setValidity({})
    this.#view.current?.updated()
  }

  formResetCallback(): void {
    this.value = this.#initial ?? EVERYTHING
  }

  formDisabledCallback(disabled: boolean): void {
    this.barred = disabled
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state === 'string') this.value = JSON.parse(state)
  }

  /** For parts: not to be changed now. */
  get isDisabled(): boolean {
    return this.disabled || this.barred
  }

  /** What is not finished, or wrong; empty when there is nothing. */
  get validationMessage(): string {
    return this.#view.current?.message ?? ''
  }

  checkValidity(): boolean {
    return this.validationMessage === ''
  }

  reportValidity(): boolean {
    return this.internals.reportValidity()
  }

  /** The whole condition as a sentence, in the language in effect; empty until it is loaded. */
  get sentence(): string {
    return this.#view.current?.sentence ?? ''
  }

  /** Reads the definitions, the count and the segments again. */
  async load(): Promise<void> {
    await this.#view.load()
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#view.render(() => renderFilterSkeleton(this))}</div>`
  }
}

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js'
import { isBlank, relatedName, relatedOf, sameValue } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { CrmElement } from '../element/crm-element.ts'
import { installLook } from '../element/look.ts'
import { base } from '../styles/base.ts'
import { box } from '../styles/box.ts'
import { button } from '../styles/button.ts'
import { input } from '../styles/input.ts'
import { registerControls } from './control/controls.ts'
import { fieldStyles } from './field.styles.ts'
import { toFormValue } from './form-value.ts'
import { fields, later, loadShown, loadTyping, type Shown, useTyping } from './later.ts'
import type { Lookup } from './lookup.ts'
import type { Siblings } from './lookup-source.ts'
import { rendererFor } from './registry.ts'
import type { Reveal } from './reveal.ts'
import type { Problem } from './validate.ts'
import { formWords } from './words.ts'

const EMPTY: FieldView = { name: '', kind: 'text', label: { 'zh-CN': '', en: '' } }
const COUNTED = 5000
/** Classes whose parts are on their way. */
const prepared = new WeakSet<object>()
const MISSING: Problem = { key: 'invalid.required', flag: 'valueMissing' }
const UNCHECKED: Problem = { key: 'check.running', flag: 'customError' }

/** What a form says to a field. */
export type GivenToField = Pick<
  CrmField,
  | ('src' | 'object' | 'locale' | 'field' | 'record' | 'siblings' | 'value' | 'error' | 'notice')
  | ('checking' | 'reading' | 'readonly' | 'revealed')
>

/**
 * One field of a record: label, control, hint and error in one root, a value of its kind in a form.
 *
 * @event crm-change - The value changed; `detail: { name, value }`.
 * @csspart field - The whole block.
 * @csspart label - The label.
 * @csspart control - The native control.
 * @csspart hint - The help text.
 * @csspart error - The problem, once it may be shown.
 * @csspart duplicate-hint - That another record has the same value.
 * @csspart readonly - The value where it is not edited.
 * @csspart badge - A choice's word.
 * @csspart tier - A value tier's letter.
 * @csspart level - A milestone level.
 * @csspart grade - A lead's grade.
 * @csspart menu - The list of a lookup.
 */
export class CrmField extends CrmElement {
  static readonly formAssociated = true
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override words = formWords
  static override styles = [base, button, box, input, fieldStyles]

  static override properties: PropertyDeclarations = {
    field: { attribute: false },
    value: { attribute: false, hasChanged: (a: unknown, b: unknown) => a !== b },
    record: { attribute: false },
    siblings: { attribute: false },
    name: { reflect: true },
    error: {},
    notice: { attribute: false },
    checking: { type: Boolean },
    readonly: { type: Boolean },
    reading: { type: Boolean },
    disabled: { type: Boolean, reflect: true },
    barred: { state: true },
    revealed: { type: Boolean },
    bare: { type: Boolean, reflect: true },
    editing: { state: true },
  }

  /** What the server says of the field. */
  declare field: FieldView
  /** Its value, as the API spells it. */
  declare value: unknown
  /** The record it belongs to, for the names of what it points to. */
  declare record: CrmRecord | null
  /** Reads the form's other fields, so that a lookup offers only what fits them. */
  declare siblings: Siblings | null
  /** Name of its entry in a form; the field's own unless set. */
  declare name: string
  /** The server's objection; goes when the value changes. */
  declare error: string | null
  /** Worth knowing about the value; does not stand in the way. */
  declare notice: string | null
  /** Is the value being checked elsewhere? */
  declare checking: boolean
  /** Shown in the form, not to be changed. */
  declare readonly: boolean
  /** Shown for reading only, without a control. */
  declare reading: boolean
  /** Shown, not to be used, and no entry in a form. */
  declare disabled: boolean
  /** Show a problem although nobody has touched the field: set on submit. */
  declare revealed: boolean
  /** In a cell: the label is only said. */
  declare bare: boolean
  /** Disabled by a fieldset around it; kept apart, or the attribute would outlive the fieldset's. */
  declare barred: boolean
  /** Has the focus. */
  declare editing: boolean

  /** Text that is no value of the kind. */
  unparsed: string | null = null
  /** What stands in the control while somebody types: formatting waits until they leave. */
  typed: string | null = null
  /** Chosen before there is a sum. */
  currency: string | null = null
  /** What is being looked for, once anything was. */
  lookup: Lookup | null = null
  /** What was chosen here is called. */
  readonly names = new Map<string, string>()
  readonly internals: ElementInternals
  #given: Partial<GivenToField> = {}
  #reveal: Reveal | null = null
  #initial: unknown
  #touched = false
  #awaitsShown = false
  #isEntered = false
  #problem: Problem | null = null

  constructor() {
    super()
    this.field = EMPTY
    this.record = null
    this.siblings = null
    this.name = ''
    this.error = null
    this.notice = null
    this.checking = false
    this.readonly = false
    this.reading = false
    this.disabled = false
    this.barred = false
    this.revealed = false
    this.bare = false
    this.editing = false
    this.internals = this.attachInternals()
    registerControls()
    for (const type of ['focusin', 'focusout', 'keydown']) this.addEventListener(type, this)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    fields.add(this)
    this.#dress()
    if (later.typing || prepared.has(this.constructor)) return
    prepared.add(this.constructor)
    this.whenIdle(() => this.bring(loadTyping).then(useTyping))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    fields.delete(this)
  }

  /** A part has come: what stands there is checked, or drawn with it. */
  arrived(): void {
    this.#dress()
    this.#check()
    this.#tell()
    if (this.reading || this.readonly || this.editing || this.#shownMessage()) this.requestUpdate()
  }

  #dress(): void {
    const { typing, shown } = later
    if (typing) this.addStylesToAll(typing.styles)
    if (!shown) return
    this.addStylesToAll(shown.styles)
    installLook(this.ownerDocument, shown.recordLook)
  }

  /** How values read; null until it is here, and then drawn. */
  get shownPart(): Shown | null {
    if (!later.shown && !this.#awaitsShown) {
      this.#awaitsShown = true
      void this.later(loadShown)
    }
    return later.shown
  }

  /** What the chosen record or person is called. */
  nameOf(id: string): string {
    const related = relatedOf(this.record, this.field.name).find((one) => one.id === id)
    return this.names.get(id) ?? (related && relatedName(related, this.language)) ?? this.session.person(id)?.name ?? id
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('field') && this.name === '') this.name = this.field.name
    if (changed.has('field') && this.field.revealable)
      void this.later(
        () => import('./reveal.ts'),
        ({ Reveal }) => (this.#reveal ??= new Reveal(this)),
      )
    if (changed.has('value') && changed.get('value') === undefined && this.#initial === undefined) this.#initial = this.value
    this.#check()
  }

  /** Before entries can be checked none will do, and of what was there only what is missing is known. */
  #check(): void {
    const { field, value, unparsed } = this
    if (this.readonly || this.reading) this.#problem = null
    else if (later.typing) this.#problem = later.typing.problemOf(field, value, unparsed, this.language)
    else if (field.required && isBlank(value) && field.kind !== 'boolean') this.#problem = MISSING
    else this.#problem = this.#isEntered ? UNCHECKED : null
  }

  override updated(changed: PropertyValues<this>): void {
    const before = changed.has('value') ? changed.get('value') : this.value
    // Nothing is what a form has of a field anyway.
    if ((changed.has('name') || changed.has('value')) && !(isBlank(this.value) && isBlank(before)))
      this.internals.setFormValue(toFormValue(this.name, this.value), JSON.stringify(this.value ?? null))
    this.#tell()
    this.lookup?.shown(this.renderRoot)
  }

  /** Has the browser know whether the value will do. */
  #tell(): void {
    const message = this.#message()
    if (message) {
      const anchor = this.renderRoot.querySelector<HTMLElement>('#control') ?? undefined
      this.internals.setValidity({ [this.#problem?.flag ?? 'customError']: true }, message, anchor)
    } else if (!this.internals.validity.valid) this.internals.setValidity({})
  }

  formResetCallback(): void {
    this.#touched = false
    this.unparsed = null
    this.typed = null
    this.error = null
    this.revealed = false
    this.value = this.#initial ?? null
  }

  formDisabledCallback(disabled: boolean): void {
    this.barred = disabled
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state === 'string') this.change(JSON.parse(state))
  }

  /** For forms: these properties together. */
  set given(given: GivenToField) {
    const before = this.#given
    this.#given = given
    for (const name of Object.keys(given) as (keyof GivenToField)[]) if (given[name] !== before[name]) Reflect.set(this, name, given[name])
  }

  /** For controls: not to be used now. */
  get isDisabled(): boolean {
    return this.disabled || this.barred
  }

  /** The problem in words, whether it is shown yet or not. */
  get validationMessage(): string {
    return this.#message()
  }

  checkValidity(): boolean {
    return this.#message() === ''
  }

  reportValidity(): boolean {
    this.revealed = true
    return this.checkValidity()
  }

  /** For controls: takes what was entered. `unparsed` is text that is no value of the kind. */
  change(value: unknown, unparsed: string | null = null): void {
    this.requestUpdate()
    if (sameValue(value, this.value) && unparsed === this.unparsed) return
    this.value = value
    this.unparsed = unparsed
    this.#isEntered = true
    this.error = null
    this.emit('crm-change', { name: this.name, value })
  }

  /** For controls: `aria-invalid`. */
  get invalid(): 'true' | 'false' {
    return this.#shownMessage() ? 'true' : 'false'
  }

  /** For controls: `aria-describedby`. */
  get describedBy(): string | null {
    return [this.field.help && 'hint', this.notice && 'notice', this.#shownMessage() && 'error'].filter(Boolean).join(' ') || null
  }

  /** For controls: classes of a box around an input. */
  get boxClass(): string {
    return this.#shownMessage() ? 'box is-invalid' : 'box'
  }

  #message(): string {
    if (this.error) return this.error
    return this.#problem ? this.t(this.#problem.key, this.#problem.params) : ''
  }

  /** No field complains before it was touched or the form was sent. */
  #shownMessage(): string {
    return this.error || this.#touched || this.revealed ? this.#message() : ''
  }

  /** What the reader does in the field. */
  handleEvent(event: Event): void {
    if (event.type === 'focusin') this.#onFocus()
    else if (event.type === 'focusout') this.#onBlur()
    else this.#onKeydown(event as KeyboardEvent)
  }

  #onFocus(): void {
    this.editing = true
    if (!later.typing) void this.later(loadTyping, useTyping)
  }

  #onBlur(): void {
    this.editing = false
    this.typed = null
    this.#touched ||= !isBlank(this.value) || this.unparsed !== null || this.field.required === true
    this.requestUpdate()
  }

  #onKeydown(event: KeyboardEvent): void {
    const target = event.composedPath()[0]
    if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented || !(target instanceof HTMLInputElement)) return
    event.preventDefault()
    this.internals.form?.requestSubmit()
  }

  override render(): TemplateResult {
    if (this.reading) return this.#renderFact()
    const { label, name } = this.field
    // No blanks between tags, and one place for all that most fields do not have: each would be a node of every field.
    return html`<div class="field" part="field" lang=${this.language}
      ><label class="label" part="label" id="label" for="control">${this.words(label) || name}${this.#renderMarks()}</label
      >${this.readonly ? this.#renderReadonly() : this.#renderControl()}${this.#renderNotes()}</div>`
  }

  #renderMarks(): TemplateResult | typeof nothing {
    const counter = this.#renderCounter()
    const mark = this.field.required && !this.readonly ? html`<span class="req" aria-hidden="true">*</span>` : nothing
    return counter === nothing ? mark : html`${mark}${counter}`
  }

  /** Help, and what is said of the entry. */
  #renderNotes(): TemplateResult | typeof nothing {
    const { help } = this.field
    const message = this.#shownMessage()
    const lost = this.renderLater()
    const says = this.checking || this.notice || message
    if (!help && !says && lost === nothing) return nothing
    return html`${help ? html`<p class="hint" part="hint" id="hint">${this.words(help)}</p>` : nothing}
      ${says ? later.typing?.renderNotes(this, message) : nothing}${lost}`
  }

  #renderCounter(): TemplateResult | typeof nothing {
    const { maxLength, kind } = this.field
    if (kind !== 'longText' || !maxLength || maxLength > COUNTED || this.readonly) return nothing
    const length = [...String(this.value ?? '')].length
    return html`<span class="opt" aria-hidden="true">${length} / ${maxLength.toLocaleString(this.language)}</span>`
  }

  #renderControl(): TemplateResult | typeof nothing {
    const renderer = rendererFor(this.field)
    if (!renderer?.tag) return renderer?.render?.(this) ?? nothing
    const tag = unsafeStatic(renderer.tag)
    const onChange = (event: Event) => this.change((event.target as HTMLElement & { value: unknown }).value)
    return staticHtml`<${tag}
      part="control"
      id="control"
      aria-labelledby="label"
      .field=${this.field}
      .value=${this.value}
      .locale=${this.language}
      @change=${onChange}
    ></${tag}>`
  }

  #renderReadonly(): TemplateResult {
    return html`<output class="box readonly" part="readonly" id="control" aria-labelledby="label">${this.#renderShown()}</output>`
  }

  #renderFact(): TemplateResult {
    return html`<dl class="fact" part="field" lang=${this.language}>
      <dt part="label">${this.words(this.field.label)}</dt>
      <dd part="readonly">${this.#renderShown()}</dd>
    </dl>`
  }

  #renderShown(): TemplateResult | string | undefined {
    return this.#reveal?.render() ?? this.shown(this.value)
  }

  /** For parts: a value as the field shows it. */
  shown(value: unknown): TemplateResult | string | undefined {
    return this.shownPart?.renderValue(this.field, value, { locale: this.language, now: this.session.now(), record: this.record }, 'page')
  }
}

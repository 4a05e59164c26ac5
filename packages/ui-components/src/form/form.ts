import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { fieldOf, isExpandable } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord, ObjectView, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { RecordWatch } from '../controllers/record-watch.ts'
import { CrmElement } from '../element/crm-element.ts'
import type { CrmField } from '../field/field.ts'
import { later, loadShown } from '../field/later.ts'
import { formWords } from '../field/words.ts'
import type { Reading } from '../format/value.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { surface } from '../styles/surface.ts'
import { Editing } from './editing.ts'
import type { FieldCheck } from './field-checks.ts'
import { formStyles } from './form.styles.ts'
import { KeptDraft } from './kept-draft.ts'
import { LaterParts } from './later-parts.ts'
import { type FormMode, formSections } from './layout.ts'
import { livingLogic } from './living.ts'
import { renderFoot, renderFormSkeleton, renderHead, renderSection } from './parts.ts'

/**
 * Creates, shows and edits one record: sections and fields come from the object's definition.
 *
 * @slot header - Instead of breadcrumb and title.
 * @slot actions - More buttons in the foot.
 * @event crm-load - The record is there; `detail: { object, record }`.
 * @event crm-submit - About to save; `detail: { object, id, values }`. Cancelable.
 * @event crm-saved - Saved, deleted or restored; `detail: { object, id, record, operation }`.
 * @event crm-error - Something was refused; `detail: { error }`.
 * @event crm-cancel - The reader wants out. Cancelable.
 * @csspart form - The form element.
 * @csspart section - A group of fields.
 * @csspart field - A field.
 * @csspart label - A field's label.
 * @csspart control - A field's control.
 * @csspart hint - A field's help.
 * @csspart error - A field's problem.
 * @csspart readonly - A value that is not edited.
 * @csspart error-summary - All problems.
 * @csspart duplicate-hint - That another record has the same value.
 * @csspart restored - That entries of last time are back.
 * @csspart conflict - Both values of what two people changed.
 * @csspart actions - The foot with its buttons.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmForm extends CrmElement {
  static override words = formWords
  static override styles = [base, button, surface, formStyles]

  static override properties: PropertyDeclarations = {
    recordId: { attribute: 'record-id' },
    mode: {},
    frame: { reflect: true },
    values: { attribute: false },
    checks: { attribute: false },
    record: { state: true },
    saving: { state: true },
    confirming: { state: true },
  }

  /** The record to show; none = a new one. */
  declare recordId: string | null
  /** `create`, `edit` or `read`; from `record-id` unless set. */
  declare mode: FormMode | null
  /** `page`, or `dialog` inside one. */
  declare frame: 'page' | 'dialog'
  /** Values to begin with, over the record's or the defaults. */
  declare values: RecordValues | null

  /** The host's own checks by field name, asked while somebody types. */
  declare checks: Readonly<Record<string, FieldCheck>>

  declare record: CrmRecord | null
  declare saving: boolean
  declare confirming: boolean

  readonly editing = new Editing()
  #object: ObjectView | null = null
  /** For parts: the record that was just deleted. */
  deleted: CrmRecord | null = null
  #returnToRead = false
  /** What had the focus when the reader wanted out. */
  #left: HTMLElement | null = null
  readonly #load = new LoadController(this)
  readonly parts = new LaterParts(this)
  #kept: KeptDraft | null = null
  #isRestored = false

  constructor() {
    super()
    new RecordWatch(this, (event) => this.#onRecordEvent(event))
    this.recordId = null
    this.mode = null
    this.frame = 'page'
    this.values = null
    this.checks = {}
    this.record = null
    this.saving = false
    this.confirming = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('beforeunload', this.#onBeforeUnload)
    window.addEventListener('pagehide', this.#keep)
    if (this.hasUpdated && !this.isDirty) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('beforeunload', this.#onBeforeUnload)
    window.removeEventListener('pagehide', this.#keep)
    this.parts.checks?.clear()
    // A form that its host takes away has been left on purpose.
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('object') || changed.has('recordId')) void this.load()
  }

  /** What the form is doing now. */
  get effectiveMode(): FormMode {
    if (!this.recordId) return 'create'
    if (this.#object && !this.may('update', this.#object)) return 'read'
    return this.mode === 'read' ? 'read' : 'edit'
  }

  /** Has anything been entered that is not saved? */
  get isDirty(): boolean {
    return this.editing.draft.isDirty
  }

  /** The record, with the names of what a preset reference points to. */
  get shownRecord(): CrmRecord | null {
    const related = this.values?.related as CrmRecord['related']
    if (!related) return this.record
    return { ...(this.record ?? { id: '', version: 0 }), related: { ...this.record?.related, ...related } }
  }

  /** What a field holds now, edited or not. */
  readonly fieldValue = (name: string): unknown => this.editing.shown(name)

  labelOf(name: string): string {
    const field = this.#object && fieldOf(this.#object, name)
    return field ? this.words(field.label) : name
  }

  reading(record: CrmRecord | null): Reading {
    return { locale: this.language, now: this.session.now(), record }
  }

  /** Reads the definition and the record again. */
  async load(): Promise<void> {
    const { object, recordId, session } = this
    if (!object) return
    this.deleted = null
    const drawn = this.#object ? null : this.calm()
    // On its way beside the record: how values read that are not to be entered.
    const shown = recordId ? loadShown().catch(() => undefined) : null
    const done = await this.#load.run(async (signal) => {
      const [definition] = await Promise.all([session.object(object), session.me().catch(() => null)])
      const expand = definition.fields.filter(isExpandable).map((field) => field.name)
      const record = recordId ? await session.client.get(object, recordId, { expand }, signal) : null
      await shown
      if (record) await session.loadPeople([record.createdBy, record.updatedBy].filter((id) => id !== undefined)).catch(() => undefined)
      if (signal.aborted) return
      this.editing.logic = await livingLogic(session, definition)
      const kept = await KeptDraft.of(session, this.src, object, recordId)
      if (signal.aborted) return
      if (record) session.store.merge(object, [record])
      this.#object = definition
      this.begin(record)
      this.#restore(kept)
    })
    drawn?.()
    if (done) {
      this.emit('crm-load', { object, record: this.record })
      if (this.effectiveMode === 'read') this.whenIdle()
      else this.parts.preload()
    } else if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
  }

  edit(): void {
    this.mode = 'edit'
    this.#returnToRead = true
    void this.updateComplete.then(() => this.fields[0]?.focus())
  }

  /** Leaves; asks first when something would be lost. */
  cancel(): void {
    if (this.isDirty && this.effectiveMode !== 'read') {
      if (!this.confirming) this.#left = this.shadowRoot?.activeElement as HTMLElement | null
      this.confirming = true
      void this.parts.answer(() => this.focusPart('.form-foot [role=alert] ~ .btn'))
      return
    }
    this.discard()
  }

  keepEditing(): void {
    this.confirming = false
    void this.updateComplete.then(() => (this.#left?.isConnected ? this.#left : this.fields[0])?.focus())
  }

  discard(): void {
    this.confirming = false
    if (!this.#returnToRead && !this.emit('crm-cancel', { object: this.object, id: this.recordId }, true)) return
    this.begin(this.record)
    this.leaveEditing()
  }

  focusField(name: string): void {
    this.fields.find((field) => field.name === name)?.focus()
  }

  /** Saves what changed. Resolves to true when the server took it. */
  async save(): Promise<boolean> {
    let saved = false
    await this.parts.answer(async (saver) => {
      saved = await saver.submit()
    })
    return saved
  }

  /** Deletes the record; Undo brings it back. */
  async deleteRecord(): Promise<void> {
    await this.parts.answer((saver) => saver.remove())
  }

  /** Brings a deleted record back. */
  async restoreRecord(): Promise<void> {
    await this.parts.answer((saver) => saver.bringBack())
  }

  /** For parts: begins editing anew, from a record or from nothing. */
  begin(record: CrmRecord | null): void {
    this.record = record
    this.editing.begin(this.#object, record, this.values)
    this.parts.checks?.clear()
    this.#kept?.drop()
    this.#isRestored = false
    this.requestUpdate()
  }

  /** For parts: a check has something against a value. */
  objectTo(name: string, message: string): void {
    this.editing.object(name, message)
    this.requestUpdate()
  }

  /** Throws away what was brought back from last time. */
  dropRestored(): void {
    this.begin(this.record)
  }

  override get definition(): ObjectView | null {
    return this.#object
  }

  get isRestored(): boolean {
    return this.#isRestored
  }

  #restore(kept: KeptDraft): void {
    this.#kept = kept
    const edits = this.effectiveMode === 'read' ? null : kept.take(this.record?.version ?? null, this.session.now())
    if (!edits || !this.#object) return
    const known = this.#object.fields.map((field) => field.name)
    for (const [name, value] of edits) if (known.includes(name)) this.editing.change(name, value)
    this.#isRestored = this.isDirty
    if (this.#isRestored) void this.parts.answer()
  }

  readonly #keep = (): void => {
    if (this.isDirty && this.effectiveMode !== 'read')
      this.#kept?.keep(this.record?.version ?? null, this.editing.draft.edits, this.session.now())
  }

  /** For parts: draws anew and puts the focus there. */
  focusPart(selector: string): false {
    this.requestUpdate()
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus())
    return false
  }

  get fields(): CrmField[] {
    return [...this.renderRoot.querySelectorAll<CrmField>('.fields > *')]
  }

  /** For parts: back to reading where it began there. */
  leaveEditing(): true {
    if (this.#returnToRead) this.mode = 'read'
    this.#returnToRead = false
    return true
  }

  #onRecordEvent(event: RecordEvent): void {
    if (event.object !== this.object || event.id !== this.recordId || !event.after || this.isDirty || this.saving) return
    this.begin(event.after)
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.isDirty && this.effectiveMode !== 'read') event.preventDefault()
  }

  #onChange(event: CustomEvent<{ name: string; value: unknown }>): void {
    event.stopPropagation()
    const wasDirty = this.isDirty
    const follows = this.editing.change(event.detail.name, event.detail.value)
    const field = this.#object && fieldOf(this.#object, event.detail.name)
    if (this.#object && field) this.parts.check(this.#object, field, event.detail.value)
    // Only the changed field draws itself again, and those that follow from it; the form does when its foot or summary has to.
    if (follows || wasDirty !== this.isDirty || this.editing.submitted) void this.fieldsDrawn().then(() => this.requestUpdate())
  }

  /** For parts: resolves once all fields are drawn. */
  async fieldsDrawn(): Promise<void> {
    await Promise.all(this.fields.map((field) => field.updateComplete))
  }

  #onSubmit(event: Event): void {
    event.preventDefault()
    void this.save()
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#renderState()}${this.renderLater()}</div>`
  }

  #renderState(): TemplateResult {
    const object = this.#object
    if (this.#load.state === 'failed' && this.#load.error)
      return html`<div class="gone">${renderFailure(this, this.#load.error, () => this.load())}</div>`
    if (!object || (this.recordId && !this.record)) return this.hasUpdated ? renderFormSkeleton(this.t('loading')) : html``
    if (this.deleted && this.parts.answers) return this.parts.answers.renderDeleted(this)
    if (!this.recordId && !this.may('create', object))
      return html`<div class="gone">${renderEmpty('lock', this.t('denied.create', { name: this.noun(object.label) }), this.t('denied.text'))}</div>`
    return this.#renderForm(object)
  }

  #renderForm(object: ObjectView): TemplateResult {
    const sections = formSections(object, this.effectiveMode, this.record, this.editing.logic)
    const problems = this.editing.problems(this.fields)
    return html`<form part="form" novalidate aria-labelledby="title" aria-busy=${this.saving} @submit=${this.#onSubmit} @crm-change=${this.#onChange}>
      ${renderHead(this, object)}
      <div class="form-body">
        ${this.parts.answers?.renderAnswers(this, object, problems) ?? nothing}
        ${sections.map((section) => renderSection(this, object, section, sections.length === 1))}
        ${later.shown?.renderTrace(this, this.record)}
      </div>
      ${renderFoot(this, object, problems.length)}
    </form>`
  }
}

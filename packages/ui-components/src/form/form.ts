import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import { fieldOf, isExpandable, sameValue } from '../client/record.ts'
import type { RecordEvent } from '../client/store.ts'
import type { CrmRecord, ObjectView, RecordValues } from '../client/types.ts'
import { LoadController } from '../controllers/load.ts'
import { ToastController } from '../controllers/toast.ts'
import { CrmElement } from '../element/crm-element.ts'
import type { CrmField } from '../field/field.ts'
import type { Reading } from '../format/value.ts'
import { reasonOf, renderEmpty, renderFailure } from '../state/state-view.ts'
import { base } from '../styles/base.ts'
import { button } from '../styles/button.ts'
import { mark } from '../styles/mark.ts'
import { surface } from '../styles/surface.ts'
import { type Conflict, conflictOf, decide, isDecided, rebase } from './conflict.ts'
import { Draft } from './draft.ts'
import { formStyles } from './form.styles.ts'
import { type FormMode, formSections } from './layout.ts'
import { renderConflict, renderFoot, renderFormSkeleton, renderHead, renderSection, renderSummary, renderTrace } from './parts.ts'
import { type FormProblem, serverProblems } from './problems.ts'
import { newKey, relatedFrom } from './write.ts'

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
 * @csspart conflict - Both values of what two people changed.
 * @csspart actions - The foot with its buttons.
 * @csspart button - Any button.
 * @csspart toast - The sentence at the foot of the window.
 */
export class CrmForm extends CrmElement {
  static override styles = [base, button, mark, surface, formStyles]

  static override properties: PropertyDeclarations = {
    recordId: { attribute: 'record-id' },
    mode: {},
    frame: { reflect: true },
    values: { attribute: false },
    record: { state: true },
    saving: { state: true },
    submitted: { state: true },
    confirming: { state: true },
    errors: { state: true },
  }

  /** The record to show; none = a new one. */
  declare recordId: string | null
  /** `create`, `edit` or `read`; from `record-id` unless set. */
  declare mode: FormMode | null
  /** `page`, or `dialog` inside one. */
  declare frame: 'page' | 'dialog'
  /** Values to begin with, over the record's or the defaults. */
  declare values: RecordValues | null

  declare record: CrmRecord | null
  declare saving: boolean
  declare submitted: boolean
  declare confirming: boolean
  /** The server's objections by field. */
  declare errors: ReadonlyMap<string, string>

  #object: ObjectView | null = null
  #draft = new Draft(null)
  #conflict: Conflict | null = null
  #general: readonly FormProblem[] = []
  #key = newKey()
  #deleted: CrmRecord | null = null
  #returnToRead = false
  #unsubscribe: (() => void) | null = null
  readonly #load = new LoadController(this)
  readonly #toast = new ToastController(this, () => this.t('close'))

  constructor() {
    super()
    this.recordId = null
    this.mode = null
    this.frame = 'page'
    this.values = null
    this.record = null
    this.saving = false
    this.submitted = false
    this.confirming = false
    this.errors = new Map()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unsubscribe = this.session.store.subscribe((event) => this.#onRecordEvent(event))
    window.addEventListener('beforeunload', this.#onBeforeUnload)
    if (this.hasUpdated) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe?.()
    window.removeEventListener('beforeunload', this.#onBeforeUnload)
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
    return this.#draft.isDirty
  }

  /** The record, with the names of what a preset reference points to. */
  get shownRecord(): CrmRecord | null {
    const related = this.values?.related as CrmRecord['related']
    if (!related) return this.record
    return { ...(this.record ?? { id: '', version: 0 }), related: { ...this.record?.related, ...related } }
  }

  /** What a field holds now, edited or not. */
  readonly fieldValue = (name: string): unknown => this.#draft.value(name)

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
    this.#deleted = null
    const done = await this.#load.run(async (signal) => {
      const [definition] = await Promise.all([session.object(object), session.me().catch(() => null)])
      const expand = definition.fields.filter(isExpandable).map((field) => field.name)
      const record = recordId ? await session.client.get(object, recordId, { expand }, signal) : null
      if (record) await session.loadPeople([record.createdBy, record.updatedBy].filter((id) => id !== undefined)).catch(() => undefined)
      if (signal.aborted) return
      if (record) session.store.merge(object, [record])
      this.#object = definition
      this.#begin(record)
    })
    if (done) this.emit('crm-load', { object, record: this.record })
    else if (this.#load.error) this.emit('crm-error', { error: this.#load.error })
  }

  edit(): void {
    this.mode = 'edit'
    this.#returnToRead = true
    void this.updateComplete.then(() => this.#fields()[0]?.focus())
  }

  /** Leaves; asks first when something would be lost. */
  cancel(): void {
    if (this.isDirty && this.effectiveMode !== 'read') {
      this.confirming = true
      return
    }
    this.discard()
  }

  keepEditing(): void {
    this.confirming = false
  }

  discard(): void {
    this.confirming = false
    const leaving = !this.#returnToRead
    this.#begin(this.record)
    if (this.#returnToRead) this.mode = 'read'
    this.#returnToRead = false
    if (leaving) this.emit('crm-cancel', { object: this.object, id: this.recordId }, true)
  }

  focusField(name: string): void {
    this.#fields()
      .find((field) => field.name === name)
      ?.focus()
  }

  decide(name: string, choice: 'mine' | 'theirs'): void {
    if (!this.#conflict) return
    this.#conflict = decide(this.#conflict, name, choice)
    this.requestUpdate()
  }

  /** Saves what changed. Resolves to true when the server took it. */
  async save(): Promise<boolean> {
    if (this.saving || !this.#object || !this.#settleConflict()) return false
    this.submitted = true
    this.errors = new Map()
    this.#general = []
    await this.updateComplete
    if (this.#fields().some((field) => !field.checkValidity())) return this.#showProblems()
    if (this.recordId && !this.isDirty) return this.#leaveEditing()
    const values = this.#draft.patch
    if (!this.emit('crm-submit', { object: this.object, id: this.recordId, values }, true)) return false
    return this.#send(values)
  }

  /** Deletes the record; Undo brings it back. */
  async deleteRecord(): Promise<void> {
    const { record, object, session } = this
    if (!record || this.saving) return
    this.saving = true
    try {
      await session.client.remove(object, record.id, record.version)
      this.#deleted = record
      session.store.remove(object, record.id)
      this.emit('crm-saved', { object, id: record.id, record, operation: 'delete' })
    } catch (error) {
      this.#refuse(asClientError(error))
    } finally {
      this.saving = false
    }
  }

  /** Brings a deleted record back. */
  async restoreRecord(): Promise<void> {
    const deleted = this.#deleted
    if (!deleted) return
    try {
      const record = await this.session.client.restore(this.object, deleted.id, 'any')
      this.session.store.commit(this.object, { ...record, related: deleted.related })
      this.#deleted = null
      this.#begin(this.session.store.get(this.object, deleted.id))
      this.emit('crm-saved', { object: this.object, id: deleted.id, record, operation: 'restore' })
    } catch (error) {
      this.#refuse(asClientError(error))
    }
  }

  async #send(values: RecordValues): Promise<boolean> {
    const { object, record, session } = this
    const sent = new Map(this.#draft.edits)
    this.saving = true
    try {
      const saved = record ? await session.client.update(object, record.id, record.version, values) : await session.client.create(object, values, this.#key)
      session.store.commit(object, { ...saved, related: relatedFrom(this.#fields(), saved, this.shownRecord) })
      const known = session.store.get(object, saved.id) ?? saved
      const later = [...this.#draft.edits].filter(([name, value]) => !sameValue(value, sent.get(name)))
      this.#begin(record ? known : null)
      this.#key = newKey()
      // What was entered while the answer was on its way is not lost.
      for (const [name, value] of record ? later : []) this.#draft.set(name, value)
      if (!this.isDirty || !record) this.#leaveEditing()
      this.emit('crm-saved', { object, id: saved.id, record: known, operation: record ? 'update' : 'create' })
      return true
    } catch (error) {
      return this.#onRefusal(asClientError(error), values)
    } finally {
      this.saving = false
    }
  }

  async #onRefusal(error: ClientError, values: RecordValues): Promise<boolean> {
    const current = error.code === 'CONFLICT' ? error.details.current : null
    if (!current || typeof current !== 'object' || !this.record) return this.#refuse(error)
    const conflict = conflictOf(this.#draft, current as CrmRecord)
    if (conflict.clashes.length === 0) {
      // They changed other fields: nothing of either is lost by writing over their version.
      this.#rebase(conflict)
      return this.#send(values)
    }
    await this.session.loadPeople([conflict.current.updatedBy].filter((id) => id !== undefined)).catch(() => undefined)
    this.#conflict = conflict
    this.emit('crm-error', { error })
    this.requestUpdate()
    await this.updateComplete
    this.#focus('.conflict')
    return false
  }

  #refuse(error: ClientError): boolean {
    const problems = error.code === 'NETWORK' ? [{ name: null, message: reasonOf(this, error) }] : serverProblems(error, new Set(this.#fields().map((field) => field.name)))
    this.errors = new Map(problems.flatMap(({ name, message }) => (name === null ? [] : [[name, message] as const])))
    this.#general = problems.filter((problem) => problem.name === null)
    this.emit('crm-error', { error })
    return this.#showProblems()
  }

  #showProblems(): false {
    this.requestUpdate()
    void this.updateComplete.then(() => this.#focus('.summary'))
    return false
  }

  /** True when there is nothing left to decide. */
  #settleConflict(): boolean {
    const conflict = this.#conflict
    if (!conflict) return true
    if (!isDecided(conflict)) {
      this.#focus('.conflict')
      return false
    }
    this.#rebase(conflict)
    return true
  }

  #rebase(conflict: Conflict): void {
    this.#draft = rebase(this.#draft, conflict)
    this.record = conflict.current
    this.#conflict = null
  }

  #begin(record: CrmRecord | null): void {
    this.record = record
    this.submitted = false
    this.errors = new Map()
    this.#general = []
    this.#conflict = null
    const defaults = record ? [] : (this.#object?.fields ?? []).filter((field) => field.default !== undefined && field.default !== null && !field.readOnly).map((field) => [field.name, field.default] as const)
    const preset = Object.entries(this.values ?? {}).filter(([name]) => name !== 'related')
    this.#draft = new Draft(record, [...defaults, ...preset])
    this.requestUpdate()
  }

  #leaveEditing(): true {
    this.values = null
    if (this.#returnToRead) this.mode = 'read'
    this.#returnToRead = false
    return true
  }

  #fields(): CrmField[] {
    return [...this.renderRoot.querySelectorAll<CrmField>('.fields > *')]
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  #problems(): readonly FormProblem[] {
    if (!this.submitted) return this.#general
    // An objection may not have reached its field yet: fields are drawn after the form.
    const fields = this.#fields().map(({ name, validationMessage }) => ({ name, message: this.errors.get(name) ?? validationMessage }))
    return [...fields.filter((problem) => problem.message !== ''), ...this.#general]
  }

  #onRecordEvent(event: RecordEvent): void {
    if (event.object !== this.object || event.id !== this.recordId || !event.after || this.isDirty || this.saving) return
    this.#begin(event.after)
  }

  readonly #onBeforeUnload = (event: BeforeUnloadEvent): void => {
    if (this.isDirty && this.recordId !== null && this.effectiveMode === 'edit') event.preventDefault()
  }

  #onChange(event: CustomEvent<{ name: string; value: unknown }>): void {
    event.stopPropagation()
    const wasDirty = this.isDirty
    this.#draft.set(event.detail.name, event.detail.value)
    if (this.errors.has(event.detail.name)) this.errors = new Map([...this.errors].filter(([name]) => name !== event.detail.name))
    // Only the changed field draws itself again; the form does when its foot or summary has to.
    if (wasDirty !== this.isDirty || this.submitted) void this.#fieldsDrawn().then(() => this.requestUpdate())
  }

  async #fieldsDrawn(): Promise<void> {
    await Promise.all(this.#fields().map((field) => field.updateComplete))
  }

  #onSubmit(event: Event): void {
    event.preventDefault()
    void this.save()
  }

  override render(): TemplateResult {
    return html`<div class="view" lang=${this.language}>${this.#renderState()}${this.#toast.render()}</div>`
  }

  #renderState(): TemplateResult {
    const object = this.#object
    if (this.#load.state === 'failed' && this.#load.error) return html`<div class="gone">${renderFailure(this, this.#load.error, () => this.load())}</div>`
    if (!object || (this.recordId && !this.record)) return renderFormSkeleton(this.t('loading'))
    if (this.#deleted) return this.#renderDeleted()
    if (!this.recordId && !this.may('create', object)) return html`<div class="gone">${renderEmpty('lock', this.t('denied.create', { name: this.noun(object.label) }), this.t('denied.text'))}</div>`
    return this.#renderForm(object)
  }

  #renderDeleted(): TemplateResult {
    return html`<div class="gone" role="status">${renderEmpty('trash', this.t('deleted.title'), this.t('deleted.text'), { label: this.t('undo'), icon: 'undo', run: () => this.restoreRecord() })}</div>`
  }

  #renderForm(object: ObjectView): TemplateResult {
    const sections = formSections(object, this.effectiveMode, this.record)
    const problems = this.#problems()
    const who = (this.#conflict?.current.updatedBy && this.session.person(this.#conflict.current.updatedBy)?.name) || this.t('conflict.somebody')
    return html`<form part="form" novalidate aria-labelledby="title" aria-busy=${this.saving} @submit=${this.#onSubmit} @crm-change=${this.#onChange}>
      ${renderHead(this, object)}
      <div class="form-body">
        ${this.#conflict ? renderConflict(this, object, this.#conflict, who) : nothing}
        ${renderSummary(this, problems)}
        ${sections.map((section) => renderSection(this, object, section, sections.length === 1))}
        ${renderTrace(this)}
      </div>
      ${renderFoot(this, object, problems.length)}
    </form>`
  }
}

import { asClientError, type ClientError } from '../client/client-error.ts'
import { nameOf } from '../client/record.ts'
import type { CrmRecord, RecordValues } from '../client/types.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { reasonOf } from '../state/state-view.ts'
import { conflictOf, isDecided, rebase } from './conflict.ts'
import type { Editing } from './editing.ts'
import type { CrmForm } from './form.ts'
import { serverProblems } from './problems.ts'
import { relatedFrom, withServersOwn } from './write.ts'

/** Carries a form's writes out: sends what changed, puts objections where they belong, settles conflicts. */
export class Saver {
  readonly #form: CrmForm
  readonly #editing: Editing

  constructor(form: CrmForm, editing: Editing) {
    this.#form = form
    this.#editing = editing
  }

  /** True when there is nothing left to decide. */
  settleConflict(): boolean {
    const { conflict } = this.#editing
    if (!conflict) return true
    if (!isDecided(conflict)) {
      this.#form.focusPart('.conflict')
      return false
    }
    this.#editing.rebase(rebase(this.#editing.draft, conflict))
    this.#form.record = conflict.current
    return true
  }

  /** Saves what changed, where nothing is wrong with it and the host lets it. True when the server took it. */
  async submit(): Promise<boolean> {
    const form = this.#form
    if (form.saving || !form.definition || !this.settleConflict()) return false
    this.#editing.attempt()
    form.requestUpdate()
    await form.updateComplete
    await form.fieldsDrawn()
    if (form.fields.some((field) => !field.checkValidity())) return form.focusPart('.summary')
    const { patch } = this.#editing
    if (form.recordId && Object.keys(patch).length === 0) return form.leaveEditing()
    if (!form.emit('crm-submit', { object: form.object, id: form.recordId, values: patch }, true)) return false
    return this.save(patch)
  }

  /** Deletes the record, and offers it back. */
  async remove(): Promise<void> {
    const form = this.#form
    const { record } = form
    if (!record || form.saving || !(await this.delete(record))) return
    form.deleted = record
    form.requestUpdate()
    form.emit('crm-saved', { object: form.object, id: record.id, record, operation: 'delete' })
  }

  /** Brings the deleted record back. */
  async bringBack(): Promise<void> {
    const form = this.#form
    const record = form.deleted && (await this.restore(form.deleted))
    if (!record) return
    form.deleted = null
    form.begin(record)
    form.emit('crm-saved', { object: form.object, id: record.id, record, operation: 'restore' })
  }

  async save(values: RecordValues): Promise<boolean> {
    const form = this.#form
    form.saving = true
    try {
      return await this.#send(values)
    } catch (error) {
      return await this.#onRefusal(asClientError(error), values)
    } finally {
      form.saving = false
    }
  }

  /** Deletes the record; true when it is gone. */
  async delete(record: CrmRecord): Promise<boolean> {
    const { object, session } = this.#form
    this.#form.saving = true
    try {
      await session.client.remove(object, record.id, record.version)
      session.store.remove(object, record.id)
      return true
    } catch (error) {
      return this.#refuse(asClientError(error))
    } finally {
      this.#form.saving = false
    }
  }

  /** Brings a deleted record back; null when that was refused. */
  async restore(deleted: CrmRecord): Promise<CrmRecord | null> {
    const { object, session } = this.#form
    try {
      // The version after a deletion is not known here; bringing back overwrites nobody's work.
      const record = await session.client.restore(object, deleted.id, 'any')
      session.store.commit(object, { ...record, related: deleted.related })
      return session.store.get(object, deleted.id)
    } catch (error) {
      this.#refuse(asClientError(error))
      return null
    }
  }

  async #send(values: RecordValues): Promise<boolean> {
    const form = this.#form
    const { object, record, session } = form
    const sent = new Map(this.#editing.draft.edits)
    const { client, store } = session
    const saved = record
      ? await client.update(object, record.id, record.version, values)
      : await client.create(object, values, this.#editing.key)
    const chosen = relatedFrom(form.fields, saved, form.shownRecord)
    const related = form.definition ? await withServersOwn(session, form.definition, saved, chosen) : chosen
    store.commit(object, { ...saved, related })
    const known = store.get(object, saved.id) ?? saved
    const later = new Map(this.#editing.draft.edits)
    form.values = null
    form.begin(record ? known : null)
    // What was entered while the answer was on its way is not lost.
    if (record) this.#editing.keepLater(later, sent)
    this.#tell(known, record ? 'update' : 'create')
    return true
  }

  #tell(record: CrmRecord, operation: 'create' | 'update'): void {
    const form = this.#form
    if (!form.isDirty) form.leaveEditing()
    const text = form.t(`toast.${operation}`, { name: nameOf(form.definition, record) })
    if (form.frame === 'page') void overlaysOf(form).toast.show({ text, seconds: 4 })
    form.emit('crm-saved', { object: form.object, id: record.id, record, operation })
  }

  async #onRefusal(error: ClientError, values: RecordValues): Promise<boolean> {
    const form = this.#form
    const current = error.code === 'CONFLICT' ? error.details.current : null
    if (!current || typeof current !== 'object' || !form.record) return this.#refuse(error)
    const conflict = conflictOf(this.#editing.draft, current as CrmRecord)
    if (conflict.clashes.length === 0) {
      // They changed other fields: nothing of either is lost by writing over their version.
      this.#editing.rebase(rebase(this.#editing.draft, conflict))
      form.record = conflict.current
      return this.save(values)
    }
    await form.session.loadPeople([conflict.current.updatedBy].filter((id) => id !== undefined)).catch(() => undefined)
    this.#editing.conflict = conflict
    form.emit('crm-error', { error })
    form.focusPart('.conflict')
    return false
  }

  #refuse(error: ClientError): false {
    const form = this.#form
    const shown = new Set(form.fields.map((field) => field.name))
    this.#editing.refuse(error.code === 'NETWORK' ? [{ name: null, message: reasonOf(form, error) }] : serverProblems(error, shown))
    form.emit('crm-error', { error })
    form.focusPart('.summary')
    return false
  }
}

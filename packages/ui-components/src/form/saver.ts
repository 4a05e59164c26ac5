import { asClientError, type ClientError } from '../client/client-error.ts'
import type { CrmRecord, RecordValues } from '../client/types.ts'
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
    form.saved(known, record ? 'update' : 'create')
    return true
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

import { asClientError, type ClientError } from '../client/client-error.ts'
import { nestValues, readField, sameValue } from '../client/record.ts'
import type { CrmRecord, FieldView, RelatedRecord } from '../client/types.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { needMember } from '../element/family.ts'
import type { CrmField } from '../field/field.ts'
import { relatedFrom } from '../form/write.ts'
import { formatValue } from '../format/value.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmList } from './list.ts'

/** A cell somebody works on. */
export interface CellEdit {
  readonly id: string
  readonly field: FieldView
  /** What it held when the work began. */
  readonly base: unknown
  readonly value: unknown
  /** The server's objection. */
  readonly problem: string | null
  /** Somebody else's record, when both have changed this field. */
  readonly theirs: CrmRecord | null
  readonly busy: boolean
}

/** Editing in place: written at once here, then on the server, taken back by its inverse; a conflict shows both values. */
export class CellEditing {
  current: CellEdit | null = null
  readonly #list: CrmList

  constructor(list: CrmList) {
    this.#list = list
  }

  isAt(id: string, field: FieldView): boolean {
    return this.current?.id === id && this.current.field.name === field.name
  }

  /** Opens a cell. */
  begin(id: string, field: FieldView): void {
    const record = this.#recordOf(id)
    if (!record || !this.#list.mayEdit(field) || this.current?.busy) return
    const value = readField(record, field.name) ?? null
    this.current = { id, field, base: value, value, problem: null, theirs: null, busy: false }
    this.#list.requestUpdate()
    void this.#focus()
  }

  change(value: unknown): void {
    if (this.current) this.current = { ...this.current, value, problem: null }
  }

  cancel(): void {
    const { current } = this
    this.current = null
    this.#list.requestUpdate()
    if (current) void this.#focusCell(current.id, current.field.name)
  }

  /** Saves and leaves; false when it has to stay open. */
  async commit(control: CrmField | null, stay = true): Promise<boolean> {
    const edit = this.current
    if (!edit || edit.busy || edit.theirs) return edit === null
    if (control && !control.reportValidity()) return false
    if (sameValue(edit.value, edit.base)) {
      this.#close(edit, stay)
      return true
    }
    const record = this.#recordOf(edit.id)
    if (
      !record ||
      !this.#list.emit('crm-submit', { object: this.#list.object, id: edit.id, values: patchOf(edit.field, edit.value) }, true)
    )
      return false
    this.#close(edit, stay)
    return this.#save(edit, record, relatedOf(control, edit))
  }

  /** Settles a conflict. */
  async settle(choice: 'mine' | 'theirs'): Promise<void> {
    const edit = this.current
    if (!edit?.theirs) return
    this.#list.session.store.merge(this.#list.object, [edit.theirs])
    this.current = null
    this.#list.requestUpdate()
    void this.#focusCell(edit.id, edit.field.name)
    if (choice === 'mine') await this.#save({ ...edit, base: readField(edit.theirs, edit.field.name) }, edit.theirs, {})
  }

  async #save(edit: CellEdit, record: CrmRecord, related: Related): Promise<boolean> {
    const list = this.#list
    const { object, session } = list
    const { client, store } = session
    const patch = patchOf(edit.field, edit.value)
    const inverse = store.patch(object, edit.id, { ...patch, related: { ...record.related, ...related } })
    try {
      const saved = await client.update(object, edit.id, record.version, patch)
      store.commit(object, { ...saved, related: { ...record.related, ...related } })
      this.#tell(edit)
      list.emit('crm-saved', { object, id: edit.id, record: saved, operation: 'update' })
      return true
    } catch (error) {
      store.patch(object, edit.id, inverse)
      return this.#refused(edit, asClientError(error), related)
    }
  }

  async #refused(edit: CellEdit, error: ClientError, related: Related): Promise<boolean> {
    const list = this.#list
    const theirs = error.code === 'CONFLICT' ? (error.details.current as CrmRecord | undefined) : undefined
    if (theirs && sameValue(readField(theirs, edit.field.name), edit.base)) {
      // They changed other fields: nothing of either is lost by writing over their version.
      list.session.store.merge(list.object, [theirs])
      return this.#save(edit, theirs, related)
    }
    if (theirs?.updatedBy) await list.session.loadPeople([theirs.updatedBy]).catch(() => undefined)
    this.current = { ...edit, problem: theirs ? null : reasonOf(list, error), theirs: theirs ?? null, busy: false }
    list.emit('crm-error', { error })
    list.requestUpdate()
    void this.#focus()
    return false
  }

  #tell({ id, field, base, value }: CellEdit): void {
    const list = this.#list
    const record = this.#recordOf(id)
    const text = formatValue(field, value, list.reading(record))
    const said = text
      ? list.t('cell.saved', { field: list.words(field.label), value: text })
      : list.t('cell.cleared', { field: list.words(field.label) })
    const undo = () => {
      const now = this.#recordOf(id)
      if (now) void this.#save({ id, field, base: value, value: base, problem: null, theirs: null, busy: false }, now, {})
    }
    void overlaysOf(list).toast.show({ text: said, action: { label: list.t('undo'), countdown: true, run: undo } })
  }

  #close(edit: CellEdit, stay: boolean): void {
    this.current = null
    this.#list.requestUpdate()
    if (stay) void this.#focusCell(edit.id, edit.field.name)
  }

  async #focusCell(id: string, column: string): Promise<void> {
    await this.#list.updateComplete
    const row = [...this.#list.renderRoot.querySelectorAll<HTMLElement>('[data-id]')].find((one) => one.dataset.id === id)
    const cell = [...(row?.querySelectorAll<HTMLElement>('[data-col]') ?? [])].find((one) => one.dataset.col === column)
    ;(cell?.querySelector<HTMLElement>('.open') ?? cell)?.focus()
  }

  #recordOf(id: string): CrmRecord | null {
    return this.#list.session.store.get(this.#list.object, id)
  }

  async #focus(): Promise<void> {
    // A field whose code is not here yet would not take the focus, and what is typed would go nowhere.
    await needMember(this.#list, 'field').catch(() => undefined)
    await this.#list.updateComplete
    const editor = this.#list.renderRoot.querySelector<CrmField>('.cell-editor [data-first]')
    await editor?.updateComplete
    editor?.focus()
  }
}

type Related = Readonly<Record<string, RelatedRecord | readonly RelatedRecord[] | null>>

/** What the chosen record is called: the server answers with its id only. */
function relatedOf(control: CrmField | null, { field, value }: CellEdit): Related {
  return control ? relatedFrom([control], { id: '', version: 0, [field.name]: value }, null) : {}
}

function patchOf(field: FieldView, value: unknown) {
  return nestValues(new Map([[field.name, value ?? null]]))
}

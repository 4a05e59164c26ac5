import type { ClientError } from '../client/client-error.ts'
import { readField } from '../client/record.ts'
import type { RecordDialog } from '../controllers/record-dialog.ts'
import type { ToastController } from '../controllers/toast.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmBoard } from './board.ts'
import { cardTitles } from './card.ts'
import type { Lanes } from './lanes.ts'
import { MoveQueue } from './move-queue.ts'

/** Carries moves out for a board: asks the host, tells the reader, offers the way back. */
export class Mover {
  readonly #board: CrmBoard
  readonly #lanes: Lanes
  readonly #toast: ToastController
  readonly #dialog: RecordDialog
  readonly #moving = new Map<string, number>()
  #queue: MoveQueue | null = null

  constructor(board: CrmBoard, lanes: Lanes, toast: ToastController, dialog: RecordDialog) {
    this.#board = board
    this.#lanes = lanes
    this.#toast = toast
    this.#dialog = dialog
  }

  reset(field: string): void {
    this.#queue = new MoveQueue(this.#board.session, this.#board.object, field, this.#lanes)
  }

  isMoving(id: string): boolean {
    return this.#moving.has(id)
  }

  get isBusy(): boolean {
    return this.#queue?.isBusy ?? false
  }

  /** Moves a record to a column; true when the server took it. */
  async move(field: string, id: string, to: string, isUndo = false): Promise<boolean> {
    const board = this.#board
    const record = board.recordOf(id)
    const from = this.#lanes.columnOf(record)
    if (!record || from === null || from === to || !this.#queue) return false
    if (!board.emit('crm-move', { object: board.object, record, field, from: readField(record, field), to }, true)) return false
    this.#count(id, 1)
    const result = await this.#queue.run({ id, from, to, fromIndex: this.#lanes.indexOf(id, from) })
    this.#count(id, -1)
    const { title } = cardTitles(board, board.recordOf(id) ?? record)
    if (result.ok) {
      this.#tell(id, title, from, to, field, isUndo)
      board.emit('crm-saved', { object: board.object, id, record: result.record, operation: 'update' })
    } else this.#refuse(result.error, id, title, field, to)
    return result.ok
  }

  #count(id: string, step: number): void {
    const next = (this.#moving.get(id) ?? 0) + step
    if (next > 0) this.#moving.set(id, next)
    else this.#moving.delete(id)
    this.#board.requestUpdate()
  }

  #tell(id: string, title: string, from: string, to: string, field: string, isUndo: boolean): void {
    const board = this.#board
    const text = board.t(isUndo ? 'move.undone' : 'move.done', { name: title, column: board.columnLabel(to) })
    const action = { label: board.t('undo'), countdown: true, run: () => void this.move(field, id, from, true) }
    void this.#toast.show({ text, icon: isUndo ? 'undo' : 'check', action: isUndo ? undefined : action, seconds: isUndo ? 4 : undefined })
  }

  #refuse(error: ClientError, id: string, title: string, field: string, to: string): void {
    const board = this.#board
    const text = board.t('move.refused', { name: title, reason: reasonOf(board, error) })
    const complete = {
      label: board.t('move.complete'),
      run: () =>
        void this.#dialog.open({
          id,
          mode: 'edit',
          values: { [field]: to, related: { [field]: { id: to, name: board.columnLabel(to) } } },
        }),
    }
    void this.#toast.show({ text, icon: 'warn', urgent: true, action: error.code === 'VALIDATION_FAILED' ? complete : undefined })
    board.emit('crm-error', { error })
  }
}

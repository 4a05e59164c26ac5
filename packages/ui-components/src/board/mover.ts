import type { ClientError } from '../client/client-error.ts'
import { fieldOf, readField } from '../client/record.ts'
import type { CrmRecord, FieldView } from '../client/types.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { needMember } from '../element/family.ts'
import { fieldOfPointer } from '../form/problems.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmBoard } from './board.ts'
import { cardTitles } from './card.ts'
import type { Lanes } from './lanes.ts'
import { MoveForm } from './move-form.ts'
import { MoveQueue, type MoveValues } from './move-queue.ts'
import { placeOf } from './place.ts'
import { rankBetween, rankOnTop } from './rank.ts'

export { focusCard, revealColumn } from './card-focus.ts'
export { moveStyles } from './move.styles.ts'
export { moveCard } from './move-card.ts'

/** Where a card is to go. */
export interface Destination {
  readonly id: string
  readonly to: string
  /** Place in the column; on top unless said. */
  readonly index?: number
  /** Values the stage asks for, entered on the way. */
  readonly extra?: MoveValues
  /** The way back: exactly these values, and no further Undo. */
  readonly undo?: MoveValues
}

/** Milliseconds without a move after which the server is asked for its figures again; until then they are carried along here. */
const REST = 1500

/** Carries moves out for a board: asks the host, tells the reader, asks for what a stage needs, offers the way back. */
export class Mover {
  readonly #board: CrmBoard
  readonly #lanes: Lanes
  readonly #moving = new Map<string, number>()
  #queue: MoveQueue | null = null
  #form: MoveForm | null = null
  #resting: ReturnType<typeof setTimeout> | undefined

  constructor(board: CrmBoard, lanes: Lanes) {
    this.#board = board
    this.#lanes = lanes
    this.reset()
  }

  reset(): void {
    this.#queue = new MoveQueue(this.#board.session, this.#board.object, this.#lanes)
  }

  isMoving(id: string): boolean {
    return this.#moving.has(id)
  }

  get isBusy(): boolean {
    return this.#queue?.isBusy ?? false
  }

  /** Is an answer being taken that is drawn in a moment anyway? */
  get isSettling(): boolean {
    return this.#queue?.isSettling ?? false
  }

  /** Reads counts and sums again, once nothing is moved for a while. */
  recountAfterRest(): void {
    const board = this.#board
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => this.isBusy || !board.isConnected || void board.recount(), REST)
  }

  render(): unknown {
    return this.#form?.render() ?? ''
  }

  /** Moves a record; true when the server took it. */
  async move(destination: Destination): Promise<boolean> {
    const { id, to, extra, undo } = destination
    const board = this.#board
    const record = board.recordOf(id)
    const from = this.#lanes.columnOf(record)
    if (!record || from === null || !this.#queue) return false
    const indexBefore = this.#lanes.indexOf(id, from)
    const index = from === to && destination.index === undefined ? indexBefore : (destination.index ?? 0)
    if (from === to && index === indexBefore && !undo) return false
    const values = undo ?? this.#valuesOf(record, from, to, index, extra)
    const before = new Map([...values.keys()].map((name) => [name, readField(record, name) ?? null]))
    const field = board.data.layout?.field.name ?? ''
    const event = {
      object: board.object,
      record,
      field,
      from: readField(record, field),
      to: placeOf(to).column,
      values: Object.fromEntries(values),
    }
    if (!board.emit('crm-move', event, true)) return false
    this.#count(id, 1)
    const landing = undo && board.cardFields.rank ? null : index
    const result = await this.#queue.run({ id, values, before, index: landing, indexBefore })
    this.#count(id, -1)
    const { title } = cardTitles(board, board.recordOf(id) ?? record)
    if (result.ok) {
      this.#form?.close()
      this.#tell(destination, title, from, before)
      board.emit('crm-saved', { object: board.object, id, record: result.record, operation: 'update' })
    } else await this.#refuse(result.error, destination, title)
    return result.ok
  }

  /** What is written: only what differs, and the rank where cards have one. */
  #valuesOf(record: CrmRecord, from: string, to: string, index: number, extra: MoveValues = new Map()): MoveValues {
    const { layout, laneField, fields, swimLanes } = this.#board.data
    const [source, target] = [placeOf(from), placeOf(to)]
    const values = new Map(extra)
    if (layout && source.column !== target.column) values.set(layout.field.name, target.column)
    if (laneField && source.lane !== target.lane)
      values.set(laneField.name, swimLanes.find((lane) => lane.key === target.lane)?.value ?? null)
    if (fields.rank) values.set(fields.rank.name, this.#rankAt(record.id, to, index, fields.rank))
    return values
  }

  #rankAt(id: string, to: string, index: number, field: FieldView): string {
    const board = this.#board
    const others = (this.#lanes.feed(to)?.ids ?? []).filter((one) => one !== id)
    const rankOf = (one: string | undefined) => {
      const value = one === undefined ? null : readField(board.recordOf(one), field.name)
      return typeof value === 'string' ? value : null
    }
    const below = rankOf(others[index])
    return index <= 0 ? rankOnTop(board.session.now(), id, below) : rankBetween(rankOf(others[index - 1]), below)
  }

  #count(id: string, step: number): void {
    const next = (this.#moving.get(id) ?? 0) + step
    if (next > 0) this.#moving.set(id, next)
    else this.#moving.delete(id)
    this.#board.requestUpdate()
  }

  #tell({ id, to, undo }: Destination, title: string, from: string, before: MoveValues): void {
    const board = this.#board
    const text =
      from === to && !undo
        ? board.t('move.placed', { name: title, place: this.#lanes.indexOf(id, to) + 1 })
        : board.t(undo ? 'move.undone' : 'move.done', { name: title, column: board.columnLabel(to) })
    const action = { label: board.t('undo'), countdown: true, run: () => void this.move({ id, to: from, undo: before }) }
    void overlaysOf(this.#board).toast.show({
      text,
      icon: undo ? 'undo' : 'check',
      action: undo ? undefined : action,
      seconds: undo ? 4 : undefined,
    })
  }

  async #refuse(error: ClientError, destination: Destination, title: string): Promise<void> {
    const board = this.#board
    board.emit('crm-error', { error })
    const asked = this.#askedFor(error)
    if (asked.length > 0 && !destination.undo) {
      this.#form ??= new MoveForm(board, (next) => this.move(next))
      // A form whose fields are not here yet would not take the focus.
      await needMember(board, 'field').catch(() => undefined)
      await this.#form.ask(destination, asked, error)
      return
    }
    this.#form?.close()
    const text = board.t('move.refused', { name: title, reason: reasonOf(board, error) })
    const field = board.data.layout?.field
    const { column } = placeOf(destination.to)
    const values = field ? { [field.name]: column, related: { [field.name]: { id: column, name: board.columnLabel(column) } } } : {}
    const complete = {
      label: board.t('move.complete'),
      run: () => void overlaysOf(this.#board).dialog.open({ id: destination.id, mode: 'edit', values }),
    }
    void overlaysOf(this.#board).toast.show({
      text,
      icon: 'warn',
      urgent: true,
      action: error.code === 'VALIDATION_FAILED' ? complete : undefined,
    })
  }

  /** Fields the server wants for this place, as far as they can be entered. */
  #askedFor(error: ClientError): readonly FieldView[] {
    const { definition, layout, laneField, fields } = this.#board.data
    const moved = [layout?.field.name, laneField?.name, fields.rank?.name]
    const names = [...new Set(error.issues.map((issue) => fieldOfPointer(issue.path)))]
    const wanted = names.map((name) => (name && definition && !moved.includes(name) ? fieldOf(definition, name) : undefined))
    const found = wanted.filter((field) => field !== undefined && !field.readOnly)
    return found.length === names.length ? found.filter((field) => field !== undefined) : []
  }
}

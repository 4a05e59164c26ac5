import type { CrmBoard } from './board.ts'
import { cardLabel } from './card.ts'
import { neighbour } from './carry.ts'
import { placeKey, placeOf } from './place.ts'

const SIDEWAYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
const UPWARDS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }

/** How the focus moves; it comes with what carries moves out. */
type Focus = Pick<typeof import('./card-focus.ts'), 'focusCard' | 'revealColumn'>

/** The keyboard on a board: arrows walk over the cards, Space takes one up and puts it down, and everything is said aloud. */
export class CardKeys {
  readonly #board: CrmBoard
  readonly #focus: Focus

  constructor(board: CrmBoard, focus: Focus) {
    this.#board = board
    this.#focus = focus
  }

  /** An event that is over has lost its path, so whoever kept one passes its target. */
  readonly onKeydown = (event: KeyboardEvent, target: EventTarget | undefined = event.composedPath()[0]): void => {
    const card = cardOf(target)
    if (!card || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const { id, column } = card
    const carried = this.#board.carry?.by === 'keyboard'
    const handled = carried ? this.#whileCarrying(event.key) : this.#whileResting(event.key, id, column)
    if (!handled) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** A button would open on the release of Space, after it has been used to take up or put down. */
  readonly onKeyup = (event: KeyboardEvent): void => {
    if (event.key === ' ' && cardOf(event.composedPath()[0]) && this.#board.mayMove) event.preventDefault()
  }

  #whileResting(key: string, id: string, column: string): boolean {
    const board = this.#board
    const up = UPWARDS[key]
    const side = SIDEWAYS[key]
    if (up !== undefined) return this.#focus.focusCard(board, column, board.data.lanes.indexOf(id, column) + up)
    if (side !== undefined)
      return this.#focus.focusCard(board, beside(column, side, openColumns(board)), board.data.lanes.indexOf(id, column))
    if (key !== ' ' || !board.mayMove) return false
    const fromIndex = board.data.lanes.indexOf(id, column)
    board.carry = { id, from: column, fromIndex, over: column, index: fromIndex, by: 'keyboard' }
    this.#say('move.picked', id, column)
    return true
  }

  #whileCarrying(key: string): boolean {
    const board = this.#board
    const { carry } = board
    if (!carry) return false
    const side = SIDEWAYS[key]
    if (side !== undefined) {
      const over = beside(carry.over, side, board.columnKeys)
      board.carry = { ...carry, over, index: over === carry.from ? carry.fromIndex : 0 }
      this.#focus.revealColumn(board, over)
      this.#say('move.over', carry.id, over)
      return true
    }
    const up = UPWARDS[key]
    if (up !== undefined) return this.#shift(up)
    if (key === ' ' || key === 'Enter') this.#drop()
    else if (key === 'Escape' || key === 'Tab') this.cancel()
    // Tab goes on to where it was going.
    return key !== 'Tab'
  }

  /** Up or down in the column it is over; where cards have no place of their own the keys do nothing. */
  #shift(step: number): boolean {
    const board = this.#board
    const { carry } = board
    if (!carry || !board.cardFields.rank) return true
    const others = (board.feedOf(carry.over)?.ids ?? []).filter((id) => id !== carry.id).length
    const index = Math.min(others, Math.max(0, carry.index + step))
    board.carry = { ...carry, index }
    const total = others + 1
    board.announcer.say(board.t('move.place', { column: board.columnLabel(carry.over), place: index + 1, total }))
    return true
  }

  /** Puts the card back where it came from. */
  cancel(): void {
    const { carry } = this.#board
    if (!carry) return
    this.#board.carry = null
    this.#say('move.cancelled', carry.id, carry.from)
  }

  #drop(): void {
    const { carry } = this.#board
    if (!carry || (carry.over === carry.from && carry.index === carry.fromIndex)) {
      this.cancel()
      return
    }
    this.#board.carry = null
    void this.#board.move(carry.id, carry.over, { index: carry.index, focus: true })
  }

  #say(key: 'move.picked' | 'move.over' | 'move.cancelled', id: string, column: string): void {
    const board = this.#board
    const record = board.recordOf(id)
    const keys = board.columnKeys
    board.announcer.say(
      board.t(key, {
        name: record ? cardLabel(board, record) : '',
        column: board.columnLabel(column),
        index: keys.indexOf(placeOf(column).column) + 1,
        total: keys.length,
      }),
    )
  }
}

/** The place a step to the side, in the same lane. */
function beside(key: string, step: number, columns: readonly string[]): string {
  const { column, lane } = placeOf(key)
  return placeKey(neighbour(columns, column, step), lane)
}

const openColumns = (board: CrmBoard): readonly string[] => board.columnKeys.filter((key) => !board.folded.has(key))

function cardOf(button: EventTarget | undefined): { readonly id: string; readonly column: string } | null {
  if (!(button instanceof HTMLElement) || !button.classList.contains('card-open')) return null
  const id = button.closest<HTMLElement>('[data-card]')?.dataset.card
  const column = button.closest<HTMLElement>('[data-column]')?.dataset.column
  return id && column ? { id, column } : null
}

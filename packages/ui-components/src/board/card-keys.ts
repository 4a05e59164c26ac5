import type { ReactiveController } from 'lit'
import type { CrmBoard } from './board.ts'
import { cardLabel } from './card.ts'
import { neighbour } from './carry.ts'

const SIDEWAYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
const UPWARDS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }

/** The keyboard on a board: arrows walk over the cards, Space takes one up and puts it down, and everything is said aloud. */
export class CardKeys implements ReactiveController {
  readonly #board: CrmBoard

  constructor(board: CrmBoard) {
    this.#board = board
    board.addController(this)
  }

  hostConnected(): void {}

  readonly onKeydown = (event: KeyboardEvent): void => {
    const card = cardOf(event)
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
    if (event.key === ' ' && cardOf(event) && this.#board.mayMove) event.preventDefault()
  }

  #whileResting(key: string, id: string, column: string): boolean {
    const board = this.#board
    const up = UPWARDS[key]
    const side = SIDEWAYS[key]
    if (up !== undefined) return board.reach.focus(column, board.indexOf(id, column) + up)
    if (side !== undefined) return board.reach.focus(neighbour(board.openColumns, column, side), board.indexOf(id, column))
    if (key !== ' ' || !board.mayMove) return false
    board.carry = { id, from: column, over: column, by: 'keyboard' }
    this.#say('move.picked', id, column)
    return true
  }

  #whileCarrying(key: string): boolean {
    const board = this.#board
    const { carry } = board
    if (!carry) return false
    const side = SIDEWAYS[key]
    if (side !== undefined) {
      const over = neighbour(board.columnKeys, carry.over, side)
      board.carry = { ...carry, over }
      board.reach.reveal(over)
      this.#say('move.over', carry.id, over)
      return true
    }
    if (key === ' ' || key === 'Enter') this.#drop()
    else if (key === 'Escape' || key === 'Tab') this.cancel()
    // Tab goes on to where it was going.
    return key !== 'Tab'
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
    if (!carry || carry.over === carry.from) {
      this.cancel()
      return
    }
    this.#board.carry = null
    void this.#board.move(carry.id, carry.over, true)
  }

  #say(key: 'move.picked' | 'move.over' | 'move.cancelled', id: string, column: string): void {
    const board = this.#board
    const record = board.recordOf(id)
    const keys = board.columnKeys
    board.announcer.say(
      board.t(key, {
        name: record ? cardLabel(board, record) : '',
        column: board.columnLabel(column),
        index: keys.indexOf(column) + 1,
        total: keys.length,
      }),
    )
  }
}

function cardOf(event: Event): { readonly id: string; readonly column: string } | null {
  const button = event.composedPath()[0]
  if (!(button instanceof HTMLElement) || !button.classList.contains('card-open')) return null
  const id = button.closest<HTMLElement>('[data-card]')?.dataset.card
  const column = button.closest<HTMLElement>('[data-column]')?.dataset.column
  return id && column ? { id, column } : null
}

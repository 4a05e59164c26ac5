import type { DialogRequest } from '../controllers/record-dialog.ts'
import type { CrmBoard } from './board.ts'
import type { CardDrag } from './card-drag.ts'
import type { CardKeys } from './card-keys.ts'
import type { Mover } from './mover.ts'

const loads = {
  overlays: () => import('../controllers/overlays.ts'),
  conditions: () => import('./conditions.ts'),
  menus: () => import('./board-menus.ts'),
  mover: () => import('./mover.ts'),
  drag: () => import('./card-drag.ts'),
  keys: () => import('./card-keys.ts'),
  fresh: () => import('./new-card.ts'),
}
type MoverPart = typeof import('./mover.ts')

const KEYS = [' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

/** What a board can do beyond showing its cards. Each part is loaded with the first use of it, and is null until then. */
export class LaterParts {
  mover: Mover | null = null
  drag: CardDrag | null = null
  conditions: typeof import('./conditions.ts') | null = null
  #moverPart: MoverPart | null = null
  #keys: CardKeys | null = null
  readonly #pressed: KeyboardEvent[] = []
  readonly #board: CrmBoard

  constructor(board: CrmBoard) {
    this.#board = board
  }

  /** Loads what most readers use next while nothing else is to be done, and puts it in place: a first move then costs as much as others. */
  preload(): void {
    const board = this.#board
    board.whenIdle(loads.keys, loads.menus, async () => {
      board.reach.lookAhead()
      const [mover, { CardDrag }, { overlaysOf }] = await Promise.all([board.bring(loads.mover), loads.drag(), loads.overlays()])
      if (!board.isConnected) return
      overlaysOf(board)
      this.#take(mover)
      this.drag ??= new CardDrag(board)
    })
  }

  /** Uses what carries moves out, at once where it is here. */
  async move(use: (mover: Mover, part: MoverPart) => Promise<void>): Promise<void> {
    if (this.mover && this.#moverPart) return use(this.mover, this.#moverPart)
    await this.#board.later(loads.mover, (part) => use(this.#take(part), part))
  }

  #take(part: MoverPart): Mover {
    const board = this.#board
    board.addStyles(part.moveStyles)
    this.#moverPart = part
    this.mover ??= new part.Mover(board, board.data.lanes)
    return this.mover
  }

  /** Loads what conditions are made of, once there are any. */
  async condition(use: (conditions: typeof import('./conditions.ts')) => unknown = () => undefined): Promise<void> {
    const board = this.#board
    await board.later(loads.conditions, (conditions) => {
      board.addStyles(...conditions.conditionStyles)
      this.conditions = conditions
      return use(conditions)
    })
  }

  /** Opens a menu beside a button. */
  open(event: Event, use: (menus: typeof import('./board-menus.ts'), anchor: HTMLElement) => Promise<void>): void {
    const anchor = event.currentTarget as HTMLElement
    void this.#board.later(loads.menus, (menus) => use(menus, anchor))
  }

  /** Opens the menu of columns that a card can be moved to. */
  openMoves(id: string, anchor: HTMLElement): void {
    void this.#board.later(loads.menus, ({ openMoveMenu }) => openMoveMenu(this.#board, id, anchor))
  }

  /** Opens a record in the form over the board. */
  openForm(request: DialogRequest): void {
    void this.#board.later(loads.overlays, ({ overlaysOf }) => overlaysOf(this.#board).dialog.open(request))
  }

  /** Opens the form for a new record over the board. */
  openNew(column: string | undefined): void {
    void this.#board.later(loads.fresh, ({ openNew }) => openNew(this.#board, column))
  }

  /** A press before the part is here counts, unless it is over by then. */
  readonly onPointerDown = (event: PointerEvent): void => {
    if (this.drag) {
      this.drag.pointer.onPointerDown(event)
      return
    }
    const board = this.#board
    const path = event.composedPath()
    const over = new AbortController()
    for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => over.abort(), { signal: over.signal })
    void board.later(
      async () => await Promise.all([loads.drag(), loads.mover()]),
      ([{ CardDrag }, { moveStyles }]) => {
        board.addStyles(moveStyles)
        this.drag ??= new CardDrag(board)
        if (!over.signal.aborted) this.drag.pointer.onPointerDown(event, path)
        over.abort()
      },
    )
  }

  /** A key before the part is here is kept for it. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    if (this.#keys) {
      this.#keys.onKeydown(event)
      return
    }
    const [target] = event.composedPath()
    const isMeant = this.#pressed.length > 0 || KEYS.includes(event.key)
    if (!(target instanceof HTMLElement) || !target.matches('.card-open') || !isMeant || event.key === 'Tab') return
    event.preventDefault()
    this.#pressed.push(event)
    if (this.#pressed.length > 1) return
    void this.#board.later(
      async () => await Promise.all([loads.keys(), loads.mover()]),
      ([{ CardKeys }, mover]) => {
        this.#board.addStyles(mover.moveStyles)
        return this.#replay(new CardKeys(this.#board, mover))
      },
    )
  }

  async #replay(keys: CardKeys): Promise<void> {
    const board = this.#board
    for (const event of this.#pressed) {
      keys.onKeydown(event, board.shadowRoot?.activeElement ?? undefined)
      await board.updateComplete
    }
    this.#pressed.length = 0
    this.#keys = keys
  }

  /** The release of a key that did something does no more. */
  readonly onKeyup = (event: KeyboardEvent): void => this.#keys?.onKeyup(event)
}

import type { TemplateResult } from 'lit'
import type { CrmRecord, FieldView } from '../client/types.ts'
import type { DialogRequest } from '../controllers/record-dialog.ts'
import type { CellEditing } from './cell-edit.ts'
import type { Chosen } from './chosen.ts'
import type { CrmList } from './list.ts'
import type { ListSettings } from './view-settings.ts'
import type { ListViews } from './views.ts'

const loads = {
  overlays: () => import('../controllers/overlays.ts'),
  openers: () => import('./openers.ts'),
  editor: () => import('./cell-editor.ts'),
  chosen: () => import('./chosen.ts'),
  views: () => import('./views.ts'),
  chips: () => import('./filter-chips.ts'),
  cards: () => import('./cards.ts'),
  keys: () => import('./grid-keys.ts'),
}

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End', 'F2']

/** What a list can do beyond showing its records. Each part is loaded with the first use of it, and is null until then. */
export class LaterParts {
  cells: CellEditing | null = null
  chosen: Chosen | null = null
  views: ListViews | null = null
  chips: typeof import('./filter-chips.ts') | null = null
  cards: typeof import('./cards.ts') | null = null
  #keys: typeof import('./grid-keys.ts') | null = null
  readonly #pressed: KeyboardEvent[] = []
  #editor: typeof import('./cell-editor.ts') | null = null
  readonly #list: CrmList

  constructor(list: CrmList) {
    this.#list = list
  }

  /** Loads what most readers use next, while nothing else is to be done. */
  preload(): void {
    this.#list.whenIdle(loads.overlays, loads.openers, loads.keys, loads.editor, loads.chosen)
  }

  /** What the next drawing takes beyond the usual. */
  need(): void {
    const list = this.#list
    if (list.filters.length > 0 && !this.chips)
      void list.later(loads.chips, (chips) => {
        list.addStyles(chips.chipStyles)
        this.chips = chips
      })
    if (list.narrow && !this.cards)
      void list.later(loads.cards, (cards) => {
        list.addStyles(cards.cardsStyles)
        this.cards = cards
      })
  }

  /** Opens a record in the form over the list. */
  openForm(request: DialogRequest): void {
    void this.#list.later(loads.overlays, ({ overlaysOf }) => overlaysOf(this.#list).dialog.open(request))
  }

  /** Opens what belongs to a button, beside it. */
  open(event: Event, use: (openers: typeof import('./openers.ts'), anchor: HTMLElement) => Promise<void>): void {
    const anchor = event.currentTarget as HTMLElement
    void this.#list.later(loads.openers, (openers) => {
      this.#list.addStyles(...openers.panelStyles, openers.chips.chipStyles)
      this.chips = openers.chips
      return use(openers, anchor)
    })
  }

  /** Chooses records, or no longer. */
  choose(act: (chosen: Chosen) => void): void {
    if (this.chosen) {
      act(this.chosen)
      return
    }
    const list = this.#list
    void list.later(loads.chosen, ({ Chosen, bulkStyles }) => {
      list.addStyles(...bulkStyles)
      this.chosen ??= new Chosen(list)
      act(this.chosen)
    })
  }

  /** Opens the editor of a cell. */
  edit(id: string, field: FieldView): void {
    const list = this.#list
    void list.later(loads.editor, (editor) => {
      list.addStyles(editor.cellStyles)
      this.#editor = editor
      this.cells ??= new editor.CellEditing(list)
      this.cells.begin(id, field)
    })
  }

  renderEditor(record: CrmRecord | null): TemplateResult | null {
    return this.cells?.current && this.#editor ? this.#editor.renderCellEditor(this.#list, this.cells.current, record) : null
  }

  /** Reads the saved views; `initial` is the list as it came. */
  async loadViews(initial: ListSettings, me: string): Promise<void> {
    await this.#list.later(loads.views, async ({ ListViews, viewStyles }) => {
      const views = new ListViews(this.#list, initial, me)
      await views.saved.load(me)
      this.#list.addStyles(viewStyles)
      this.views = views
    })
  }

  /** The keyboard. A key before the part is here is kept for it. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    const list = this.#list
    if (this.#keys) {
      this.#keys.onGridKey(list, event)
      return
    }
    const [target] = event.composedPath()
    const isMeant = this.#pressed.length > 0 || KEYS.includes(event.key)
    if (!(target instanceof HTMLElement) || !target.closest('[data-row]') || !isMeant || event.key === 'Tab') return
    event.preventDefault()
    this.#pressed.push(event)
    if (this.#pressed.length === 1) void list.later(loads.keys, (keys) => this.#replay(keys))
  }

  async #replay(keys: typeof import('./grid-keys.ts')): Promise<void> {
    const list = this.#list
    for (const event of this.#pressed) {
      keys.onGridKey(list, event, list.shadowRoot?.activeElement ?? undefined)
      await list.updateComplete
    }
    this.#pressed.length = 0
    this.#keys = keys
  }
}

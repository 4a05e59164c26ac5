import type { TemplateResult } from 'lit'
import type { ObjectView } from '../client/types.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { bulkStyles as ownStyles } from './bulk.styles.ts'
import { BulkBar } from './bulk-bar.ts'
import type { CrmList } from './list.ts'
import { Selection } from './selection.ts'

/** What is chosen, the bar, and the problems it tells. */
export const bulkStyles = [input, entry, ownStyles]

/** The records chosen in a list, and the bar with what can be done to them. */
export class Chosen {
  selection = new Selection()
  readonly #list: CrmList
  #anchor = 0
  readonly #bar: BulkBar

  constructor(list: CrmList) {
    this.#list = list
    this.#bar = new BulkBar(list, this)
  }

  get count(): number {
    return this.selection.count(this.#list.total)
  }

  has(id: string): boolean {
    return this.selection.has(id)
  }

  /** Of the records read so far. */
  get ofLoaded(): { readonly all: boolean; readonly some: boolean } {
    const { ids } = this.#list.rows
    const count = this.selection.isAll ? ids.filter((id) => this.has(id)).length : this.selection.ids.size
    return { all: count > 0 && count === ids.length, some: count > 0 }
  }

  /** Chooses a record or no longer; with `range` all from the one pressed before. */
  toggle(id: string, index: number, range = false): void {
    const chosen = !this.has(id)
    const [from, to] = range ? [Math.min(this.#anchor, index), Math.max(this.#anchor, index)] : [index, index]
    const rows = Array.from({ length: to - from + 1 }, (_, offset) => this.#list.rows.at(from + offset))
    this.#anchor = index
    const ids = rows.flatMap((row) => (row.kind === 'record' ? [row.id] : []))
    this.#set(this.selection.with(ids, chosen))
  }

  toggleLoaded(): void {
    this.#set(this.ofLoaded.all ? new Selection() : this.selection.with(this.#list.rows.ids, true))
  }

  all(): void {
    this.#set(new Selection([], true))
  }

  clear(): void {
    if (this.count > 0 || this.selection.isAll) this.#set(new Selection())
  }

  render(object: ObjectView): TemplateResult | null {
    return this.count > 0 ? this.#bar.render(object) : null
  }

  #set(selection: Selection): void {
    this.selection = selection
    const { isAll, ids } = selection
    this.#list.emit('crm-select', { object: this.#list.object, all: isAll, ids: [...ids], count: this.count })
    this.#bar.reset()
    this.#list.requestUpdate()
  }
}

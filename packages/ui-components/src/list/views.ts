import type { nothing, TemplateResult } from 'lit'
import type { CrmList } from './list.ts'
import { type SavedView, SavedViews } from './saved-views.ts'
import { fromText, type ListSettings, sameSettings } from './view-settings.ts'
import { renderViews } from './view-tabs.ts'

export { viewStyles } from './views.styles.ts'

/** The saved views of a list, the one in use, and what the reader has changed since. */
export class ListViews {
  readonly saved: SavedViews
  readonly #list: CrmList
  readonly #initial: ListSettings
  readonly #me: string | null

  constructor(list: CrmList, initial: ListSettings, me: string | null) {
    this.#list = list
    this.#initial = initial
    this.#me = me
    this.saved = new SavedViews(list.session, list.object)
  }

  render(): TemplateResult | typeof nothing {
    return renderViews(this.#list, this)
  }

  isOwn(view: SavedView): boolean {
    return view.ownerId === this.#me
  }

  /** Has the reader changed anything since the view was saved? */
  get isRearranged(): boolean {
    return !sameSettings(this.#list.settings, this.#settingsOf(this.saved.find(this.#list.view)))
  }

  /** Shows a saved view, or the list as it came. */
  use(view: SavedView | null): void {
    this.#list.adopt(view?.id ?? null)
    this.#list.change(this.#settingsOf(view))
    this.#list.reach.toTop()
  }

  /** Shows the view of that id, or the list as it came where there is none. */
  show(id: string | null): void {
    const view = this.saved.find(id)
    this.#list.adopt(view?.id ?? null)
    this.#list.change(this.#settingsOf(view))
  }

  #settingsOf(view: SavedView | null): ListSettings {
    const { object } = this.#list.data
    return view && object ? fromText(view.settings, object, this.#initial) : this.#initial
  }
}

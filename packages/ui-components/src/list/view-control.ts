import { asClientError } from '../client/client-error.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import { input } from '../styles/input.ts'
import type { CrmList } from './list.ts'
import { panelStyles } from './panel.styles.ts'
import type { SavedView } from './saved-views.ts'
import { ViewEditor } from './view-editor.ts'
import type { ListViews } from './views.ts'

/** What can be done with the current view. */
export async function openViewMenu(list: CrmList, all: ListViews, view: SavedView | null, anchor: HTMLElement): Promise<void> {
  const isOwn = view !== null && all.isOwn(view)
  const items: MenuItem[] = []
  if (isOwn && all.isRearranged) items.push({ label: list.t('view.update'), mark: icon('check'), run: () => void update(list, all, view) })
  if (all.isRearranged) items.push({ label: list.t('view.reset'), mark: icon('undo'), run: () => all.use(view) })
  if (isOwn) {
    items.push({ label: list.t('view.rename'), mark: icon('edit'), run: () => void openViewEditor(list, all, view, anchor) })
    items.push({ label: list.t('view.delete'), mark: icon('trash'), run: () => void remove(list, all, view) })
  }
  await overlaysOf(list).menu.open(anchor, list.t('view.title'), () => items)
}

/** Asks for a name and saves the present arrangement, or renames a view. */
export async function openViewEditor(list: CrmList, all: ListViews, view: SavedView | null, anchor: HTMLElement): Promise<void> {
  const done = (name: string, shared: boolean) => void save(list, all, view, name, shared)
  list.addStyles(input, panelStyles)
  await overlaysOf(list).panel.open(anchor, new ViewEditor(list, view, done))
}

async function save(list: CrmList, all: ListViews, view: SavedView | null, name: string, shared: boolean): Promise<void> {
  await attempt(list, async () => {
    const saved = view ? await all.saved.update(view, { name, shared }) : await all.saved.create(name, shared, list.settings)
    if (!view) list.adopt(saved.id)
    void overlaysOf(list).toast.show({ text: list.t('view.saved', { name }), seconds: 4 })
  })
}

async function update(list: CrmList, all: ListViews, view: SavedView): Promise<void> {
  await attempt(list, async () => {
    await all.saved.update(view, { settings: list.settings })
    void overlaysOf(list).toast.show({ text: list.t('view.saved', { name: view.name }), seconds: 4 })
  })
}

async function remove(list: CrmList, all: ListViews, view: SavedView): Promise<void> {
  await attempt(list, async () => {
    await all.saved.remove(view)
    all.use(null)
    const bringBack = () => void attempt(list, () => all.saved.restore(view))
    const action = { label: list.t('undo'), countdown: true, run: bringBack }
    void overlaysOf(list).toast.show({ text: list.t('view.deleted', { name: view.name }), icon: 'trash', action })
  })
}

async function attempt(list: CrmList, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const refused = asClientError(error)
    void overlaysOf(list).toast.show({ text: reasonOf(list, refused), icon: 'warn', urgent: true })
    list.emit('crm-error', { error: refused })
  }
  list.requestUpdate()
}

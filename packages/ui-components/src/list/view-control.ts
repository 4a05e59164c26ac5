import { asClientError } from '../client/client-error.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import type { CrmList } from './list.ts'
import type { SavedView } from './saved-views.ts'

/** What can be done with the current view. */
export async function openViewMenu(list: CrmList, view: SavedView | null, anchor: HTMLElement): Promise<void> {
  const isOwn = view !== null && list.isOwn(view)
  const items: MenuItem[] = []
  if (isOwn && list.isRearranged) items.push({ label: list.t('view.update'), mark: icon('check'), run: () => void update(list, view) })
  if (list.isRearranged) items.push({ label: list.t('view.reset'), mark: icon('undo'), run: () => list.useView(view) })
  if (isOwn) {
    items.push({ label: list.t('view.rename'), mark: icon('edit'), run: () => void openViewEditor(list, view, anchor) })
    items.push({ label: list.t('view.delete'), mark: icon('trash'), run: () => void remove(list, view) })
  }
  await list.menu.open(anchor, list.t('view.title'), () => items)
}

/** Asks for a name and saves the present arrangement, or renames a view. */
export async function openViewEditor(list: CrmList, view: SavedView | null, anchor: HTMLElement): Promise<void> {
  const { ViewEditor } = await import('./view-editor.ts')
  const done = (name: string, shared: boolean) => void save(list, view, name, shared)
  await list.panel.open(anchor, new ViewEditor(list, view, done))
}

async function save(list: CrmList, view: SavedView | null, name: string, shared: boolean): Promise<void> {
  await attempt(list, async () => {
    const saved = view ? await list.savedViews.update(view, { name, shared }) : await list.savedViews.create(name, shared, list.settings)
    if (!view) list.adopt(saved.id)
    void list.toast.show({ text: list.t('view.saved', { name }), seconds: 4 })
  })
}

async function update(list: CrmList, view: SavedView): Promise<void> {
  await attempt(list, async () => {
    await list.savedViews.update(view, { settings: list.settings })
    void list.toast.show({ text: list.t('view.saved', { name: view.name }), seconds: 4 })
  })
}

async function remove(list: CrmList, view: SavedView): Promise<void> {
  await attempt(list, async () => {
    await list.savedViews.remove(view)
    list.useView(null)
    const bringBack = () => void attempt(list, () => list.savedViews.restore(view))
    const action = { label: list.t('undo'), countdown: true, run: bringBack }
    void list.toast.show({ text: list.t('view.deleted', { name: view.name }), icon: 'trash', action })
  })
}

async function attempt(list: CrmList, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const refused = asClientError(error)
    void list.toast.show({ text: reasonOf(list, refused), icon: 'warn', urgent: true })
    list.emit('crm-error', { error: refused })
  }
  list.requestUpdate()
}

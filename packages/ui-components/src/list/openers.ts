import type { FieldView } from '../client/types.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { renderAvatar } from '../display/avatar.ts'
import { optionLabel } from '../format/value.ts'
import { groupFields } from '../group/group-fields.ts'
import { input } from '../styles/input.ts'
import { openAdvanced } from './advanced-filter.ts'
import { ColumnChooser } from './column-chooser.ts'
import { type Condition, toggled } from './condition.ts'
import * as chips from './filter-chips.ts'
import { FilterEditor } from './filter-editor.ts'
import type { CrmList } from './list.ts'
import { panelStyles as ownStyles } from './panel.styles.ts'

export { openExport } from './export.ts'
export { chips }

/** What the dialogs of a list are drawn with. */
export const panelStyles = [input, ownStyles]

/** The values of a quick filter, as a menu that stays open. */
export async function openQuickFilter(list: CrmList, field: FieldView, anchor: HTMLElement): Promise<void> {
  const isUser = field.kind === 'user'
  const options = isUser
    ? await everybody(list)
    : (field.options ?? []).map(({ value }) => ({ id: value, name: optionLabel(field, value, list.language) }))
  const chosen = () => list.filters.find((condition) => condition.field === field.name)?.value
  const items = (): MenuItem[] =>
    options.map(({ id, name }) => ({
      label: name,
      mark: isUser ? renderAvatar(id, name, true) : undefined,
      checked: Array.isArray(chosen()) && (chosen() as readonly unknown[]).includes(id),
      run: () => list.change({ conditions: toggled(list.filters, field, id) }),
    }))
  await overlaysOf(list).menu.open(anchor, list.words(field.label), items, true)
}

/** Builds a condition, or changes the one at an index. */
export async function openFilter(list: CrmList, index: number | null, anchor: HTMLElement): Promise<void> {
  const { object } = list.data
  const condition = index === null ? null : (list.filters[index] ?? null)
  if (!object) return
  if (condition?.is === 'where') return openAdvanced(list, anchor)
  const people = await everybody(list)
  const done = (changed: Condition) => {
    const conditions = index === null ? [...list.filters, changed] : list.filters.map((one, at) => (at === index ? changed : one))
    list.change({ conditions })
  }
  await overlaysOf(list).panel.open(anchor, new FilterEditor(list, object, people, condition, done, () => void openAdvanced(list, anchor)))
}

/** Which columns are shown. */
export async function openColumns(list: CrmList, anchor: HTMLElement): Promise<void> {
  const { object } = list.data
  if (object) await overlaysOf(list).panel.open(anchor, new ColumnChooser(list, object))
}

/** What the list is grouped by. */
export async function openGroups(list: CrmList, anchor: HTMLElement): Promise<void> {
  const { object } = list.data
  if (!object) return
  const none = { label: list.t('group.none'), checked: !list.groupBy, run: () => list.change({ groupBy: null }) }
  const items = () => [
    none,
    ...groupFields(object).map((field) => ({
      label: list.words(field.label),
      checked: list.groupBy === field.name,
      run: () => list.change({ groupBy: field.name }),
    })),
  ]
  await overlaysOf(list).menu.open(anchor, list.t('group.title'), items)
}

/** The first people of the directory, oneself first. */
async function everybody(list: CrmList): Promise<readonly { id: string; name: string }[]> {
  const { session, me } = list
  const people = await session.client.people({ limit: 50 }).catch(() => [])
  session.keepPeople(people)
  return [...people].sort((a, b) => Number(b.id === me) - Number(a.id === me))
}

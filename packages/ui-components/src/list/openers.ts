import type { FieldView } from '../client/types.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { renderAvatar } from '../display/avatar.ts'
import { optionLabel } from '../format/option.ts'
import { groupFields } from '../group/group-fields.ts'
import { ColumnChooser } from './column-chooser.ts'
import { toggled } from './condition.ts'
import * as chips from './filter-chips.ts'
import { everybody } from './filter-openers.ts'
import type { CrmList } from './list.ts'

export { openExport } from './export.ts'
export { openFilter, panelStyles } from './filter-openers.ts'
export { chips }

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

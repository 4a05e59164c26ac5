import type { FieldView } from '../client/types.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { overlaysOf } from '../controllers/overlays.ts'
import { renderAvatar } from '../display/avatar.ts'
import { optionLabel } from '../format/option.ts'
import { groupFields } from '../group/group-fields.ts'
import { icon } from '../icon/icon.ts'
import { ColumnChooser } from './column-chooser.ts'
import { toggled } from './condition.ts'
import { isTold, ownFirst } from './field-order.ts'
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

/** Which way, then by what: the shown columns first, then whatever else the server sorts by. */
export async function openSort(list: CrmList, anchor: HTMLElement): Promise<void> {
  const { object } = list.data
  if (!object) return
  const shown = list.data.columns.map(({ field }) => field)
  const rest = ownFirst(object.fields).filter((field) => isTold(field) && !list.shownColumns.includes(field.name))
  const fields = [...shown, ...rest].filter((field) => field.sortable)
  const items = (): MenuItem[] => {
    const down = list.sort.startsWith('-')
    const name = down ? list.sort.slice(1) : list.sort
    const turn = (sort: string) => {
      list.change({ sort })
      list.reach.toTop()
    }
    return [
      { label: list.t('sort.up'), mark: icon('arrow-up'), checked: !down, run: () => turn(name) },
      { label: list.t('sort.down'), mark: icon('arrow-down'), checked: down, run: () => turn(`-${name}`) },
      ...fields.map((field, index) => ({
        label: list.words(field.label),
        above: index === 0 ? list.t('filter.field') : undefined,
        checked: field.name === name,
        run: () => field.name === name || list.sortBy(field),
      })),
    ]
  }
  await overlaysOf(list).menu.open(anchor, list.t('sort.title'), items)
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

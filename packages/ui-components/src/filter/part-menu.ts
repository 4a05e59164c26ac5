import type { TemplateResult } from 'lit'
import { html } from 'lit'
import type { MenuItem } from '../controllers/menu.ts'
import { icon } from '../icon/icon.ts'
import type { FilterView } from './filter-view.ts'
import { takesField } from './model/comparisons.ts'
import { copyPart, movePart, replacePart } from './model/edit.ts'
import { comparedOf } from './model/fields.ts'
import { sourceOf } from './model/scope.ts'
import { type Condition, groupOf, type Part } from './model/tree.ts'

/** What can be done with a part: moved, copied, put into a group, removed. */
export function renderMore(view: FilterView, part: Part, name: string): TemplateResult {
  const label = view.host.t('cond.more', { name })
  if (!view.isOpen) return html``
  const open = (event: Event) => void view.menu.open(event.currentTarget as HTMLElement, name, () => itemsOf(view, part, name))
  return html`<button type="button" class="btn btn-ghost btn-sm btn-icon more" part="button" data-more=${part.id} aria-haspopup="menu" aria-label=${label}
    title=${label} @click=${open}>${icon('more')}</button>`
}

function itemsOf(view: FilterView, part: Part, name: string): readonly MenuItem[] {
  const { host } = view
  const parent = view.parent(part.id)
  const at = parent?.parts.findIndex(({ id }) => id === part.id) ?? 0
  const total = parent?.parts.length ?? 1
  const here = `[data-more="${part.id}"]`
  const move = (step: 1 | -1) => () => {
    view.edit(movePart(view.root, part.id, step), here)
    view.announcer.say(host.t('cond.moved', { index: at + step + 1, total }))
  }
  const items: MenuItem[] = []
  if (part.is === 'condition') items.push(...switches(view, part))
  if (at > 0) items.push({ label: host.t('cond.up'), mark: icon('arrow-up'), run: move(-1) })
  if (at < total - 1) items.push({ label: host.t('cond.down'), mark: icon('arrow-down'), run: move(1) })
  items.push({ label: host.t('cond.copy'), mark: icon('file'), run: () => copy(view, part) })
  items.push({ label: host.t('cond.wrap'), mark: icon('group'), run: () => view.replace(part.id, groupOf(view.ids, 'any', [part]), here) })
  if (part.is === 'group') items.push({ label: host.t('cond.unwrap'), mark: icon('merge'), run: () => dissolve(view, part) })
  items.push({ label: host.t('cond.remove'), mark: icon('trash'), run: () => remove(view, part, name) })
  return items
}

/** A value instead of a field, or a field instead of a value. */
function switches(view: FilterView, part: Condition): readonly MenuItem[] {
  const source = view.source && sourceOf(view.source, view.root, part.id)
  const compared = source && comparedOf(source, part.subject)
  if (!source || !compared || !takesField(part.comparison, compared.cls) || part.subject.is === 'figure') return []
  const { host } = view
  const focus = `[data-part="${part.id}"] [data-value]`
  if (part.value.is === 'field')
    return [
      {
        label: host.t('cond.byValue'),
        mark: icon('edit'),
        run: () => view.replace(part.id, { ...part, value: { is: 'constant', value: null } }, focus),
      },
    ]
  const run = () => view.replace(part.id, { ...part, value: { is: 'field', path: '' } }, focus)
  return [{ label: host.t('cond.byField'), mark: icon('columns'), run }]
}

function copy(view: FilterView, part: Part): void {
  const copied = copyPart(part, view.ids)
  view.edit(
    replacePart(view.root, part.id, (found) => [found, copied]),
    `[data-more="${copied.id}"]`,
  )
  view.announcer.say(view.host.t('cond.copied'))
}

/** The parts of a group take its place. */
function dissolve(view: FilterView, part: Part): void {
  const parent = view.parent(part.id)
  view.edit(
    replacePart(view.root, part.id, (found) => (found.is === 'group' ? found.parts : [found])),
    `[data-add="${parent?.id}"]`,
  )
}

/** The focus goes to the neighbour, or to the way to a new one. */
function remove(view: FilterView, part: Part, name: string): void {
  const parent = view.parent(part.id)
  const at = parent?.parts.findIndex(({ id }) => id === part.id) ?? 0
  const next = parent?.parts[at + 1] ?? parent?.parts[at - 1]
  view.edit(
    replacePart(view.root, part.id, () => []),
    next ? `[data-more="${next.id}"]` : `[data-add="${parent?.id}"]`,
  )
  view.announcer.say(view.host.t('cond.removed', { name }))
}

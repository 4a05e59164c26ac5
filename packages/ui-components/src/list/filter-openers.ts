import { overlaysOf } from '../controllers/overlays.ts'
import { needMember } from '../element/family.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { openAdvanced } from './advanced-filter.ts'
import type { Condition } from './condition.ts'
import type { ConditionHost } from './condition-host.ts'
import { FilterEditor } from './filter-editor.ts'
import { panelStyles as ownStyles } from './panel.styles.ts'

/** What the dialogs of conditions are drawn with. */
export const panelStyles = [input, entry, ownStyles]

/** Builds a condition, or changes the one at an index. */
export async function openFilter(host: ConditionHost, index: number | null, anchor: HTMLElement): Promise<void> {
  const { definition } = host
  const condition = index === null ? null : (host.filters[index] ?? null)
  if (!definition) return
  if (condition?.is === 'where') return openAdvanced(host, anchor)
  const [people] = await Promise.all([everybody(host), needMember(host, 'field').catch(() => undefined)])
  const done = (changed: Condition) =>
    host.setFilters(index === null ? [...host.filters, changed] : host.filters.map((one, at) => (at === index ? changed : one)))
  const editor = new FilterEditor(host, definition, people, condition, done, () => void openAdvanced(host, anchor))
  await overlaysOf(host).panel.open(anchor, editor)
}

/** The first people of the directory, oneself first. */
export async function everybody({ session, me }: ConditionHost): Promise<readonly { id: string; name: string }[]> {
  const people = await session.client.people({ limit: 50 }).catch(() => [])
  session.keepPeople(people)
  return [...people].sort((a, b) => Number(b.id === me) - Number(a.id === me))
}

import { relatedName } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { FieldView, RelatedRecord } from '../client/types.ts'
import { optionLabel } from '../format/option.ts'
import { formatValue } from '../format/value.ts'
import type { Figures, FiguresByGroup } from './figures.ts'

/** The records that hold the same value, and the figures over all of them. */
export interface Group {
  readonly key: string
  /** Null: those without a value. */
  readonly value: unknown
  readonly label: string
  readonly figures: Figures
}

/** The groups in the order of their options, else the largest first; those without a value last. */
export async function namedGroups(
  session: Session,
  field: FieldView,
  figures: FiguresByGroup,
  locale: string,
  signal: AbortSignal,
): Promise<readonly Group[]> {
  const ids = [...figures.keys()].filter((key) => key !== '')
  const names = await namesOf(session, field, ids, locale, signal)
  const order = new Map(field.options?.map(({ value }, index) => [value, index]) ?? names.order.map((id, index) => [id, index]))
  const place = (group: Group) => (group.value === null ? Number.POSITIVE_INFINITY : (order.get(group.key) ?? 1e6))
  return [...figures]
    .map(([key, { value, ...rest }]): Group => ({ key, value, label: key === '' ? '' : (names.label.get(key) ?? key), figures: rest }))
    .sort((a, b) => place(a) - place(b) || b.figures.count - a.figures.count || a.label.localeCompare(b.label, locale))
}

interface Names {
  readonly label: ReadonlyMap<string, string>
  /** Ids in an order of their own; empty where there is none. */
  readonly order: readonly string[]
}

async function namesOf(session: Session, field: FieldView, ids: readonly string[], locale: string, signal: AbortSignal): Promise<Names> {
  if (field.kind === 'user') {
    await session.loadPeople(ids).catch(() => undefined)
    return { label: new Map(ids.map((id) => [id, session.person(id)?.name ?? id])), order: [] }
  }
  if (field.kind === 'reference') return recordNames(session, field.to ?? '', ids, locale, signal)
  const text = (id: string) =>
    field.kind === 'choice' ? optionLabel(field, id, locale) : formatValue(field, id === 'true', { locale, now: session.now() })
  return { label: new Map(ids.map((id) => [id, text(id)])), order: [] }
}

/** At most 500 groups come back, so one page names them all. */
async function recordNames(session: Session, object: string, ids: readonly string[], locale: string, signal: AbortSignal): Promise<Names> {
  if (ids.length === 0) return { label: new Map(), order: [] }
  const target = await session.object(object)
  const isOrdered = target.fields.some((one) => one.name === 'order')
  const wanted = [target.nameField, 'nameEn'].filter((name) => name !== null && target.fields.some((one) => one.name === name))
  const { records } = await session.client.find(
    object,
    { where: { id: { in: ids } }, fields: wanted.filter((name) => name !== null), sort: isOrdered ? ['order'] : [], limit: 500 },
    signal,
  )
  const label = records.map((record) => [record.id, relatedName(record as unknown as RelatedRecord, locale)] as const)
  return { label: new Map(label), order: isOrdered ? records.map((record) => record.id) : [] }
}

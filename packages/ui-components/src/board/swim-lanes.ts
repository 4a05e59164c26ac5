import type { Session } from '../client/session.ts'
import type { AggregateRow, FieldView } from '../client/types.ts'
import type { FiguresByGroup } from '../group/figures.ts'
import { namedGroups } from '../group/groups.ts'
import { laneText } from './lane-of.ts'

/** A board with more lanes than this is nobody's overview. */
const AT_MOST = 50

/** Cards with the same value of a second field, across all columns. */
export interface SwimLane {
  readonly key: string
  /** Null: those without a value. */
  readonly value: unknown
  readonly label: string
}

/** The lanes that have cards, and all options of a choice, in their order. */
export async function swimLanes(
  session: Session,
  field: FieldView,
  rows: readonly AggregateRow[],
  locale: string,
  signal: AbortSignal,
): Promise<readonly SwimLane[]> {
  const found = new Map<string, { value: unknown; count: number; sums: Map<string, never[]> }>()
  for (const { value } of field.options?.filter((option) => !option.retired) ?? []) found.set(value, { value, count: 0, sums: new Map() })
  for (const row of rows) {
    const value = row.group[field.name] ?? null
    const key = laneText(value)
    const count = (found.get(key)?.count ?? 0) + Number(row.values.count ?? 0)
    found.set(key, { value, count, sums: new Map() })
  }
  const groups = await namedGroups(session, field, found as FiguresByGroup, locale, signal)
  return groups.slice(0, AT_MOST).map(({ key, value, label }) => ({ key, value, label }))
}

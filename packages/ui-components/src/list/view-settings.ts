import { fieldOf } from '../client/record.ts'
import type { ObjectView, RecordValues } from '../client/types.ts'
import type { Condition } from './condition.ts'

/** What a reader can arrange in a list, and what a saved view keeps. */
export interface ListSettings {
  /** Field names; empty = the definition's. */
  readonly columns: readonly string[]
  /** Pixels by field, where a reader has changed them. */
  readonly widths: Readonly<Record<string, number>>
  /** Field to sort by, `-` in front for descending. */
  readonly sort: string
  /** Field to group by; null = none. */
  readonly groupBy: string | null
  readonly conditions: readonly Condition[]
}

/** Settings as text for the server. */
export function toText(settings: ListSettings): string {
  return JSON.stringify(settings)
}

/** Settings from text, over others; columns that are gone are left out, conditions stay. */
export function fromText(text: unknown, object: ObjectView, fallback: ListSettings): ListSettings {
  const kept = parsed(text)
  const known = (name: unknown): name is string => typeof name === 'string' && fieldOf(object, name) !== undefined
  const { columns, widths, sort, groupBy, conditions } = kept
  return {
    columns: Array.isArray(columns) ? columns.filter(known) : fallback.columns,
    widths: isObject(widths) ? (Object.fromEntries(Object.entries(widths).filter(isWidth)) as Record<string, number>) : {},
    sort: typeof sort === 'string' && known(sort.replace(/^-/, '')) ? sort : fallback.sort,
    groupBy: known(groupBy) ? groupBy : null,
    conditions: Array.isArray(conditions) ? conditions.filter(isCondition) : [],
  }
}

/** Do two arrangements mean the same? */
export function sameSettings(a: ListSettings, b: ListSettings): boolean {
  return toText(inOrder(a)) === toText(inOrder(b))
}

function inOrder({ columns, widths, sort, groupBy, conditions }: ListSettings): ListSettings {
  return { columns, widths: Object.fromEntries(Object.entries(widths).sort()), sort, groupBy, conditions }
}

function parsed(text: unknown): RecordValues {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : null
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isObject(value: unknown): value is RecordValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWidth(entry: readonly [string, unknown]): boolean {
  return typeof entry[1] === 'number' && Number.isFinite(entry[1])
}

/** Whether it can still be asked is for the list to show. */
function isCondition(value: unknown): value is Condition {
  return isObject(value) && typeof value.field === 'string' && typeof value.is === 'string'
}

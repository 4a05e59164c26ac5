import type { BatchRow, ChangeValues } from '@guanxi/core/store'
import { columnText, textOf } from './array-text.ts'

/** What all change rows of a batch have in common, in the order in which it is sent. */
export const sharedColumns = ['object', 'op', 'actor_kind', 'actor_id'] as const

/** What is sent of every record besides the values of `set`, with its type in SQL. */
export const recordColumns = [
  ['id', 'uuid'],
  ['version', 'bigint'],
  ['change_id', 'uuid'],
  ['salt', 'text'],
  ['at', 'bigint'],
  ['recorded_at', 'bigint'],
  ['cause', 'text'],
  ['authors', 'text'],
] as const

/** A batch's records column by column, as the texts of arrays: little work for both sides. Goes from `at` on; returns where it ends. */
export function placeRecords(rows: readonly BatchRow[], width: number, placed: unknown[]): void {
  const changes = rows.map(({ change }) => change)
  placeShared(changes, placed)
  placed.push(
    textOf(rows, ({ id }) => id),
    textOf(rows, ({ version }) => version),
    textOf(changes, ({ id }) => id),
    textOf(changes, ({ salt }) => salt),
    textOf(changes, ({ at }) => at),
    textOf(changes, ({ recordedAt }) => recordedAt),
    textOf(changes, ({ cause }) => cause),
    textOf(changes, ({ authors }) => authors),
  )
  const sets = rows.map(({ set }) => set)
  for (let index = 0; index < width; index++) placed.push(columnText(sets, index))
}

/** The differences as they were given: one JSON text, letter for letter, and their digests. */
export function placeGiven(rows: readonly BatchRow[], placed: unknown[]): void {
  placed.push(
    textOf(rows, ({ change }) => change.digest),
    `[${rows.map(({ change }) => change.values ?? 'null').join(',')}]`,
  )
}

function placeShared(changes: readonly ChangeValues[], placed: unknown[]): void {
  const [first] = changes
  if (first && changes.some((change) => !isAlike(first, change))) {
    throw new TypeError('A batch is of one object, one operation and one actor.')
  }
  placed.push(first?.object ?? '', first?.op ?? '', first?.actorKind ?? '', first?.actorId ?? '')
}

function isAlike(left: ChangeValues, right: ChangeValues): boolean {
  return left.object === right.object && left.op === right.op && left.actorKind === right.actorKind && left.actorId === right.actorId
}

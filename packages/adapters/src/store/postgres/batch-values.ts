import type { BatchRow, ChangeValues, WritePlan } from '@guanxi/core/store'
import { columnText, onceText, textOf } from './array-text.ts'

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

/** What records that are written together mostly have the same of: it is sent once where they do. */
export const alikeColumns: ReadonlySet<string> = new Set([
  'version',
  'at',
  'recorded_at',
  'cause',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
  'owner_id',
  'team_id',
])

/** Where in `set` the columns stand whose values are sent; the tenant and the ids are sent in any case. */
export function ownColumns({ set }: WritePlan): readonly number[] {
  return set.flatMap((column, index) => (column === 'tenant_id' || column === 'id' ? [] : [index]))
}

/** A batch's records column by column, as the texts of arrays: little work for both sides. */
export function placeRecords(rows: readonly BatchRow[], { set }: WritePlan, own: readonly number[], placed: unknown[]): void {
  const changes = rows.map(({ change }) => change)
  placeShared(changes, placed)
  placed.push(
    textOf(rows, ({ id }) => id),
    onceText(rows, ({ version }) => version),
    textOf(changes, ({ id }) => id),
    textOf(changes, ({ salt }) => salt),
    onceText(changes, ({ at }) => at),
    onceText(changes, ({ recordedAt }) => recordedAt),
    onceText(changes, ({ cause }) => cause),
    textOf(changes, ({ authors }) => authors),
  )
  const sets = rows.map(({ set }) => set)
  for (const index of own) {
    const isAlike = alikeColumns.has(set[index] ?? '')
    placed.push(isAlike ? onceText(sets, (row) => row[index]) : columnText(sets, index))
  }
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

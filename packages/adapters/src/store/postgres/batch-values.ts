import type { BatchRow, ChangeValues } from '@guanxi/core/store'

/** What many change rows of a batch have in common, in the order of {@link headColumns}. */
type Head = readonly [string, string, number, number, string, string, string | null, string | null]

export const headColumns: readonly string[] = ['object', 'op', 'at', 'recorded_at', 'actor_kind', 'actor_id', 'cause', 'authors']

/** A batch's records as JSON texts. What is the same for many is sent once, and documents are not wrapped in text. */
export interface BatchTexts {
  /** Per record: the values of `set`. */
  readonly sets: string
  /** Per record: id, version, and of its change: id, salt, digest, and which head. */
  readonly records: string
  /** Per record: the change's values, letter for letter. */
  readonly values: string
  readonly heads: string
}

export function batchTexts(rows: readonly BatchRow[]): BatchTexts {
  const heads: Head[] = []
  const records: unknown[] = new Array(rows.length)
  const values: string[] = new Array(rows.length)
  let last: ChangeValues | null = null
  rows.forEach(({ id, version, change }, index) => {
    if (!last || !hasSameHead(last, change)) heads.push(headOf(change))
    last = change
    records[index] = [id, version, change.id, change.salt, change.digest, heads.length - 1]
    values[index] = change.values ?? 'null'
  })
  return {
    sets: JSON.stringify(rows.map((row) => row.set)),
    records: JSON.stringify(records),
    values: `[${values.join(',')}]`,
    heads: JSON.stringify(heads),
  }
}

function headOf(change: ChangeValues): Head {
  const { object, op, at, recordedAt, actorKind, actorId, cause, authors } = change
  return [object, op, at, recordedAt, actorKind, actorId, cause, authors]
}

function hasSameHead(left: ChangeValues, right: ChangeValues): boolean {
  const isSameEvent = left.object === right.object && left.op === right.op && left.at === right.at && left.recordedAt === right.recordedAt
  const isSameActor = left.actorKind === right.actorKind && left.actorId === right.actorId
  return isSameEvent && isSameActor && left.cause === right.cause && left.authors === right.authors
}

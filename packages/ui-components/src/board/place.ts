/** A place on a board that holds cards: a column, or where a column crosses a swim lane. */
export interface Place {
  readonly column: string
  /** Value of the lane as text, `''` for records without one; null where there are no lanes. */
  readonly lane: string | null
}

/** No id and no option has it. */
const BETWEEN = '\u001f'

/** The place as one key. */
export function placeKey(column: string, lane: string | null): string {
  return lane === null ? column : column + BETWEEN + lane
}

/** The place of a key. */
export function placeOf(key: string): Place {
  const at = key.indexOf(BETWEEN)
  return at < 0 ? { column: key, lane: null } : { column: key.slice(0, at), lane: key.slice(at + 1) }
}

/** The same lane in another column; a column alone stands for its crossing with that lane. */
export function inLaneOf(key: string, target: string): string {
  const { lane } = placeOf(target)
  return lane === null ? placeKey(target, placeOf(key).lane) : target
}

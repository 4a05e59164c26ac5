/** A card in somebody's hand, by pointer or by keyboard. */
export interface Carry {
  readonly id: string
  /** The place it came from, and where it stood there. */
  readonly from: string
  readonly fromIndex: number
  /** The place it would go to, and where it would stand there. */
  readonly over: string
  readonly index: number
  readonly by: 'pointer' | 'keyboard'
}

/** The neighbour of a column, or itself at the end. */
export function neighbour(columns: readonly string[], from: string, step: number): string {
  const at = columns.indexOf(from)
  return columns[Math.min(Math.max(0, at + step), columns.length - 1)] ?? from
}

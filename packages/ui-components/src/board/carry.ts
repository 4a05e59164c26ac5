/** A card in somebody's hand, by pointer or by keyboard. */
export interface Carry {
  readonly id: string
  readonly from: string
  /** The column it would go to. */
  readonly over: string
  readonly by: 'pointer' | 'keyboard'
}

/** The neighbour of a column, or itself at the end. */
export function neighbour(columns: readonly string[], from: string, step: number): string {
  const at = columns.indexOf(from)
  return columns[Math.min(Math.max(0, at + step), columns.length - 1)] ?? from
}

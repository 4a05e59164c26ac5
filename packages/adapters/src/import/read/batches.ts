import type { WireCell, WireRow } from './message.ts'

/** At most this much at a time, so that taking a batch over costs the host's event loop a few milliseconds. */
const most = { rows: 500, cells: 10_000, characters: 256 * 1024 }

/** Rows in batches that are small in every respect. */
export async function* batches(groups: AsyncIterable<readonly WireRow[]>): AsyncGenerator<readonly WireRow[]> {
  let batch: WireRow[] = []
  let cells = 0
  let characters = 0
  for await (const group of groups) {
    for (const row of group) {
      batch.push(row)
      cells += row.cells.length
      for (const cell of row.cells) characters += charactersOf(cell)
      if (batch.length < most.rows && cells < most.cells && characters < most.characters) continue
      yield batch
      batch = []
      cells = 0
      characters = 0
    }
  }
  if (batch.length > 0) yield batch
}

export function charactersOf(cell: WireCell): number {
  if (typeof cell === 'string') return cell.length
  if (cell === null || typeof cell !== 'object') return 0
  if (cell[0] === 'formula') return cell[1].length + (typeof cell[2] === 'string' ? cell[2].length : 0)
  return cell[0] === 'error' ? cell[1].length : 0
}

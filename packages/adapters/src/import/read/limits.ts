/** What a file may cost. Each limit refuses with its own code. */
export interface ReadLimits {
  /** Bytes of the file. */
  readonly bytes: number
  /** Bytes it unpacks to, declared and counted, and characters of text handed out. */
  readonly inflatedBytes: number
  /** Unpacked bytes per packed byte of a part, judged once the part is larger than a megabyte. */
  readonly ratio: number
  /** Parts of an xlsx. */
  readonly entries: number
  /** Rows, empty ones included. */
  readonly rows: number
  /** Column of the last cell with a value. */
  readonly columns: number
  /** As long as the longest text of a field, unless said. */
  readonly cellCharacters: number
  /** Characters of all cells of a row. */
  readonly rowCharacters: number
  /** Characters of the shared strings of an xlsx; each string counts 16 more, for what keeping it costs. */
  readonly sharedStrings: number
  /** Megabytes of heap of the thread that reads. */
  readonly memory: number
}

export const defaultReadLimits: ReadLimits = {
  bytes: 200 * 1024 * 1024,
  inflatedBytes: 500 * 1024 * 1024,
  ratio: 200,
  entries: 2_000,
  rows: 1_100_000,
  columns: 500,
  cellCharacters: 100_000,
  rowCharacters: 1024 * 1024,
  sharedStrings: 32 * 1024 * 1024,
  memory: 256,
}

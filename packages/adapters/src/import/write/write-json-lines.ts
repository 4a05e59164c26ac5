import { chunks } from './chunks.ts'
import type { Rows } from './column.ts'

/** One JSON value a line, in UTF-8: the open format of a whole tenant. */
export function writeJsonLines(rows: Rows<unknown>): AsyncIterable<Uint8Array> {
  return chunks(jsonLines(rows))
}

async function* jsonLines(rows: Rows<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row ?? null)}\n`
}

import { ReadFailure } from '../failure.ts'

const candidates = [',', ';', '\t', '|'] as const
const records = 50
const separatorLine = /^sep=(.)(?:\r\n|\n|\r)/iu

/** Excel's own first line, `sep=;`: the delimiter, and how many characters to leave out. In quotes it is a text. */
export function separatorOf(head: string): { delimiter: string | null; skip: number } {
  const found = separatorLine.exec(head)
  const delimiter = found?.[1]
  if (!found || delimiter === undefined || delimiter === '"') return { delimiter: null, skip: 0 }
  return { delimiter, skip: found[0].length }
}

export function checkDelimiter(delimiter: string): string {
  if ([...delimiter].length !== 1 || /["\r\n]/.test(delimiter)) throw new ReadFailure('IMPORT_DELIMITER')
  return delimiter
}

/** The candidate that splits the first records most alike; among equals the one that splits into more, then the usual one. */
export function guessDelimiter(head: string): string {
  let best = { delimiter: ',', alike: 0, count: 0 }
  for (const delimiter of candidates) {
    const { alike, count } = consistency(countPerRecord(head, delimiter))
    if (alike > best.alike || (alike === best.alike && count > best.count)) best = { delimiter, alike, count }
  }
  return best.delimiter
}

/** The commonest count above zero, and the share of records that have it. */
function consistency(counts: readonly number[]): { alike: number; count: number } {
  const times = new Map<number, number>()
  for (const count of counts) if (count > 0) times.set(count, (times.get(count) ?? 0) + 1)
  let best = { count: 0, times: 0 }
  for (const [count, often] of times) if (often > best.times || (often === best.times && count > best.count)) best = { count, times: often }
  return { alike: counts.length === 0 ? 0 : best.times / counts.length, count: best.count }
}

/** How often a delimiter stands outside of quotes, for each of the first filled records. */
function countPerRecord(head: string, delimiter: string): number[] {
  const counts: number[] = []
  let count = 0
  let length = 0
  let place = 'start' as 'start' | 'inside' | 'quoted' | 'closed'
  const endRecord = (): void => {
    if (length > 0) counts.push(count)
    count = 0
    length = 0
    place = 'start'
  }
  for (let at = 0; at < head.length && counts.length < records; at += 1) {
    const character = head[at]
    if (place === 'quoted') {
      if (character === '"') place = 'closed'
    } else if (character === '\n' || character === '\r') endRecord()
    else {
      length += 1
      if (character === delimiter) {
        count += 1
        place = 'start'
      } else place = character === '"' && place !== 'inside' ? 'quoted' : 'inside'
    }
  }
  if (counts.length < records) endRecord()
  return counts
}

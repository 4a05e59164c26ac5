import type { TableNotice } from '../../table.ts'
import type { ByteSource } from '../byte-source.ts'
import { ReadFailure } from '../failure.ts'
import { guessEncoding } from './guess-encoding.ts'
import { lineOf, scanUtf8 } from './utf8.ts'

export interface Encoding {
  /** As WHATWG calls it. */
  readonly name: string
  /** Bytes of the byte order mark. */
  readonly mark: number
  readonly notices: readonly TableNotice[]
}

const marks = [
  { name: 'utf-8', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { name: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]) },
  { name: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]) },
]

/** The encoding of a text: what was asked for, else its byte order mark, else UTF-8 if every byte agrees, else a guess. */
export async function findEncoding(source: ByteSource, asked: string | null): Promise<Encoding> {
  const head = await source.read(0, Math.min(source.size, 64 * 1024))
  const marked = marks.find(({ bytes }) => head.subarray(0, bytes.length).equals(bytes))
  const name = (asked && canonical(asked)) ?? marked?.name ?? null
  const mark = marked && marked.name === name ? marked.bytes.length : 0
  if (name !== null && name !== 'utf-8') return { name, mark, notices: [] }
  if (name === null) refuseBinary(head)
  const { invalidAt, sample } = await scanUtf8(source, mark)
  if (invalidAt === null) return { name: 'utf-8', mark, notices: [] }
  const guessed = name ?? guessEncoding(sample)
  if (guessed === 'utf-8') throw new ReadFailure('IMPORT_ENCODING', { encoding: 'UTF-8', line: await lineOf(source, invalidAt) })
  const notices = guessed === 'windows-1252' ? [{ code: 'IMPORT_ENCODING_GUESSED', params: { encoding: 'Windows-1252' } }] : []
  return { name: guessed, mark: 0, notices }
}

/** Names of one encoding are many: `GBK`, `gb2312` and `GB18030` are read alike. */
function canonical(label: string): string {
  try {
    const { encoding } = new TextDecoder(label)
    return encoding === 'gbk' ? 'gb18030' : encoding
  } catch (error) {
    throw new ReadFailure('IMPORT_ENCODING_UNKNOWN', { encoding: label.slice(0, 40) }, error)
  }
}

/** Zero bytes are UTF-16 without its mark when nearly all are on one side of the pairs, and no text at all otherwise. */
function refuseBinary(head: Buffer): void {
  const zeros = [0, 0]
  for (let at = head.indexOf(0); at >= 0; at = head.indexOf(0, at + 1)) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const both = even + odd
  // A single stray one is a damaged cell, and the cell is named when it is read.
  if (both === 0 || (both <= 2 && both * 8 < head.length)) return
  if (Math.min(even, odd) * 10 < both) throw new ReadFailure('IMPORT_ENCODING_UNKNOWN', { encoding: 'UTF-16?' })
  throw new ReadFailure('IMPORT_FILE_TYPE')
}

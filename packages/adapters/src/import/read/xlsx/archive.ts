import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { type ByteSource, pieces } from '../byte-source.ts'
import { ReadFailure } from '../failure.ts'
import type { ReadLimits } from '../limits.ts'

/** The parts of an xlsx. Nothing is written to disk; a part is unpacked only while it is read, and counted. */
export interface Archive {
  has(part: string): boolean
  /** The bytes of a part. */
  open(part: string): AsyncIterable<Buffer>
  /** Packed bytes read so far. */
  position(): number
}

/** The ratio says little about small parts. */
const ratioFrom = 1024 * 1024

export async function openArchive(source: ByteSource, limits: ReadLimits): Promise<Archive> {
  const reader = new SourceReader(source)
  const zip = await fromRandomAccessReaderPromise(reader, source.size, { autoClose: false, strictFileNames: true }).catch(damaged('zip'))
  const entries = await readDirectory(zip, limits)
  let inflated = 0
  return {
    has: (part) => entries.has(part.toLowerCase()),
    position: () => Math.min(reader.position, source.size),
    async *open(part) {
      const entry = entries.get(part.toLowerCase())
      if (!entry) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part })
      let own = 0
      for await (const piece of inflate(zip, entry, part)) {
        own += piece.length
        inflated += piece.length
        if (inflated > limits.inflatedBytes) throw new ReadFailure('IMPORT_INFLATED', { limit: limits.inflatedBytes })
        refuseRatio(part, own, entry.compressedSize, limits)
        yield piece
      }
    },
  }
}

async function readDirectory(zip: ZipFile, limits: ReadLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new ReadFailure('IMPORT_ENTRIES', { limit: limits.entries })
  const entries = new Map<string, Entry>()
  let declared = 0
  const directory = zip.eachEntry()
  for (let next = await nextEntry(directory); next; next = await nextEntry(directory)) {
    const name = next.fileName.toLowerCase()
    if (next.isEncrypted()) throw new ReadFailure('IMPORT_FILE_ENCRYPTED')
    if (name.endsWith('vbaproject.bin')) throw new ReadFailure('IMPORT_FILE_MACROS')
    if (entries.has(name)) throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part: next.fileName.slice(0, 100) })
    declared += next.uncompressedSize
    if (declared > limits.inflatedBytes) throw new ReadFailure('IMPORT_INFLATED', { limit: limits.inflatedBytes })
    entries.set(name, next)
  }
  return entries
}

async function nextEntry(directory: AsyncIterator<Entry>): Promise<Entry | null> {
  const next = await directory.next().catch((error: unknown) => {
    const outside = error instanceof Error && /path|invalid characters/.test(error.message)
    if (outside) throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part: 'zip' }, error)
    return damaged('zip')(error)
  })
  return next.done ? null : next.value
}

async function* inflate(zip: ZipFile, entry: Entry, part: string): AsyncGenerator<Buffer> {
  try {
    yield* (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>
  } catch (error) {
    if (error instanceof ReadFailure) throw error
    throw new ReadFailure('IMPORT_FILE_DAMAGED', { part }, error)
  }
}

function refuseRatio(part: string, inflated: number, packed: number, { ratio }: ReadLimits): void {
  if (inflated > ratioFrom && inflated > packed * ratio) throw new ReadFailure('IMPORT_RATIO', { part, limit: ratio })
}

function damaged(part: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof ReadFailure ? error : new ReadFailure('IMPORT_FILE_DAMAGED', { part }, error)
  }
}

/** How the zip library reaches our bytes. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource
  position = 0

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#counted(start, end), { objectMode: false })
  }

  async *#counted(start: number, end: number): AsyncGenerator<Buffer> {
    for await (const piece of pieces(this.#source, start, end)) {
      this.position += piece.length
      yield piece
    }
  }
}

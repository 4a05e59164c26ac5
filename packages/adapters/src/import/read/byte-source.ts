import { close, fstatSync, openSync, read } from 'node:fs'
import { ReadFailure } from './failure.ts'
import type { Task } from './message.ts'

/** The bytes of a file, wherever they are. */
export interface ByteSource {
  readonly size: number
  /** Bytes from `position` on; fewer than `length` only at the end. */
  read(position: number, length: number): Promise<Buffer>
}

/** Pieces of a source, in order. */
export async function* pieces(source: ByteSource, start = 0, end = source.size, length = 64 * 1024): AsyncGenerator<Buffer> {
  for (let position = start; position < end; position += length) {
    yield await source.read(position, Math.min(length, end - position))
  }
}

export function openSource(source: Task['source'], limit: number): ByteSource {
  const opened = 'path' in source ? fileSource(source.path) : memorySource(source.bytes)
  if (opened.size > limit) throw new ReadFailure('IMPORT_FILE_BYTES', { limit })
  return opened
}

function memorySource(bytes: SharedArrayBuffer): ByteSource {
  const view = Buffer.from(bytes)
  // Copied, because decoders and zlib do not take shared memory everywhere.
  return { size: view.length, read: async (position, length) => Buffer.from(view.subarray(position, position + length)) }
}

/** The descriptor is closed with the thread. */
function fileSource(path: string): ByteSource {
  const { file, size } = openFile(path)
  return {
    size,
    read: (position, length) =>
      new Promise((resolve, reject) => {
        const buffer = Buffer.allocUnsafe(length)
        const fill = (filled: number): void => {
          read(file, buffer, filled, length - filled, position + filled, (error, count) => {
            if (error) return reject(new ReadFailure('IMPORT_FILE_UNREADABLE', { reason: error.code ?? 'read' }, error))
            if (count === 0 || filled + count === length) return resolve(buffer.subarray(0, filled + count))
            fill(filled + count)
          })
        }
        fill(0)
      }),
  }
}

function openFile(path: string): { file: number; size: number } {
  try {
    const file = openSync(path, 'r')
    const stat = fstatSync(file)
    if (stat.isFile()) return { file, size: stat.size }
    close(file)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'open'
    throw new ReadFailure('IMPORT_FILE_UNREADABLE', { reason }, error)
  }
  throw new ReadFailure('IMPORT_FILE_UNREADABLE', { reason: 'not a file' })
}

import type { ByteSource } from './byte-source.ts'
import { ReadFailure } from './failure.ts'

const zip = Buffer.from('PK\x03\x04', 'latin1')
const emptyZip = Buffer.from('PK\x05\x06', 'latin1')
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const foreign = ['%PDF', '{\\rtf', '\x1f\x8b', '\x89PNG', 'GIF8', '\xff\xd8\xff', '7z\xbc\xaf', 'Rar!'].map((magic) =>
  Buffer.from(magic, 'latin1'),
)
/** Web pages and XML that call themselves .xls. */
const markup = /^[\s\ufeff]*<[!?a-z]/i

/** What a file is, by what is in it; its name is never asked. */
export async function fileType(source: ByteSource): Promise<'csv' | 'xlsx'> {
  const head = await source.read(0, Math.min(source.size, 4096))
  if (startsWith(head, zip)) return 'xlsx'
  if (startsWith(head, compoundFile)) throw await compoundFailure(source, head)
  if (startsWith(head, emptyZip) || foreign.some((magic) => startsWith(head, magic))) throw new ReadFailure('IMPORT_FILE_TYPE')
  if (markup.test(head.subarray(0, 256).toString('utf8'))) throw new ReadFailure('IMPORT_FILE_TYPE')
  return 'csv'
}

const startsWith = (head: Buffer, magic: Buffer): boolean => head.subarray(0, magic.length).equals(magic)

/** Old Excel files and encrypted new ones share a container; its directory names what is inside. */
async function compoundFailure(source: ByteSource, head: Buffer): Promise<ReadFailure> {
  if (head.length < 512) return new ReadFailure('IMPORT_FILE_OLD_EXCEL')
  const sectorSize = 1 << Math.min(head.readUInt16LE(30), 12)
  const directory = (head.readUInt32LE(48) + 1) * sectorSize
  const names = directory < source.size ? await source.read(directory, 4096) : Buffer.alloc(0)
  const encrypted = names.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return new ReadFailure(encrypted ? 'IMPORT_FILE_ENCRYPTED' : 'IMPORT_FILE_OLD_EXCEL')
}

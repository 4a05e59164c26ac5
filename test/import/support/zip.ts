import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly data: string | Buffer
  /** The unpacked size that the directory claims. */
  readonly claims?: number
  /** General purpose flags; 1 is encryption. */
  readonly flags?: number
}

/** A zip file, honest or not: names and sizes are written as they are given. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const plain = Buffer.from(part.data)
    const packed = deflateRawSync(plain)
    const name = Buffer.from(part.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE((part.flags ?? 0) | 0x800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(part.claims ?? plain.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name)
    bodies.push(local)
    offset += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(entries.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, entries, Buffer.from('PK\x05\x06'), end])
}

/** The parts of a zip file, found through its directory. */
export function unzip(file: Buffer): Record<string, string> {
  const end = file.lastIndexOf('PK\x05\x06')
  const parts: [string, string][] = []
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameLength = file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    const local = file.readUInt32LE(at + 42)
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const unpacked = inflateRawSync(file.subarray(start, start + file.readUInt32LE(at + 20)))
    if (crc32(unpacked) !== file.readUInt32LE(at + 16)) throw new Error(`${name} is not what its checksum says.`)
    parts.push([name, unpacked.toString('utf8')])
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return Object.fromEntries(parts)
}

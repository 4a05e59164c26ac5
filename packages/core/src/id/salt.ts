import { randomFillSync } from 'node:crypto'

const saltBytes = 16
const pool = Buffer.alloc(saltBytes * 256)
let offset = pool.length

/** 128 random bits in hex. Drawn from a pool, because every change row needs one and a call to the system costs more than the row. */
export function newSalt(): string {
  if (offset === pool.length) {
    randomFillSync(pool)
    offset = 0
  }
  offset += saltBytes
  return pool.toString('hex', offset - saltBytes, offset)
}

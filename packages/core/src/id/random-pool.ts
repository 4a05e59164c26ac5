const size = 16
const pool = new Uint8Array(size * 256)
let offset = pool.length

/** 16 random bytes, good until the next call but 255. Drawn from a pool: asking the system for each costs more than what they are for. */
export function randomBytes16(): Uint8Array {
  if (offset === pool.length) {
    crypto.getRandomValues(pool)
    offset = 0
  }
  offset += size
  return pool.subarray(offset - size, offset)
}

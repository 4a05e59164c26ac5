const bytes = 16
/** Drawn many at a time: asking the system for sixteen bytes costs more than hashing what they salt. */
const pool = Buffer.alloc(256 * bytes)
let used = pool.length

/** 128 random bits in hex. */
export function newSalt(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const start = used
  used += bytes
  return pool.toString('hex', start, used)
}

/** Drawn many at a time: asking the system for a few bytes costs more than hashing what they salt. */
const pool = Buffer.alloc(4_096)
let used = pool.length

/** Random bytes in hex, 4,096 at most. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  const start = used
  used += bytes
  return pool.toString('hex', start, used)
}

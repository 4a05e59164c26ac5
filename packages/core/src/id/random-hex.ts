/** Random bytes, drawn many at a time: asking the system for a few costs more than hashing what they salt. */
export const randomPool: Buffer<ArrayBuffer> = Buffer.alloc(4_096)
let used = randomPool.length

/** Where in the pool so many bytes are that nobody else gets, 4,096 at most. They are to be used at once. */
export function drawRandom(bytes: number): number {
  if (used + bytes > randomPool.length) {
    crypto.getRandomValues(randomPool)
    used = 0
  }
  const start = used
  used += bytes
  return start
}

/** Random bytes in hex, 4,096 at most. */
export function randomHex(bytes: number): string {
  const start = drawRandom(bytes)
  return randomPool.toString('hex', start, start + bytes)
}

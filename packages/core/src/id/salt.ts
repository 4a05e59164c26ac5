/** 128 random bits in hex: the random digits of two ids, which the platform draws in bulk. */
export function newSalt(): string {
  const first = crypto.randomUUID()
  const rest = crypto.randomUUID()
  return first.slice(0, 8) + first.slice(9, 13) + first.slice(15, 18) + first.slice(20, 23) + first.slice(24) + rest.slice(0, 2)
}

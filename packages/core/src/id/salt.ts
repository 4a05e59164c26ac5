import { randomBytes16 } from './random-pool.ts'

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** 128 random bits in hex. */
export function newSalt(): string {
  let salt = ''
  for (const byte of randomBytes16()) salt += hex[byte]
  return salt
}

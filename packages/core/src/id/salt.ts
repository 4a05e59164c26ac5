import { randomHex } from './random-hex.ts'

/** 128 random bits in hex. */
export const newSalt = (): string => randomHex(16)

/** A 53-bit hash of a text, from `seed`: the same text gives the same number on every machine. */
export function hashText(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ Math.floor(seed / 0x1_0000_0000)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x5f356495)
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)
  return (low & 0x1f_ffff) * 0x1_0000_0000 + (high >>> 0)
}

/**
 * Keys seen so far, as hashes: 16 bytes a key, so that a million rows are 16 MB. Two keys of one hash would be reported as a repetition,
 * once in some ten billion files of ten thousand rows.
 */
export class KeySet {
  #slots = new Float64Array(1 << 12)
  #count = 0

  /** False when the key has been there before. */
  add(key: string): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow()
    if (!place(this.#slots, hashText(key, 0) + 1)) return false
    this.#count++
    return true
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Float64Array(old.length * 2)
    for (const value of old) if (value !== 0) place(this.#slots, value)
  }
}

function place(slots: Float64Array, value: number): boolean {
  let index = value % slots.length
  while (slots[index] !== 0) {
    if (slots[index] === value) return false
    index = (index + 1) % slots.length
  }
  slots[index] = value
  return true
}

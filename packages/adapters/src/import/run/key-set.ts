import { hashText } from '../hash-text.ts'

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

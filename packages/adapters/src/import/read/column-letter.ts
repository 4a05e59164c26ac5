/** `A` for 0, `AA` for 26. */
export function columnLetter(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

/** Index of the column of a reference such as `AB12`; -1 when there are no letters, or more than Excel has. */
export function columnIndex(reference: string): number {
  let index = 0
  for (let at = 0; at < reference.length && at < 4; at += 1) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    index = index * 26 + letter
  }
  return index > 16_384 ? -1 : index - 1
}

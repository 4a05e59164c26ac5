/** The two-byte half of GB18030, by asking the decoder for every pair. */
const pairs = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gb18030')
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    const text = decoder.decode(new Uint8Array([lead, trail]))
    if ([...text].length === 1 && !pairs.has(text)) pairs.set(text, [lead, trail])
  }
}

/** Text as a Chinese Excel saves its CSV. */
export function gb18030(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) ?? 0
      return code < 0x80 ? [code] : [...(pairs.get(character) ?? [0x3f])]
    }),
  )
}

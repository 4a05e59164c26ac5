const size = 64 * 1024
const encoder = new TextEncoder()

/** Text as UTF-8 in chunks worth sending. Half of a surrogate pair becomes U+FFFD: UTF-8 has no way to write it. */
export async function* chunks(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let collected = ''
  for await (const text of texts) {
    collected += text
    if (collected.length < size) continue
    yield encoder.encode(collected)
    collected = ''
  }
  if (collected !== '') yield encoder.encode(collected)
}

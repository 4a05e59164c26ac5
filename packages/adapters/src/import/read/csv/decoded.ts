import { type ByteSource, pieces } from '../byte-source.ts'
import { ReadFailure } from '../failure.ts'
import type { Encoding } from './encoding.ts'

const replacement = '\ufffd'

/** The text as UTF-8 bytes without its mark; what is UTF-8 already passes as it is. */
export async function* decoded(source: ByteSource, encoding: Encoding, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const decoder = encoding.name === 'utf-8' ? null : new TextDecoder(encoding.name, { ignoreBOM: true })
  let position = encoding.mark
  let line = 1
  const convert = (text: string): Buffer => {
    const invalid = text.indexOf(replacement)
    if (invalid >= 0) {
      throw new ReadFailure('IMPORT_ENCODING', { encoding: encoding.name, line: line + lineBreaks(text.slice(0, invalid)) })
    }
    line += lineBreaks(text)
    return Buffer.from(text)
  }
  for await (const piece of pieces(source, encoding.mark)) {
    position += piece.length
    onRead(position)
    yield decoder ? convert(decoder.decode(piece, { stream: true })) : piece
  }
  if (decoder) yield convert(decoder.decode())
}

function lineBreaks(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

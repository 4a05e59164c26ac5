import { SaxesParser } from 'saxes'
import { ReadFailure } from '../failure.ts'

export interface XmlHandlers {
  /** Names come without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Deeper than any part of a workbook, and longer than any tag or text between two tags may be. */
const deepest = 64
const longest = 1024 * 1024

/** Feeds a part to a parser that knows no document types, hence no entities but XML's own, and goes nowhere for anything. */
export async function* parseXml(part: string, bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  let depth = 0
  let sinceEvent = 0
  parser.on('error', (error) => {
    throw new ReadFailure('IMPORT_FILE_DAMAGED', { part }, error)
  })
  parser.on('doctype', () => {
    throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part: `${part}: DOCTYPE` })
  })
  parser.on('opentag', (tag) => {
    sinceEvent = 0
    depth += 1
    if (depth > deepest) throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part })
    handlers.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    sinceEvent = 0
    depth -= 1
    handlers.close?.(localName(tag.name))
  })
  const text = (found: string): void => {
    sinceEvent = 0
    handlers.text?.(found)
  }
  parser.on('text', text)
  parser.on('cdata', text)
  for await (const chunk of decodeXml(part, bytes)) {
    sinceEvent += chunk.length
    parser.write(chunk)
    // Counted here, because the parser keeps whatever has no end yet.
    if (sinceEvent > longest) throw new ReadFailure('IMPORT_FILE_FORBIDDEN', { part })
    yield
  }
  parser.close()
  yield
}

/** Reads a part to its end. */
export async function readXml(part: string, bytes: AsyncIterable<Buffer>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(part, bytes, handlers));
}

export function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Value of an attribute whatever its prefix, such as the `id` of `r:id`. */
export function prefixed(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1]
}

async function* decodeXml(part: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  try {
    for await (const piece of bytes) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true })
      yield decoder.decode(piece, { stream: true })
    }
    if (decoder) yield decoder.decode()
  } catch (error) {
    if (error instanceof ReadFailure) throw error
    throw new ReadFailure('IMPORT_FILE_DAMAGED', { part }, error)
  }
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}

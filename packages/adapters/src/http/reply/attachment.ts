import type { Reply } from './reply.ts'

/** A file to save, sent as it is made. What goes wrong before its first piece is an answer of its own. */
export async function attachment(name: string, type: string, pieces: AsyncIterable<Uint8Array>): Promise<Reply> {
  const reading = pieces[Symbol.asyncIterator]()
  const first = await reading.next()
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-disposition': disposition(name),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // A file that is opened in the page's place runs nothing.
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: resumed(first, reading),
  }
}

async function* resumed(first: IteratorResult<Uint8Array>, reading: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await reading.next()) yield next.value
  } finally {
    await reading.return?.()
  }
}

/** The name twice: in ASCII for old clients, and whole. */
function disposition(name: string): string {
  const ascii = name
    .toWellFormed()
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\]/g, "'")
  const whole = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`
}

/** An answer, before a host sends it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Pieces are sent as they come. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null
}

/** Whether the answer comes in pieces. */
export function isStream(body: Reply['body']): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

const noSniff = { 'x-content-type-options': 'nosniff' } as const

/** JSON that no cache may keep. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  return { status, headers: { ...noSniff, ...type, ...headers }, body: JSON.stringify(value) }
}

/** Done, nothing to say. */
export function empty(status = 204): Reply {
  return { status, headers: { ...noSniff, 'cache-control': 'no-store' }, body: null }
}

/** A file that caches may keep as `cacheControl` says. */
export function file(body: Uint8Array | null, status: number, headers: Readonly<Record<string, string>>): Reply {
  return { status, headers: { ...noSniff, ...headers }, body }
}

/** The same answer without its body, for HEAD. */
export function headOf(reply: Reply): Reply {
  if (reply.body === null) return reply
  if (isStream(reply.body)) {
    void reply.body[Symbol.asyncIterator]().return?.()
    return { ...reply, body: null }
  }
  return { ...reply, headers: { ...reply.headers, 'content-length': String(Buffer.byteLength(reply.body)) }, body: null }
}

import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { NodeHost, NodeRequest } from './node-host.ts'
import type { Settings } from './options.ts'
import { headOf, isStream, type Reply } from './reply/reply.ts'

/** Sends an answer on a Node response; to a client that has gone, nothing. */
export async function sendReply({ request, response }: NodeHost, reply: Reply, { bulkLimit, log }: Settings): Promise<void> {
  if (response.destroyed || response.headersSent) return
  // HTTP/2 responses take the same calls; only their declared types differ.
  const target = response as ServerResponse
  if (isStream(reply.body)) return sendPieces(target, reply, reply.body, log)
  const { headers } = reply.status === 204 ? reply : withLength(reply)
  target.writeHead(reply.status, { ...headers })
  target.end(reply.body ?? undefined)
  if (!request.complete) discard(request, bulkLimit)
}

/** A failure after the first piece breaks the connection, so that nobody takes half a file for a whole one. */
async function sendPieces(target: ServerResponse, { status, headers }: Reply, pieces: AsyncIterable<Uint8Array>, log: Settings['log']) {
  target.writeHead(status, { ...headers })
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), target)
  } catch (error) {
    const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!left) log({ level: 'error', message: 'An answer broke off.', error })
  }
}

function withLength(reply: Reply): Reply {
  if ('content-length' in reply.headers) return reply
  return reply.body === null
    ? { ...reply, headers: { ...reply.headers, 'content-length': '0' } }
    : { ...reply, headers: headOf(reply).headers }
}

/** Lets a refused body run off, so that the client reads the answer; closes the connection when there is no end to it. */
function discard(request: NodeRequest, patience: number): void {
  let left = patience
  request.on('error', () => {})
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.byteLength
    if (left < 0) request.destroy()
  })
  request.resume()
}

import type { ServerResponse } from 'node:http'
import type { NodeHost, NodeRequest } from './node-host.ts'
import { headOf, type Reply } from './reply/reply.ts'

/** Sends an answer on a Node response; to a client that has gone, nothing. */
export function sendReply({ request, response }: NodeHost, reply: Reply, patience: number): void {
  if (response.destroyed || response.headersSent) return
  const { headers } = reply.status === 204 ? reply : withLength(reply)
  // HTTP/2 responses take the same calls; only their declared types differ.
  const target = response as ServerResponse
  target.writeHead(reply.status, { ...headers })
  target.end(reply.body ?? undefined)
  if (!request.complete) discard(request, patience)
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

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that came. */
export interface RobotCall {
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
}

/** A server of robots; `judge` answers as the vendor would. */
export async function openRobotServer(judge: (call: RobotCall) => { status?: number; body: unknown } | 'cut') {
  const calls: RobotCall[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const call = { url, headers: request.headers, body: JSON.parse(Buffer.concat(parts).toString('utf8')) }
      calls.push(call)
      const answer = judge(call)
      if (answer === 'cut') return request.socket.destroy()
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    calls,
    url: `http://${place}`,
    egress: { allow: [place] },
    close: () => new Promise<void>((done) => void server.close(() => done())),
  }
}

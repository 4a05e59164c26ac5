import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that came. */
export interface Told {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly json: { readonly type: string; readonly timestamp: string; readonly data: Readonly<Record<string, unknown>> }
}

type Answer = (told: Told, response: ServerResponse) => unknown

/** Somebody who is told by webhooks; answers 204 unless a test says otherwise. */
export class WebhookReceiver {
  readonly told: Told[] = []
  answer: Answer = (_, response) => response.writeHead(204).end()
  /** Requests that are being answered now, and the most there ever were. */
  busy = 0
  mostBusy = 0
  readonly #server = createServer(async (request, response) => {
    this.busy += 1
    this.mostBusy = Math.max(this.mostBusy, this.busy)
    response.on('close', () => {
      this.busy -= 1
    })
    let body = ''
    for await (const part of request) body += part
    const told = { path: request.url ?? '/', headers: request.headers, body, json: JSON.parse(body) }
    this.told.push(told)
    await this.answer(told, response)
  })

  async open(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get place(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get url(): string {
    return `http://${this.place}/hook`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

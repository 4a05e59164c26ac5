import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Told {
  readonly key: string
  readonly id: string
  readonly version?: number
}

/** A receiver that recognises repetitions by their key, and fails one time in five, in every way a receiver can. */
export class Receiver {
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #fault: () => number
  /** Keys in the order in which their effect came about. */
  readonly effects = new Map<string, Told>()
  readonly jobs = new Map<string, Told>()
  deliveries = 0

  constructor(fault: () => number) {
    this.#fault = fault
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Versions of each record in the order of their effects. */
  orders(): Map<string, number[]> {
    const orders = new Map<string, number[]>()
    for (const { id, version = 0 } of this.effects.values()) orders.set(id, [...(orders.get(id) ?? []), version])
    return orders
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const piece of request) text += piece
    const told = JSON.parse(text) as Told
    const fault = this.#fault()
    this.deliveries += 1
    if (fault < 0.08) return void response.writeHead(500).end()
    const book = request.url === '/job' ? this.jobs : this.effects
    if (!book.has(told.key)) book.set(told.key, told)
    // Done, but nobody hears of it.
    if (fault < 0.14) return void request.socket.destroy()
    if (fault < 0.2) return void response.writeHead(503).end()
    response.writeHead(204).end()
  }
}

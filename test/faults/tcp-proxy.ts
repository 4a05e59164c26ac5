import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** What happens to bytes on their way. */
export interface Fault {
  /** `ask`: towards the database. `answer`: back from it. */
  readonly on: 'ask' | 'answer'
  /** Bytes that still pass before it happens. */
  readonly after?: number
  /** Only once a piece holds this. */
  readonly text?: string
  /** `cut`: nothing more passes, and both ends hear of it. `swallow`: nothing more passes, and nobody hears of it. */
  readonly does: 'cut' | 'swallow'
  /** Does the piece with the text itself still pass? */
  readonly passes?: boolean
}

/** A way to a database that can be disturbed. */
export class TcpProxy {
  readonly #target: { readonly host: string; readonly port: number }
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer((client) => this.#join(client))
  #fault: Fault | null = null
  #left = 0
  #broken = new WeakSet<Socket>()
  latency = 0
  /** Nothing passes on any connection, and nobody hears of it. */
  silent = false
  #refuses = false
  /** Has the fault come about? */
  happened = false

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target
  }

  /** The URL of a database, by way of this proxy. */
  static async to(url: string): Promise<{ proxy: TcpProxy; url: string }> {
    const address = new URL(url)
    const proxy = new TcpProxy({ host: address.hostname, port: Number(address.port) })
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    address.hostname = '127.0.0.1'
    address.port = String((proxy.#server.address() as AddressInfo).port)
    return { proxy, url: address.href }
  }

  arm(fault: Fault): void {
    this.#fault = fault
    this.#left = fault.after ?? 0
    this.happened = false
  }

  disarm(): void {
    this.#fault = null
  }

  /** Every connection ends, and none is made, until {@link letIn}. */
  cutOff(): void {
    this.#refuses = true
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  letIn(): void {
    this.#refuses = false
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket): void {
    if (this.#refuses) return void client.resetAndDestroy()
    const server = connect(this.#target)
    for (const [from, to, on] of [
      [client, server, 'ask'],
      [server, client, 'answer'],
    ] as const) {
      this.#sockets.add(from)
      let turn = Promise.resolve()
      from.on('data', (piece: Buffer) => {
        turn = turn.then(() => this.#pass(piece, from, to, on))
      })
      from.on('error', () => {})
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
    }
  }

  async #pass(piece: Buffer, from: Socket, to: Socket, on: 'ask' | 'answer'): Promise<void> {
    if (this.latency > 0) await delay(this.latency)
    if (this.silent || this.#broken.has(from) || to.destroyed) return
    const fault = this.#fault
    if (fault?.on !== on || (fault.text !== undefined && !piece.includes(fault.text))) return void to.write(piece)
    if (fault.text === undefined && this.#left >= piece.length) {
      this.#left -= piece.length
      return void to.write(piece)
    }
    const passing = fault.text === undefined ? piece.subarray(0, this.#left) : fault.passes ? piece : piece.subarray(0, 0)
    this.#fault = null
    this.happened = true
    this.#broken.add(from)
    this.#broken.add(to)
    if (fault.does === 'swallow') return void to.write(passing)
    // What passes arrives before the end does; the other end hears nothing more.
    await new Promise<void>((resolve) => to.write(passing, () => resolve()))
    const [near, far] = on === 'ask' ? [from, to] : [to, from]
    near.resetAndDestroy()
    far.end()
  }
}

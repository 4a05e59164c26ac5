import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Contender, Usage } from '../contender.ts'
import type { Place } from '../database.ts'
import type { Question } from '../http-server.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize } from '../operation.ts'
import type { Subject } from './guanxi.ts'

/** A server process and the one connection to it. */
class HttpClient {
  readonly #server: ChildProcess
  readonly #port: number
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  private constructor(server: ChildProcess, port: number) {
    this.#server = server
    this.#port = port
  }

  static async start(place: Place): Promise<HttpClient> {
    const file = fileURLToPath(new URL('../http-server.ts', import.meta.url))
    const server = fork(file, [JSON.stringify(place)], { execArgv: ['--conditions=source', '--expose-gc'] })
    const [{ port }] = (await Promise.race([once(server, 'message'), failure(server)])) as [{ port: number }]
    return new HttpClient(server, port)
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const all =
      text === undefined ? headers : { ...headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path, headers: all }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const content = Buffer.concat(parts).toString()
          if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${content}`))
          else resolve(JSON.parse(content))
        })
      })
      sent.on('error', reject)
      sent.end(text)
    })
  }

  async ask(question: Question): Promise<unknown> {
    this.#server.send(question)
    const [answer] = (await once(this.#server, 'message')) as [unknown]
    return answer
  }

  async close(): Promise<void> {
    this.#agent.destroy()
    const ended = once(this.#server, 'exit')
    this.#server.send('close')
    await ended
  }
}

async function failure(server: ChildProcess): Promise<never> {
  const [code] = (await once(server, 'exit')) as [number | null]
  throw new Error(`The HTTP server ended with code ${code}.`)
}

/** Guanxi behind HTTP. CPU is the server's, wall time is what the client sees. */
export async function guanxiHttp(subject: Subject, place: Place): Promise<Contender> {
  const client = await HttpClient.start(place)
  const base = `/api/records/${subject.object}`
  const rows = new KnownRows()
  let next = 0
  const bulk = (): Promise<unknown> =>
    client.send('POST', `${base}/bulk`, { create: Array.from({ length: bulkSize }, () => subject.record(next++)) })
  return {
    name: 'Guanxi over HTTP',
    role: 'other',
    usage: async () => (await client.ask('usage')) as Usage,
    settle: async () => void (await client.ask('settle')),
    work: {
      create: () => client.send('POST', base, subject.record(next++)),
      read: () => client.send('GET', `${base}/${rows.id()}`),
      update() {
        const { id, version } = rows.target()
        return client.send('PATCH', `${base}/${id}`, subject.patch(version), { 'if-match': `"${version}"` })
      },
      page: () => client.send('GET', `${base}?${pageParameters(subject, next++)}`),
      bulk,
    },
    async seed(count) {
      for (let done = 0; done < count; done += bulkSize) rows.add(((await bulk()) as { ids: string[] }).ids)
    },
    close: () => client.close(),
  }
}

function pageParameters(subject: Subject, n: number): URLSearchParams {
  const { where, sort = [], limit } = subject.page(n)
  return new URLSearchParams({ where: JSON.stringify(where), sort: sort.join(','), limit: String(limit) })
}

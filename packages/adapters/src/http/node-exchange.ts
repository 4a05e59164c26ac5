import type { Readable } from 'node:stream'
import type { BodySource, Exchange } from './exchange.ts'
import type { NodeHost, NodeRequest } from './node-host.ts'
import { trimmed } from './options.ts'
import { Aborted } from './reply/failure.ts'

/** A request of a Node server, told like any other. A base path of the options wins over what the framework says. */
export function nodeExchange(host: NodeHost, basePath: string | null): Exchange {
  const { request, response } = host
  const target = request.url ?? ''
  const question = target.indexOf('?')
  const mount = basePath ?? trimmed(host.mount ?? '')
  return {
    method: request.method ?? '',
    path: below(question < 0 ? target : target.slice(0, question), host.stripped ? '' : mount),
    query: question < 0 ? '' : target.slice(question + 1),
    mount,
    header: (name) => headerOf(request, name),
    body: bodyOf(host),
    aborted: () => response.destroyed,
    original: host.original,
  }
}

function below(path: string, mount: string): string | null {
  return path.startsWith(`${mount}/`) ? path.slice(mount.length) : null
}

function headerOf(request: NodeRequest, name: string): string | null {
  const value = request.headers[name] ?? (name === 'host' ? request.headers[':authority'] : undefined)
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}

function bodyOf({ request, parsedBody }: NodeHost): BodySource {
  if (!request.readableDidRead) return { state: 'waiting', chunks: () => chunksOf(request) }
  return parsedBody === undefined ? { state: 'lost' } : { state: 'parsed', value: parsedBody }
}

/** The stream stays open when reading stops early: the refusal goes out on the same connection. */
async function* chunksOf(request: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw new Aborted('The request broke off.', { cause })
  }
}

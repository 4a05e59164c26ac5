import type { Client } from './client.ts'
import { errorFrom, networkError } from './client-error.ts'

/** How an upload is followed and called off. */
export interface UploadOptions {
  readonly query: Readonly<Record<string, string>>
  /** Bytes sent so far. */
  readonly onProgress?: (sent: number) => void
  readonly signal?: AbortSignal
}

/** Sends a file as it is, and tells how far it is. A host's own `fetch` is used where there is one; it cannot tell. */
export async function upload<T>(client: Client, path: string, file: Blob, options: UploadOptions): Promise<T> {
  const { query, signal } = options
  // Typed blobs would bring a type of their own.
  const body = file.slice()
  if (client.options.fetch) return client.send('POST', path, { query, body, signal })
  const response = await send(client, path, body, options)
  if (!response.ok) throw await errorFrom(response)
  return (await response.json()) as T
}

/** `fetch` does not say how much it has sent; only this older interface does, everywhere. */
function send(client: Client, path: string, body: Blob, { query, onProgress, signal }: UploadOptions): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const request = new XMLHttpRequest()
  const abort = (): void => request.abort()
  request.open('POST', client.address(path, query))
  for (const [name, value] of Object.entries(client.headers('POST', { body }))) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded }) => onProgress?.(loaded))
  request.addEventListener('load', () => resolve(new Response(request.responseText, { status: request.status })))
  request.addEventListener('error', () => reject(networkError()))
  request.addEventListener('abort', () => reject(new DOMException('The upload was called off.', 'AbortError')))
  request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort))
  if (signal?.aborted) reject(new DOMException('The upload was called off.', 'AbortError'))
  else {
    signal?.addEventListener('abort', abort)
    request.send(body)
  }
  return promise
}

import { request as httpRequest } from 'node:http'

/** What came back. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

/** Sends a request whose path nobody normalises. */
export function sendRaw(
  base: string,
  method: string,
  path: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Uint8Array } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    let answered = false
    const sent = httpRequest({ hostname, port, method, path, headers: options.headers, agent: false }, (response) => {
      answered = true
      const chunks: Uint8Array[] = []
      response.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }),
      )
    })
    // The other side may stop reading a body it has already refused; what counts is its answer.
    sent.on('error', (error) => {
      if (!answered) reject(error)
    })
    sent.end(options.body)
  })
}

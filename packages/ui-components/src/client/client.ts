import { errorFrom, networkError } from './client-error.ts'
import type { AggregateRow, BulkOperation, CrmRecord, Me, ObjectView, Person, RecordPage, RecordQuery, RecordValues } from './types.ts'

/** Where the server is and how to reach it. */
export interface ClientOptions {
  /** Base path of the handler, such as `/crm`. */
  readonly base: string
  /** Instead of the page's own `fetch`. */
  readonly fetch?: typeof fetch
  /** Added to every request, for hosts that authenticate by header. */
  readonly headers?: () => Readonly<Record<string, string>>
}

/** The version a writer saw, or `any` to give up the lock knowingly. */
export type Version = number | 'any'

interface RequestOptions {
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly version?: Version
  readonly key?: string
  readonly signal?: AbortSignal
}

/** The HTTP interface, typed. Throws `ClientError`; an aborted request throws the browser's `AbortError`. */
export class Client {
  /** Sent as Accept-Language, so that reasons come in the reader's language. */
  locale: string | undefined
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  me(signal?: AbortSignal): Promise<Me> {
    return this.#send('GET', 'me', { signal })
  }

  object(name: string, signal?: AbortSignal): Promise<ObjectView> {
    return this.#send('GET', `objects/${name}`, { signal })
  }

  find(object: string, query: RecordQuery = {}, signal?: AbortSignal): Promise<RecordPage> {
    return this.#send('GET', `records/${object}`, { query: inUrl(query), signal })
  }

  get(object: string, id: string, query: Pick<RecordQuery, 'fields' | 'expand'> = {}, signal?: AbortSignal): Promise<CrmRecord> {
    return this.#send('GET', `records/${object}/${encodeURIComponent(id)}`, { query: inUrl(query), signal })
  }

  create(object: string, values: RecordValues, key?: string): Promise<CrmRecord> {
    return this.#send('POST', `records/${object}`, { body: values, key })
  }

  update(object: string, id: string, version: Version, patch: RecordValues): Promise<CrmRecord> {
    return this.#send('PATCH', `records/${object}/${encodeURIComponent(id)}`, { body: patch, version })
  }

  async remove(object: string, id: string, version: Version): Promise<void> {
    await this.#send('DELETE', `records/${object}/${encodeURIComponent(id)}`, { version })
  }

  restore(object: string, id: string, version: Version): Promise<CrmRecord> {
    return this.#send('POST', `records/${object}/${encodeURIComponent(id)}/restore`, { body: {}, version })
  }

  async aggregate(
    object: string,
    query: { readonly group?: string; readonly measures: readonly string[]; readonly where?: RecordValues; readonly search?: string },
    signal?: AbortSignal,
  ): Promise<readonly AggregateRow[]> {
    const { group, measures, where, search } = query
    const url = { group, measures: measures.join(','), ...inUrl({ where, search }) }
    const { rows } = await this.#send<{ rows: AggregateRow[] }>('GET', `aggregate/${object}`, { query: url, signal })
    return rows
  }

  /** Writes many records in one unit: all of it or nothing. */
  async bulk(object: string, operation: BulkOperation, key?: string, signal?: AbortSignal): Promise<readonly string[]> {
    const { ids } = await this.#send<{ ids: string[] }>('POST', `records/${object}/bulk`, { body: operation, key, signal })
    return ids
  }

  /** The records as a file. */
  async export(object: string, query: RecordQuery & { readonly format: 'csv' | 'xlsx' }, signal?: AbortSignal): Promise<Blob> {
    const { format, where, search, sort, fields } = query
    const response = await this.#fetch('GET', `export/${object}`, { query: { format, ...inUrl({ where, search, sort, fields }) }, signal })
    return response.blob()
  }

  async people(
    query: { readonly search?: string; readonly ids?: readonly string[]; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<readonly Person[]> {
    const url = { search: query.search || undefined, ids: query.ids?.join(','), limit: query.limit?.toString() }
    const { people } = await this.#send<{ people: Person[] }>('GET', 'people', { query: url, signal })
    return people
  }

  async #send<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const response = await this.#fetch(method, path, options)
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
  }

  async #fetch(method: string, path: string, options: RequestOptions): Promise<Response> {
    const url = `${this.#options.base}/api/${path}${search(options.query)}`
    const body = options.body === undefined ? undefined : JSON.stringify(options.body)
    const send = this.#options.fetch ?? fetch
    const response = await send(url, {
      method,
      headers: this.#headers(method, options),
      body,
      signal: options.signal,
      credentials: 'same-origin',
    }).catch((error) => {
      throw options.signal?.aborted ? error : networkError()
    })
    if (!response.ok) throw await errorFrom(response)
    return response
  }

  #headers(method: string, { version, key }: RequestOptions): Record<string, string> {
    return {
      accept: 'application/json',
      ...(this.locale && { 'accept-language': this.locale }),
      // Also without a body: a form of another site cannot send this type.
      ...(method !== 'GET' && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...(key && { 'idempotency-key': key }),
      ...this.#options.headers?.(),
    }
  }
}

function inUrl(query: RecordQuery): Record<string, string | undefined> {
  return {
    where: query.where && Object.keys(query.where).length > 0 ? JSON.stringify(query.where) : undefined,
    search: query.search || undefined,
    sort: query.sort?.join(',') || undefined,
    limit: query.limit?.toString(),
    cursor: query.cursor ?? undefined,
    fields: query.fields?.join(',') || undefined,
    expand: query.expand?.join(',') || undefined,
    count: query.count ? 'true' : undefined,
  }
}

function search(query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value)
  return parameters.size > 0 ? `?${parameters}` : ''
}

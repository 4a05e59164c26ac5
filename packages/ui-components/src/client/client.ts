import { errorFrom, networkError } from './client-error.ts'
import type {
  AggregateRow,
  BulkOperation,
  CrmRecord,
  Definitions,
  Explanation,
  Me,
  ObjectView,
  Person,
  RecordPage,
  RecordQuery,
  RecordValues,
} from './types.ts'

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

/** What goes with a request. */
export interface RequestOptions {
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
  readonly options: ClientOptions

  constructor(options: ClientOptions) {
    this.options = options
  }

  me(signal?: AbortSignal): Promise<Me> {
    return this.send('GET', 'me', { signal })
  }

  object(name: string, signal?: AbortSignal): Promise<ObjectView> {
    return this.send('GET', `objects/${name}`, { signal })
  }

  find(object: string, query: RecordQuery = {}, signal?: AbortSignal): Promise<RecordPage> {
    return this.send('GET', `records/${object}`, { query: inUrl(query), signal })
  }

  get(object: string, id: string, query: Pick<RecordQuery, 'fields' | 'expand'> = {}, signal?: AbortSignal): Promise<CrmRecord> {
    return this.send('GET', `records/${object}/${encodeURIComponent(id)}`, { query: inUrl(query), signal })
  }

  create(object: string, values: RecordValues, key?: string): Promise<CrmRecord> {
    return this.send('POST', `records/${object}`, { body: values, key })
  }

  update(object: string, id: string, version: Version, patch: RecordValues): Promise<CrmRecord> {
    return this.send('PATCH', `records/${object}/${encodeURIComponent(id)}`, { body: patch, version })
  }

  async remove(object: string, id: string, version: Version): Promise<void> {
    await this.send('DELETE', `records/${object}/${encodeURIComponent(id)}`, { version })
  }

  restore(object: string, id: string, version: Version): Promise<CrmRecord> {
    return this.send('POST', `records/${object}/${encodeURIComponent(id)}/restore`, { body: {}, version })
  }

  async aggregate(
    object: string,
    query: { readonly group?: string; readonly measures: readonly string[]; readonly where?: RecordValues; readonly search?: string },
    signal?: AbortSignal,
  ): Promise<readonly AggregateRow[]> {
    const { group, measures, where, search } = query
    const url = { group, measures: measures.join(','), ...inUrl({ where, search }) }
    const { rows } = await this.send<{ rows: AggregateRow[] }>('GET', `aggregate/${object}`, { query: url, signal })
    return rows
  }

  /** Why a record is among those a condition finds, or is not. */
  explain(object: string, id: string, where: RecordValues, signal?: AbortSignal): Promise<Explanation> {
    return this.send('GET', `records/${object}/${encodeURIComponent(id)}/explain`, { query: { where: JSON.stringify(where) }, signal })
  }

  /** How many records each of two conditions finds, and both. */
  overlap(object: string, a: RecordValues, b: RecordValues, signal?: AbortSignal): Promise<{ a: number; b: number; both: number }> {
    return this.send('GET', `overlap/${object}`, { query: { a: JSON.stringify(a), b: JSON.stringify(b) }, signal })
  }

  async people(
    query: { readonly search?: string; readonly ids?: readonly string[]; readonly limit?: number },
    signal?: AbortSignal,
  ): Promise<readonly Person[]> {
    const url = { search: query.search || undefined, ids: query.ids?.join(','), limit: query.limit?.toString() }
    const { people } = await this.send<{ people: Person[] }>('GET', 'people', { query: url, signal })
    return people
  }

  /** Writes many records in one unit: all of it or nothing. */
  async bulk(object: string, operation: BulkOperation, key?: string, signal?: AbortSignal): Promise<readonly string[]> {
    const { ids } = await this.send<{ ids: string[] }>('POST', `records/${object}/bulk`, { body: operation, key, signal })
    return ids
  }

  /** The records as a file. */
  async export(object: string, query: RecordQuery & { readonly format: 'csv' | 'xlsx' }, signal?: AbortSignal): Promise<Blob> {
    const { format, where, search, sort, fields } = query
    const response = await this.exchange('GET', `export/${object}`, {
      query: { format, ...inUrl({ where, search, sort, fields }) },
      signal,
    })
    return response.blob()
  }

  /** The objects the reader may see. */
  async objects(signal?: AbortSignal): Promise<readonly ObjectView[]> {
    return (await this.definitions(signal)).objects
  }

  /** The objects the reader may see, and the operators that plugins have added to expressions. */
  definitions(signal?: AbortSignal): Promise<Definitions> {
    return this.send('GET', 'objects', { signal })
  }

  /** Any route below `api/`, answered in JSON. For clients of more than records, such as the one of imports. */
  async send<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.exchange(method, path, options)
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
  }

  /** Any route below `api/`, answered as it comes. */
  async exchange(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { body, signal } = options
    const send = this.options.fetch ?? fetch
    const response = await send(this.address(path, options.query), {
      method,
      headers: this.headers(method, options),
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      signal,
      credentials: 'same-origin',
    }).catch((error) => {
      throw signal?.aborted ? error : networkError()
    })
    if (!response.ok) throw await errorFrom(response)
    return response
  }

  /** Where a route below `api/` is. */
  address(path: string, query?: RequestOptions['query']): string {
    return `${this.options.base}/api/${path}${search(query)}`
  }

  /** What is sent with a request of that method. */
  headers(method: string, { version, key, body }: RequestOptions = {}): Record<string, string> {
    return {
      accept: 'application/json',
      ...(this.locale && { 'accept-language': this.locale }),
      // Also without a body: a form of another site cannot send these types.
      ...(method !== 'GET' && { 'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
      ...(key && { 'idempotency-key': key }),
      ...this.options.headers?.(),
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
    skip: query.skip?.toString(),
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

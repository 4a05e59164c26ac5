/** One problem among several, e.g. of a form. */
export interface Issue {
  readonly code: string
  /** JSON pointer to the value at fault, such as `/amount`. */
  readonly path: string | null
  readonly message: string
  readonly hint?: string | null
}

interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly path?: string | null
  readonly hint?: string | null
  readonly details?: Readonly<Record<string, unknown>>
}

/** What went wrong with a request: the server's own words, or `NETWORK` when there was no answer. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly status: number
  readonly code: string
  readonly path: string | null
  readonly hint: string | null
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.code = body.code
    this.path = body.path ?? null
    this.hint = body.hint ?? null
    this.details = body.details ?? {}
  }

  /** Problems by field; a single problem with a path counts as one. */
  get issues(): readonly Issue[] {
    const { issues } = this.details
    if (Array.isArray(issues)) return issues.filter(isIssue)
    return this.path === null ? [] : [{ code: this.code, path: this.path, message: this.message, hint: this.hint }]
  }
}

/** The request never got an answer. */
export function networkError(): ClientError {
  return new ClientError(0, { code: 'NETWORK', message: 'network' })
}

/** The error a failed response carries. */
export async function errorFrom(response: Response): Promise<ClientError> {
  const body: unknown = await response.json().catch(() => null)
  const error = body && typeof body === 'object' && 'error' in body ? body.error : null
  if (isErrorBody(error)) return new ClientError(response.status, error)
  // Whoever answers there is no CRM, or stands before one: the address tells most.
  return new ClientError(response.status, { code: `HTTP_${response.status}`, message: `HTTP ${response.status} ${response.url}` })
}

/** Was the request called off by us? */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** Anything thrown, as a {@link ClientError}. */
export function asClientError(error: unknown): ClientError {
  if (error instanceof ClientError) return error
  return new ClientError(0, { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) })
}

function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && 'message' in value
}

function isIssue(value: unknown): value is Issue {
  return typeof value === 'object' && value !== null && 'message' in value && 'path' in value
}

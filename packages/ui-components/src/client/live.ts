import { asClientError, errorFrom } from './client-error.ts'
import { isExpandable } from './record.ts'
import type { Session } from './session.ts'
import type { RecordEvent } from './store.ts'
import type { RecordQuery } from './types.ts'

/** What a message tells of one object. */
interface ObjectNews {
  readonly object: string
  readonly changed?: readonly string[]
  readonly gone?: readonly string[]
  /** Too much to say, or missed: look at everything again. */
  readonly reset?: true
}

/** How records of others that a component did not know come into it. */
export interface Newcomers {
  /** What the component shows, so that the server decides whether they belong there; null = it takes none at the moment. */
  readonly asked: () => Pick<RecordQuery, 'where' | 'search' | 'expand'> | null
  /** Counts that were told of the component's own changes are out of date now. */
  readonly recount: () => void
}

interface Watcher {
  readonly onEvent: (event: RecordEvent) => void
  readonly newcomers: Newcomers | null
}

const mostIds = 200
const mostExpanded = 10
/** Lets all components of a page ask before it connects. */
const startDelay = 150
const pollDelay = 15_000
/** A stream that says nothing for so long at first is held back by something in between. */
const firstWord = 10_000
/** One that falls silent for so long is dead: a server with nothing to tell says so every 15 seconds, or every 30 at the most. */
const longestSilence = 45_000
const retryDelays = [1_000, 3_000, 10_000, 30_000] as const
/** Answers that another try would not change. */
const final = new Set([401, 403, 404, 405])

/**
 * Follows what others change: one connection for all components of a page with the same server, closed while nobody looks at the page.
 * Known records are read again when they changed; of unknown ones those are told who may want them. Where streams do not come through,
 * it asks from time to time.
 */
class LiveLink {
  readonly #session: Session
  readonly #watchers = new Map<string, Set<Watcher>>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | null = null
  #position: string | undefined
  #failures = 0
  #polls = false
  #over = false

  constructor(session: Session) {
    this.#session = session
  }

  /** Keeps the page's records of an object up to date, and lets new ones in, until the returned function is called. */
  watch(object: string, onEvent: Watcher['onEvent'], newcomers: Newcomers | null): () => void {
    const watcher: Watcher = { onEvent, newcomers }
    const watchers = this.#watchers.get(object) ?? new Set()
    if (!this.#watchers.has(object)) this.#watchers.set(object, watchers)
    watchers.add(watcher)
    if (watchers.size === 1) this.#restart()
    if (this.#count === 1) document.addEventListener('visibilitychange', this.#onVisibility)
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0) return
      this.#watchers.delete(object)
      if (this.#watchers.size === 0) document.removeEventListener('visibilitychange', this.#onVisibility)
      this.#restart()
    }
  }

  get #count(): number {
    return [...this.#watchers.values()].reduce((sum, watchers) => sum + watchers.size, 0)
  }

  readonly #onVisibility = (): void => this.#restart()

  #restart(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.#abort = null
    if (this.#watchers.size === 0 || this.#over || document.hidden) return
    this.#timer = setTimeout(() => void this.#run(), startDelay)
  }

  async #run(): Promise<void> {
    const abort = new AbortController()
    this.#abort = abort
    try {
      if (this.#polls) await this.#poll(abort.signal)
      else await this.#stream(abort.signal)
      this.#failures = 0
    } catch (error) {
      if (abort.signal.aborted) return
      const { status, code } = asClientError(error)
      this.#polls ||= code === 'LIMIT_EXCEEDED'
      this.#over = final.has(status)
      this.#failures += 1
    }
    if (abort.signal.aborted || this.#over) return
    const delay = this.#failures > 0 ? retryDelays[Math.min(this.#failures, retryDelays.length) - 1] : this.#polls ? pollDelay : startDelay
    this.#timer = setTimeout(() => void this.#run(), delay)
  }

  get #objects(): string {
    return [...this.#watchers.keys()].sort().join(',')
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const isNew = this.#position === undefined
    const query = { objects: this.#objects, after: this.#position }
    const { position, changes } = await this.#session.client.send<{ position: string; changes: readonly ObjectNews[] }>('GET', 'live', {
      query,
      signal,
    })
    this.#position = position
    await this.#take(isNew ? this.#everything : changes)
  }

  /** What changed while the page was being read is found by looking once. */
  get #everything(): readonly ObjectNews[] {
    return [...this.#watchers.keys()].map((object) => ({ object, reset: true as const }))
  }

  /** Ends when the server ends it, which it does from time to time, or when nothing is heard of it any more. */
  async #stream(signal: AbortSignal): Promise<void> {
    const silent = new AbortController()
    let timer = setTimeout(() => {
      this.#polls = true
      silent.abort()
    }, firstWord)
    const heard = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => silent.abort(), longestSilence)
    }
    try {
      await this.#follow(AbortSignal.any([signal, silent.signal]), heard)
    } finally {
      clearTimeout(timer)
    }
  }

  async #follow(signal: AbortSignal, heard: () => void): Promise<void> {
    const { client } = this.#session
    const isNew = this.#position === undefined
    const query = { objects: this.#objects, after: this.#position }
    const headers = { ...client.headers('GET'), accept: 'text/event-stream' }
    const send = client.options.fetch ?? fetch
    const answer = await send(client.address('live', query), { headers, signal, credentials: 'same-origin' })
    if (!answer.ok) throw await errorFrom(answer)
    if (!answer.body || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
      this.#over = true
      return
    }
    if (isNew) await this.#take(this.#everything)
    await this.#read(answer.body, heard)
  }

  async #read(body: ReadableStream<Uint8Array>, heard: () => void): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
    for (let text = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return
      heard()
      const messages = (text + value).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) await this.#hear(message)
    }
  }

  async #hear(message: string): Promise<void> {
    const line = (name: string): string | undefined =>
      message
        .split('\n')
        .find((one) => one.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    this.#position = line('id') ?? this.#position
    const data = line('data')
    if (line('event') === 'changes' && data) await this.#take((JSON.parse(data) as { changes: readonly ObjectNews[] }).changes)
  }

  async #take(news: readonly ObjectNews[]): Promise<void> {
    const { store } = this.#session
    for (const { object, changed = [], gone = [], reset } of news) {
      for (const id of gone) store.remove(object, id)
      const ids = reset ? store.idsOf(object).slice(-mostIds) : changed
      const known = ids.filter((id) => store.get(object, id))
      if (known.length > 0) await this.#readAgain(object, known, reset === true)
      const unknown = ids.filter((id) => !store.get(object, id))
      if (unknown.length > 0) for (const watcher of this.#watchers.get(object) ?? []) await this.#letIn(object, unknown, watcher)
    }
  }

  async #letIn(object: string, ids: readonly string[], { onEvent, newcomers }: Watcher): Promise<void> {
    const asked = newcomers?.asked()
    if (!asked) return
    const { client, store } = this.#session
    const these = { id: { in: ids } }
    const where = asked.where ? { and: [asked.where, these] } : these
    const { records } = await client.find(object, { ...asked, where, limit: ids.length })
    store.merge(object, records)
    for (const after of records) onEvent({ object, id: after.id, before: null, after })
    if (records.length > 0) newcomers?.recount()
  }

  /** Records that are not there any more are gone. */
  async #readAgain(object: string, ids: readonly string[], isLook: boolean): Promise<void> {
    const { client, store } = this.#session
    const definition = await this.#session.object(object)
    const expand = definition.fields
      .filter(isExpandable)
      .map(({ name }) => name)
      .slice(0, mostExpanded)
    const { records } = await client.find(object, { where: { id: { in: ids } }, limit: mostIds, expand })
    store.merge(object, records)
    if (!isLook) return
    const found = new Set(records.map(({ id }) => id))
    for (const id of ids) if (!found.has(id)) store.remove(object, id)
  }
}

const links = new WeakMap<Session, LiveLink>()

/** The connection of a page to one server. */
export function liveLink(session: Session): LiveLink {
  const known = links.get(session) ?? new LiveLink(session)
  links.set(session, known)
  return known
}

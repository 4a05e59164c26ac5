import type { Messages } from '../messages/messages.ts'
import { overrideMessages } from '../messages/messages.ts'
import { Client, type ClientOptions } from './client.ts'
import { dropDrafts } from './draft-key.ts'
import { RecordStore } from './store.ts'
import type { Me, ObjectView, Person } from './types.ts'

/** What a host may set for all components of a page. */
export interface Configuration extends Partial<Omit<ClientOptions, 'base'>> {
  /** Base path these settings are for; `/crm` unless said. */
  readonly src?: string
  /** Words instead of ours, by locale and key. */
  readonly messages?: { readonly [locale: string]: Partial<Messages> }
  /** Offered first for sums of money; `CNY` unless said. */
  readonly currency?: string
}

/** One server as this page knows it: its client, and what was read from it once for everybody. */
export class Session {
  readonly client: Client
  readonly store = new RecordStore()
  readonly currency: string
  readonly #objects = new Map<string, Promise<ObjectView>>()
  readonly #people = new Map<string, Person>()
  #me: Promise<Me> | null = null
  #skew = 0

  constructor(base: string, configuration: Configuration) {
    this.client = new Client({ base, fetch: configuration.fetch, headers: configuration.headers })
    this.currency = configuration.currency ?? 'CNY'
  }

  /** The definition of an object, read once. */
  object(name: string): Promise<ObjectView> {
    return keep(this.#objects, name, () => this.client.object(name))
  }

  /** Who is looking, read once. */
  me(): Promise<Me> {
    this.#me ??= this.client.me().then(
      (me) => {
        if (me.now !== undefined) this.#skew = me.now - Date.now()
        return me
      },
      (error) => {
        this.#me = null
        throw error
      },
    )
    return this.#me
  }

  /** The server's time. */
  now(): number {
    return Date.now() + this.#skew
  }

  /** A person somebody has read before. */
  person(id: string): Person | undefined {
    return this.#people.get(id)
  }

  /** Reads the people that are not known yet. */
  async loadPeople(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#people.has(id))
    if (missing.length > 0) this.keepPeople(await this.client.people({ ids: missing }))
  }

  keepPeople(people: readonly Person[]): void {
    for (const person of people) this.#people.set(person.id, person)
  }
}

const sessions = new Map<string, Session>()
const configurations = new Map<string, Configuration>()

/** Settings for every component with this `src`. Call it before the first of them connects. */
export function configure(configuration: Configuration): void {
  const base = trimmed(configuration.src ?? '/crm')
  configurations.set(base, { ...configurations.get(base), ...configuration })
  sessions.delete(base)
  if (configuration.messages) overrideMessages(configuration.messages)
}

/** The one session of a base path. */
export function sessionFor(src: string): Session {
  const base = trimmed(src)
  const known = sessions.get(base)
  if (known) return known
  const session = new Session(base, configurations.get(base) ?? {})
  sessions.set(base, session)
  return session
}

/**
 * Forgets everything read from a server, and drafts kept for it: call it when somebody signs out or another person signs in without a
 * reload, then put fresh components on the page.
 */
export function forget(src = '/crm'): void {
  const base = trimmed(src)
  sessions.delete(base)
  dropDrafts(base)
}

const trimmed = (src: string): string => src.replace(/\/+$/, '')

/** One read per key; a failed one is forgotten, so that a retry asks again. */
function keep<T>(cache: Map<string, Promise<T>>, name: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  if (known) return known
  const reading = read().catch((error) => {
    cache.delete(name)
    throw error
  })
  cache.set(name, reading)
  return reading
}

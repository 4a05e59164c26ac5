import { randomUUID } from 'node:crypto'
import type { Crm, TailChange } from '@guanxi/core'

const pollMilliseconds = 500
const pageSize = 500
/** Changes of a tenant that are kept for those who come back. */
const remembered = 1_000
/** A tenant nobody has asked about for this long is forgotten. */
const patience = 90_000

interface Recent {
  /** Number of the first change that is kept. */
  first: number
  changes: TailChange[]
  askedAt: number
}

/** What came after a position, or that too much has come to say. */
export interface News {
  readonly position: string
  readonly changes: readonly TailChange[]
  readonly isWhole: boolean
}

/**
 * Follows the change log for all readers of one handler. Its one timer runs while somebody reads or has asked lately. Positions are
 * numbers of this process and tenant: they tell nobody how much others write, and mean nothing to another process.
 */
export class LiveFeed {
  readonly #crm: Crm<never>
  readonly #id = randomUUID().slice(0, 8)
  readonly #tenants = new Map<string, Recent>()
  readonly #waiting = new Set<() => void>()
  #timer: NodeJS.Timeout | null = null
  #cursor: Promise<string | null> | null = null
  #failed = false

  constructor(crm: Crm<never>) {
    this.#crm = crm
  }

  /** False once the log could not be read: streams end, and their readers come back. */
  get isAlive(): boolean {
    return !this.#failed
  }

  /** Where a tenant's changes end now. */
  async position(tenant: string): Promise<string> {
    const recent = this.#recent(tenant)
    await this.#begin()
    return this.#name(recent.first + recent.changes.length)
  }

  /** What has come since. */
  async since(tenant: string, position: string): Promise<News> {
    const recent = this.#recent(tenant)
    await this.#begin()
    const end = recent.first + recent.changes.length
    const [id, number] = position.split(':')
    const from = Number(number)
    const isWhole = id === this.#id && Number.isSafeInteger(from) && from >= recent.first && from <= end
    return { position: this.#name(end), changes: isWhole ? recent.changes.slice(from - recent.first) : [], isWhole }
  }

  /** Resolves when something has come for anybody, or the time is over. */
  next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds).unref()
      this.#waiting.add(done)
    })
  }

  #name(number: number): string {
    return `${this.#id}:${number}`
  }

  #recent(tenant: string): Recent {
    const known = this.#tenants.get(tenant)
    const recent = known ?? { first: 0, changes: [], askedAt: 0 }
    recent.askedAt = performance.now()
    this.#tenants.set(tenant, recent)
    return recent
  }

  async #begin(): Promise<void> {
    this.#cursor ??= this.#crm.changes.end()
    await this.#cursor.catch((error: unknown) => {
      this.#cursor = null
      throw error
    })
    this.#timer ??= setTimeout(() => void this.#poll(), pollMilliseconds).unref()
  }

  async #poll(): Promise<void> {
    try {
      let cursor = (await this.#cursor) ?? null
      for (let more = true; more; ) {
        const page = await this.#crm.changes.after(cursor, pageSize)
        for (const change of page.changes) this.#keep(change)
        more = page.changes.length === pageSize
        cursor = page.cursor
        if (page.changes.length > 0) this.#wake()
      }
      this.#cursor = Promise.resolve(cursor)
      this.#failed = false
    } catch {
      this.#failed = true
      this.#wake()
    }
    this.#timer = null
    this.#forget()
    if (this.#tenants.size === 0 || this.#failed) this.#cursor = null
    else this.#timer = setTimeout(() => void this.#poll(), pollMilliseconds).unref()
  }

  #keep(change: TailChange): void {
    const recent = this.#tenants.get(change.tenant)
    if (!recent) return
    recent.changes.push(change)
    const over = recent.changes.length - remembered
    if (over <= 0) return
    recent.changes.splice(0, over)
    recent.first += over
  }

  /** A feed that stops begins with new numbers where it is asked again: what is forgotten is never taken for nothing. */
  #forget(): void {
    const now = performance.now()
    for (const [tenant, { askedAt }] of this.#tenants) if (now - askedAt > patience || this.#failed) this.#tenants.delete(tenant)
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done()
  }
}

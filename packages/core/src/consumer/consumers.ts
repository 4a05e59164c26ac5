import type { Scope } from '../scope/scope.ts'
import type { SelectPlan } from '../store/port.ts'
import { consumerTable } from '../store/system-tables.ts'
import { ConsumerPass, type PassOptions, pageSize } from './consumer-pass.ts'
import { type Reader, readersOf } from './reader.ts'

type Kernel = Scope['kernel']

/** A consumer's cursor spans all tenants. */
const everyTenant = '*'
/** Where all committed hooks stood together, before each had a place of its own. */
const formerConsumer = 'committed'

const placesPlan: SelectPlan = {
  table: consumerTable,
  columns: ['id', 'cursor', 'lease_owner', 'lease_until'],
  order: [],
  revision: false,
}
const rowsPlan = { table: consumerTable, columns: ['tenant_id', 'id', 'cursor', 'lease_owner', 'lease_until', 'fence'] }

/** Brings the change log to everybody who reads it. */
export class Consumers {
  readonly readers: readonly Reader[]
  readonly #kernel: Kernel
  readonly #passes: ReadonlyMap<string, ConsumerPass>

  constructor(kernel: Kernel, options: PassOptions) {
    this.#kernel = kernel
    this.readers = readersOf(kernel)
    this.#passes = new Map(this.readers.map((reader) => [reader.id, new ConsumerPass(kernel, reader, options)]))
  }

  /** Adds consumers where the log ends now, unless they are there: a log from before their time is not delivered. */
  async prepare(): Promise<void> {
    const { direct, work } = this.#kernel.store
    if (this.readers.length === 0) return
    const places = await this.places()
    const fresh = this.readers.filter(({ id }) => !places.has(id))
    if (fresh.length === 0) return
    const cursor = places.has(formerConsumer) ? places.get(formerConsumer) : await work.endOfChanges()
    const rows = fresh.map(({ id }) => [everyTenant, id, cursor ?? null, null, null, 0])
    await direct.put(rowsPlan, rows, 'ignore')
  }

  /** Consumer → cursor. */
  async places(): Promise<Map<string, string | null>> {
    const rows = await this.#kernel.store.direct.select(placesPlan, [everyTenant])
    return new Map(rows.map(({ id, cursor }) => [String(id), cursor === null ? null : String(cursor)]))
  }

  /** One look at the log for everybody; the answer is whether anybody was told anything. */
  async look(): Promise<boolean> {
    return (await Promise.all(await this.start())).includes(true)
  }

  /** Starts a pass for everybody who is not at it; each tells whether it did anything. */
  async start(): Promise<Promise<boolean>[]> {
    if (this.readers.length === 0) return []
    const { store } = this.#kernel
    const [places, counts] = await Promise.all([this.places(), store.work.countParked(null)])
    const retrying = new Set(counts.filter((row) => Number(row.retrying) > 0).map((row) => String(row.consumer)))
    const parked = new Set(counts.map((row) => String(row.consumer)))
    const pages = new Map<string | null, ReturnType<typeof store.direct.changesAfter>>()
    const pageAt = (cursor: string | null) => {
      const known = pages.get(cursor) ?? store.direct.changesAfter(cursor, pageSize)
      pages.set(cursor, known)
      return known
    }
    return [...this.#passes].flatMap(([id, pass]) => {
      const cursor = places.get(id)
      return cursor === undefined ? [] : pass.run({ cursor, pageAt, retrying: retrying.has(id), parked: parked.has(id) })
    })
  }

  /** Ends each pass after the change under way. */
  async stop(): Promise<void> {
    await Promise.all([...this.#passes.values()].map((pass) => pass.stop()))
  }

  resume(): void {
    for (const pass of this.#passes.values()) pass.resume()
  }
}

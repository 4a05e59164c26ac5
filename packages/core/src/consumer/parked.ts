import { errorText } from '../job/settle.ts'
import type { RawRow, SelectPlan, Store } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { changeTable, parkedTable } from '../store/system-tables.ts'

const column = (name: string, nullable = false) => ({ column: name, nullable })
const rowColumns = [
  'tenant_id',
  'consumer',
  'change_id',
  'error',
  'attempts',
  'parked_at',
  'object',
  'record_id',
  'version',
  'retry_at',
] as const

const ofConsumer: Predicate = { op: 'eq', operand: column('consumer'), param: 1 }
const ofRecord: Predicate = { op: 'and', of: [ofConsumer, { op: 'eq', operand: column('record_id', true), param: 2 }] }
const ofChange: Predicate = { op: 'and', of: [ofConsumer, { op: 'eq', operand: column('change_id'), param: 2 }] }

const blockedPlan: SelectPlan = {
  table: parkedTable,
  columns: ['record_id'],
  where: { op: 'and', of: [ofConsumer, { op: 'in', operand: column('record_id', true), param: 2 }] },
  order: [],
  revision: false,
}
const linePlan: SelectPlan = {
  table: parkedTable,
  columns: rowColumns,
  where: ofRecord,
  order: [
    { operand: column('version', true), descending: false },
    { operand: column('change_id'), descending: false },
  ],
  limit: 3,
  revision: false,
}
const changesPlan: SelectPlan = {
  table: changeTable,
  columns: ['tenant_id', ...changeTable.columns.map(({ name }) => name).filter((name) => name !== 'tenant_id')],
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: column('record_id'), param: 1 },
      { op: 'in', operand: column('id'), param: 2 },
    ],
  },
  order: [{ operand: column('version'), descending: false }],
  revision: false,
}
const rowsPlan = { table: parkedTable, columns: rowColumns }
const triedPlan = { table: parkedTable, columns: ['error', 'attempts', 'parked_at', 'retry_at'] }
const begunPlan = { table: parkedTable, columns: ['error', 'attempts', 'retry_at'] }
const retryPlan = { table: parkedTable, columns: ['retry_at'] }

/** A change that is parked, with its place in the line of its record. */
export interface ParkedChange {
  readonly changeId: string
  readonly version: number
  readonly attempts: number
  readonly row: RawRow | undefined
}

const linesAtOnce = 101

/** What a change says of itself from when it is told until what became of it is noted. */
export const unnoted = 'Nothing was noted since it was told: the process died, or is still at it.'

/** The changes that one consumer could not digest. Only whoever holds the consumer's lease changes them, or an operator. */
export class ParkedChanges {
  readonly #store: Store
  readonly #consumer: string

  constructor(store: Store, consumer: string) {
    this.#store = store
    this.#consumer = consumer
  }

  /** Records, of those named, that have a line already: what comes later has to wait behind it. */
  async blocked(tenant: string, records: readonly string[]): Promise<Set<string>> {
    const blocked = new Set<string>()
    for (let start = 0; start < records.length; start += linesAtOnce) {
      const some = records.slice(start, start + linesAtOnce)
      for (const row of await this.#store.direct.select(blockedPlan, [tenant, this.#consumer, some])) blocked.add(String(row.record_id))
    }
    return blocked
  }

  /** The first of a line carries the error and when it is tried again; those behind it only wait. */
  async park(
    rows: readonly RawRow[],
    first: { readonly error: unknown; readonly attempts: number; readonly retryAt: number | null } | null,
    now: number,
  ) {
    const parked = rows.map((row, index) => {
      const head = index === 0 ? first : null
      const state = head ? [errorText(head.error), head.attempts, now] : ['', 0, now]
      return [row.tenant_id, this.#consumer, row.id, ...state, row.object, row.record_id, row.version, head?.retryAt ?? null]
    })
    // A page that is told again after a crash finds its own rows: the first of a line must not become one that only waits.
    await this.#store.direct.put(rowsPlan, parked, first ? 'replace' : 'ignore')
  }

  /** The line of a record, its oldest change first, 101 at a time: the one behind those that are tried is known. */
  async line(tenant: string, record: string): Promise<ParkedChange[]> {
    const { direct } = this.#store
    const parked = await direct.select(linePlan, [tenant, this.#consumer, record, linesAtOnce])
    if (parked.length === 0) return []
    const ids = parked.map(({ change_id }) => String(change_id))
    const changes = new Map((await direct.select(changesPlan, [tenant, record, ids])).map((row) => [String(row.id), row]))
    return parked.map((row) => ({
      changeId: String(row.change_id),
      version: Number(row.version),
      attempts: Number(row.attempts),
      row: changes.get(String(row.change_id)),
    }))
  }

  async remove(tenant: string, changeId: string): Promise<void> {
    await this.#store.direct.delete(parkedTable, ofChange, [tenant, this.#consumer, changeId])
  }

  /** The first of a line is about to be told again, and counts as tried from now on. */
  async begun(tenant: string, { changeId, attempts }: ParkedChange, retryAt: number | null): Promise<void> {
    await this.#store.direct.set(begunPlan, [unnoted, attempts + 1, retryAt], ofChange, [tenant, this.#consumer, changeId])
  }

  /** The first of a line failed again. */
  async failed(tenant: string, { changeId, attempts }: ParkedChange, error: unknown, retryAt: number | null, now: number): Promise<void> {
    await this.#store.direct.set(triedPlan, [errorText(error), attempts + 1, now, retryAt], ofChange, [tenant, this.#consumer, changeId])
  }

  /** The next of a line is due now. */
  async goOn(tenant: string, changeId: string, now: number): Promise<void> {
    await this.#store.direct.set(retryPlan, [now], ofChange, [tenant, this.#consumer, changeId])
  }
}

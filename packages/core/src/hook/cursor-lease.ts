import type { SelectPlan, Store, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { consumerTable } from '../store/system-tables.ts'

/** A consumer's cursor spans all tenants. */
const everyTenant = '*'

/** A consumer that neither advances nor renews for this long has died, and another process takes over. */
export const leaseMilliseconds = 30_000

const id = { column: 'id', nullable: false }
const mine: Predicate = {
  op: 'and',
  of: [
    { op: 'eq', operand: id, param: 1 },
    { op: 'eq', operand: { column: 'fence', nullable: false }, param: 2 },
  ],
}

const columns = ['cursor', 'lease_owner', 'lease_until', 'fence']
const readPlan: SelectPlan = {
  table: consumerTable,
  columns,
  where: { op: 'eq', operand: id, param: 1 },
  order: [],
  revision: false,
  lock: true,
}
const peekPlan: SelectPlan = { ...readPlan, lock: false }
const rowsPlan = { table: consumerTable, columns: ['tenant_id', 'id', ...columns] }
const positionPlan = { table: consumerTable, columns: ['cursor', 'lease_until'] }
const untilPlan = { table: consumerTable, columns: ['lease_until'] }

interface ConsumerRow {
  readonly cursor: string | null
  readonly owner: string | null
  readonly until: number
  readonly fence: number
}

/** A lease that was taken. Everything it writes carries its fence, so one who lost it can no longer move the cursor. */
export interface HeldLease {
  readonly cursor: string | null
  /** Moves the cursor and renews the lease; false = lost to another process. */
  save(cursor: string | null): Promise<boolean>
  /** Renews the lease once half of it is over; false = lost. */
  renew(): Promise<boolean>
  release(): Promise<void>
}

/** Where a consumer of the change log stands, and which process may move it. */
export interface CursorLease {
  /** The cursor as anybody may read it; undefined = the consumer is new. */
  peek(): Promise<{ readonly cursor: string | null } | undefined>
  /** Adds a new consumer at this cursor; one that is there stays as it is. */
  begin(cursor: string | null): Promise<void>
  /** Null = another process holds it. */
  take(): Promise<HeldLease | null>
}

/** The lease of one consumer for one process. */
export function cursorLease(store: Store, consumer: string, owner: string, now: () => number): CursorLease {
  const key = [everyTenant, consumer]
  const add = (session: StoreSession, { cursor, owner, until, fence }: ConsumerRow) =>
    session.put(rowsPlan, [[...key, cursor, owner, until, fence]], 'ignore')
  const read = async (session: StoreSession, plan: SelectPlan): Promise<ConsumerRow | undefined> => {
    const [row] = await session.select(plan, key)
    return (
      row && {
        cursor: textOrNull(row.cursor),
        owner: textOrNull(row.lease_owner),
        until: Number(row.lease_until ?? 0),
        fence: Number(row.fence),
      }
    )
  }
  const take = async (session: StoreSession): Promise<ConsumerRow | null> => {
    await add(session, { cursor: null, owner: null, until: 0, fence: 0 })
    const row = await read(session, readPlan)
    if (!row || (row.owner !== owner && row.until > now())) return null
    const taken = { ...row, owner, until: now() + leaseMilliseconds, fence: row.fence + 1 }
    await session.put(rowsPlan, [[...key, taken.cursor, taken.owner, taken.until, taken.fence]], 'replace')
    return taken
  }
  return {
    peek: () => read(store.direct, peekPlan),
    begin: async (cursor) => {
      await add(store.direct, { cursor, owner: null, until: 0, fence: 0 })
    },
    take: async () => {
      const taken = await store.transaction(take)
      return taken && held(store, consumer, taken, now)
    },
  }
}

function held({ direct }: Store, consumer: string, { cursor, until, fence }: ConsumerRow, now: () => number): HeldLease {
  const params = [everyTenant, consumer, fence]
  let renewAt = until - leaseMilliseconds / 2
  const extended = (): number => {
    renewAt = now() + leaseMilliseconds / 2
    return now() + leaseMilliseconds
  }
  return {
    cursor,
    save: async (position) => (await direct.set(positionPlan, [position, extended()], mine, params)) === 1,
    renew: async () => now() < renewAt || (await direct.set(untilPlan, [extended()], mine, params)) === 1,
    release: async () => {
      await direct.set(untilPlan, [0], mine, params)
    },
  }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

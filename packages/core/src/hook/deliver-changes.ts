import type { ChangeEntry } from '../record/records.ts'
import type { RawRow, Store } from '../store/port.ts'
import { parkedTable } from '../store/system-tables.ts'
import type { CommittedChange, CommittedContext, HookOperation } from './hook.ts'
import { listens } from './match-hooks.ts'
import type { OrderedHook } from './ordered-hook.ts'

/** Bounds of delivery. */
const deliveryLimits = { tries: 5, firstDelay: 100, records: 8 } as const

/** What delivering a change needs. */
export interface DeliveryDeps {
  readonly store: Store
  /** Committed hooks, in run order. */
  readonly hooks: readonly OrderedHook[]
  /** A row of the change log as the API spells it. */
  readonly decode: (row: RawRow) => ChangeEntry | Promise<ChangeEntry>
  /** Records and services for one run of one hook, acting as the system in the change's tenant. */
  readonly lend: (tenant: string, entry: ChangeEntry, hook: OrderedHook) => Pick<CommittedContext, 'records' | 'messages' | 'service'>
  readonly clock: () => number
  readonly log: (entry: { readonly level: 'info' | 'warn' | 'error'; readonly message: string; readonly [key: string]: unknown }) => void
  /** 0 ≤ n < 1. */
  readonly random?: () => number
  readonly wait?: (milliseconds: number) => Promise<void>
}

/**
 * Brings changes to the hooks that listen to them: those of one record one after the other, several records side by side.
 * `goOn` is asked before each change; false leaves the rest undone.
 */
export async function deliverChanges(rows: readonly RawRow[], deps: DeliveryDeps, goOn: () => Promise<boolean>): Promise<void> {
  const wanted = rows.filter((row) => candidates(row, deps).length > 0)
  const byRecord = Map.groupBy(wanted, (row) => JSON.stringify([row.tenant_id, row.object, row.record_id]))
  const queue = [...byRecord.values()]
  const work = async (): Promise<void> => {
    for (let changes = queue.shift(); changes; changes = queue.shift()) {
      for (const row of changes) {
        if (!(await goOn())) return
        await deliverOne(row, deps)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(deliveryLimits.records, queue.length) }, work))
}

function candidates(row: RawRow, { hooks }: DeliveryDeps): OrderedHook[] {
  return hooks.filter(({ object, on }) => object === row.object && on.includes(row.op as HookOperation))
}

async function deliverOne(row: RawRow, deps: DeliveryDeps): Promise<void> {
  const decoded = await decode(row, deps)
  for (const hook of candidates(row, deps)) {
    if (decoded instanceof Undecodable) await park(row, hook, decoded.cause, 1, deps)
    else if (listens(hook, decoded.operation, Object.keys(decoded.values ?? {}))) await tryHook(row, decoded, hook, deps)
  }
}

class Undecodable {
  readonly cause: unknown
  constructor(cause: unknown) {
    this.cause = cause
  }
}

/** A change nobody can read would stop the log for everybody. */
async function decode(row: RawRow, deps: DeliveryDeps): Promise<ChangeEntry | Undecodable> {
  try {
    return await deps.decode(row)
  } catch (error) {
    return new Undecodable(error)
  }
}

async function tryHook(row: RawRow, entry: ChangeEntry, hook: OrderedHook, deps: DeliveryDeps): Promise<void> {
  const { wait = pause, random = Math.random } = deps
  for (let attempt = 1; ; attempt++) {
    try {
      return await runCommitted(row, entry, hook, attempt, deps)
    } catch (error) {
      if (attempt === deliveryLimits.tries) return park(row, hook, error, attempt, deps)
      deps.log({
        level: 'warn',
        message: 'A committed hook failed and is tried again.',
        hook: hook.id,
        change: entry.id,
        attempt,
        error: textOf(error),
      })
      await wait(Math.floor(random() * deliveryLimits.firstDelay * 2 ** (attempt - 1)))
    }
  }
}

async function runCommitted(
  row: RawRow,
  entry: ChangeEntry,
  hook: OrderedHook,
  attempt: number,
  { lend, clock }: DeliveryDeps,
): Promise<void> {
  const { id, object, recordId, operation, version, values, actor, at, recordedAt } = entry
  const tenant = String(row.tenant_id)
  const change: CommittedChange = { operation, object, id: recordId, version, values: values ?? {} }
  const context: CommittedContext = {
    tenant,
    actorId: actor.id,
    at,
    recordedAt,
    now: clock(),
    key: `${id}:${hook.id}`,
    attempt,
    ...lend(tenant, entry, hook),
  }
  const run = hook.run as (changes: readonly CommittedChange[], context: CommittedContext) => void | Promise<void>
  await run([change], context)
}

const parkedRows = { table: parkedTable, columns: ['tenant_id', 'consumer', 'change_id', 'error', 'attempts', 'parked_at'] }
const longestError = 2_000

async function park(row: RawRow, hook: OrderedHook, error: unknown, attempts: number, { store, clock, log }: DeliveryDeps): Promise<void> {
  const text = textOf(error).slice(0, longestError)
  await store.direct.put(parkedRows, [[row.tenant_id, hook.id, row.id, text, attempts, clock()]], 'replace')
  log({
    level: 'error',
    message: 'A committed hook failed and its change is parked.',
    hook: hook.id,
    change: row.id,
    attempts,
    error: text,
  })
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

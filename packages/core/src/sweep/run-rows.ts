import type { DeciderRun, DeciderRunQuery } from '../decider/deciders.ts'
import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { deciderRunTable } from '../store/system-tables.ts'

const columns = [
  ...['id', 'decider', 'object', 'version', 'mode', 'at', 'status', 'started_at', 'finished_at', 'by', 'affected', 'cursor', 'result'],
] as const

/** A run with what only we need to know. */
export type StoredRun = DeciderRun & {
  /** How far it has come: the last record written; null before the first. */
  readonly cursor: string | null
  /** Records that could not be judged when it began. */
  readonly unknown: number
  /** Where its changes stand in the log: behind the first number, up to the second. Null: not known. */
  readonly log: { readonly from: number; readonly to: number | null } | null
}

const column = (name: string) => ({ column: name, nullable: false })
const eq = (name: string, param: number): Predicate => ({ op: 'eq', operand: column(name), param })

const newest: SelectPlan = {
  table: deciderRunTable,
  columns,
  order: [{ operand: column('id'), descending: true }],
  limit: 1,
  revision: false,
}
const newestBy = {
  all: newest,
  decider: { ...newest, where: eq('decider', 2) },
  status: { ...newest, where: eq('status', 2) },
  both: { ...newest, where: { op: 'and', of: [eq('decider', 2), eq('status', 3)] } },
} satisfies Record<string, SelectPlan>
const byId: SelectPlan = { table: deciderRunTable, columns, where: eq('id', 1), order: [], revision: false }
const lockedById: SelectPlan = { ...byId, lock: true }
const byKey: SelectPlan = {
  table: deciderRunTable,
  columns,
  where: { op: 'and', of: [eq('decider', 1), eq('mode', 2), eq('at', 3)] },
  order: [],
  revision: false,
}

/** Runs, newest first. */
export async function readRuns(
  session: StoreSession,
  tenant: string,
  { decider, status, limit = 50 }: DeciderRunQuery,
): Promise<StoredRun[]> {
  const asked = [decider, status].filter((one) => one !== undefined)
  const shape = asked.length === 2 ? 'both' : decider !== undefined ? 'decider' : status !== undefined ? 'status' : 'all'
  return (await session.select(newestBy[shape], [tenant, limit, ...asked])).map(decodeRun)
}

/** A run by its id; locked where it is to be gone on with. */
export async function readRun(session: StoreSession, tenant: string, id: string, lock = false): Promise<StoredRun | null> {
  const [row] = await session.select(lock ? lockedById : byId, [tenant, id])
  return row ? decodeRun(row) : null
}

/** The run of an instant. */
export async function findRun(
  session: StoreSession,
  tenant: string,
  key: Pick<DeciderRun, 'decider' | 'mode' | 'at'>,
): Promise<StoredRun | null> {
  const [row] = await session.select(byKey, [tenant, key.decider, key.mode, key.at])
  return row ? decodeRun(row) : null
}

/** Keeps a new run, or in the place of one that waited. Throws UniqueViolation where there is another for its instant. */
export async function addRun(session: StoreSession, tenant: string, run: StoredRun, isWaiting = false): Promise<void> {
  const { id, decider, object, version, mode, at, status, startedAt, finishedAt, by, affected, cursor } = run
  const values = [tenant, id, decider, object, version, mode, at, status, startedAt, finishedAt, by, affected, cursor, resultOf(run)]
  await session.put({ table: deciderRunTable, columns: ['tenant_id', ...columns] }, [values], isWaiting ? 'replace' : 'error')
}

/** Keeps how far a run has come, or what became of it. */
export async function setRun(session: StoreSession, tenant: string, run: StoredRun): Promise<void> {
  const { id, status, finishedAt, affected, cursor } = run
  await session.set(
    { table: deciderRunTable, columns: ['status', 'finished_at', 'affected', 'cursor', 'result'] },
    [status, finishedAt, affected, cursor, resultOf(run)],
    eq('id', 1),
    [tenant, id],
  )
}

const resultOf = ({ skipped, undo, planned, unknown, breaches, dismissed, seed, metrics, log }: StoredRun): string =>
  JSON.stringify({ skipped, undo, planned: { affected: planned, unknown }, breaches, dismissed, seed, metrics, log })

interface Result
  extends Pick<DeciderRun, 'skipped' | 'undo'>,
    Partial<Pick<StoredRun, 'breaches' | 'dismissed' | 'seed' | 'metrics' | 'log'>> {
  readonly planned: { readonly affected: number; readonly unknown: number }
}

function decodeRun(row: RawRow): StoredRun {
  const result = (typeof row.result === 'string' ? JSON.parse(row.result) : row.result) as Result
  return {
    id: String(row.id),
    decider: String(row.decider),
    object: String(row.object),
    version: Number(row.version),
    mode: String(row.mode) as DeciderRun['mode'],
    at: Number(row.at),
    status: String(row.status) as DeciderRun['status'],
    startedAt: Number(row.started_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    by: String(row.by),
    affected: Number(row.affected),
    cursor: row.cursor === null ? null : String(row.cursor),
    planned: result.planned.affected,
    unknown: result.planned.unknown,
    breaches: result.breaches ?? [],
    skipped: result.skipped,
    undo: result.undo,
    dismissed: result.dismissed ?? null,
    seed: result.seed ?? null,
    metrics: result.metrics ?? {},
    log: result.log ?? null,
  }
}

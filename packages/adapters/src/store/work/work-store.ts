import type { ConsumerClaim, Holdup, JobClaim, RawRow, WorkStore } from '@guanxi/core/store'
import { countParkedSql, keepSql, parkedDueSql, takeSql, wakeOrphansSql } from './consumer-sql.ts'
import type { WorkDialect } from './dialect.ts'
import { claimSql, countSql, finishSql, heldSql, releaseSql, renewSql } from './job-sql.ts'

/** A text with `$1` … for its values, and the name it has in traces. */
export interface WorkStatement {
  readonly sql: string
  readonly label: string
}

/** How statements reach one engine. Each commits by itself. */
export interface WorkRunner {
  read(statement: WorkStatement, values: readonly unknown[]): Promise<RawRow[]>
  /** A statement that changes rows and answers with some. */
  change(statement: WorkStatement, values: readonly unknown[]): Promise<RawRow[]>
  /** How many rows it changed. */
  count(statement: WorkStatement, values: readonly unknown[]): Promise<number>
}

/** Shared work, by statements of one shape on both engines. */
export function createWorkStore(dialect: WorkDialect, runner: WorkRunner): WorkStore {
  const named = (label: string, sql: string): WorkStatement => ({ label, sql })
  const claim = named('claim jobs', claimSql(dialect))
  const renew = named('renew jobs', renewSql(dialect))
  const heldNow = named('held jobs', heldSql(dialect))
  const finish = named('finish jobs', finishSql(dialect))
  const release = named('release jobs', releaseSql(dialect))
  const counts = [named('count jobs', countSql(dialect, false)), named('count jobs', countSql(dialect, true))] as const
  const deciders = named(
    'due deciders',
    'SELECT "tenant_id", "decider" FROM "crm_decider_due" WHERE "next_at" <= $1 ORDER BY "next_at" LIMIT $2',
  )
  const last = named('last change', 'SELECT max("seq") AS "last" FROM "crm_change"')
  const waitingRuns = `SELECT count(*) AS "total" FROM "crm_decider_run" WHERE "status" = 'waiting'`
  const brokenRules = `SELECT count(*) AS "total" FROM "crm_rule" WHERE "broken_at" IS NOT NULL`
  const broken = [named('count broken rules', brokenRules), named('count broken rules', `${brokenRules} AND "tenant_id" = $1`)] as const
  const waiting = [named('count runs', waitingRuns), named('count runs', `${waitingRuns} AND "tenant_id" = $1`)] as const
  const end = named('end of changes', dialect.end)
  const unordered = dialect.unordered === null ? null : named('unordered changes', dialect.unordered)
  const identity = dialect.identity === null ? null : named('database identity', dialect.identity)
  const firstPending = named('first pending change', dialect.firstPending)
  const rebase = dialect.rebase === null ? null : named('rebase changes', dialect.rebase)
  const take = named('take consumer', takeSql(dialect))
  const keeps = [named('keep consumer', keepSql(dialect, false)), named('keep consumer', keepSql(dialect, true))] as const
  const due = named('parked due', parkedDueSql)
  const orphans = named('wake parked', wakeOrphansSql)
  const parked = [named('count parked', countParkedSql(dialect, false)), named('count parked', countParkedSql(dialect, true))] as const
  const leases = (rows: readonly RawRow[]): string[] => rows.map(({ lease }) => String(lease))
  return {
    async claimJobs({ worker, jobs, now, limit, leaseMilliseconds }: JobClaim) {
      if (jobs.length === 0 || limit < 1) return []
      const rows = await runner.change(claim, [now, dialect.list(jobs), limit, worker, leaseMilliseconds])
      return rows.sort((a, b) => Number(a.priority) - Number(b.priority) || Number(a.due_at) - Number(b.due_at))
    },
    async renewJobs(held, milliseconds) {
      if (held.length === 0) return []
      await runner.count(renew, [dialect.list(held), milliseconds])
      return leases(await runner.read(heldNow, [dialect.list(held)]))
    },
    async finishJobs(done) {
      if (done.length === 0) return { finished: [], superseded: [] }
      const ids = dialect.list(done.map(({ id }) => id))
      const finished = leases(await runner.change(finish, [dialect.list(done.map(({ lease }) => lease)), ids]))
      const rest = done.flatMap(({ lease }) => (finished.includes(lease) ? [] : [lease]))
      // Asked before: what is released has no lease to tell.
      const superseded = rest.length === 0 ? [] : leases(await runner.read(heldNow, [dialect.list(rest)]))
      if (superseded.length > 0) await runner.count(release, [dialect.list(superseded)])
      return { finished, superseded }
    },
    countJobs: (tenant, now) => runner.read(counts[tenant === null ? 0 : 1], tenant === null ? [now] : [now, tenant]),
    async lastChange() {
      const [row] = await runner.read(last, [])
      return Number(row?.last ?? 0)
    },
    dueDeciders: (now, limit) => runner.read(deciders, [now, limit]),
    async countWaitingRuns(tenant) {
      const [row] = await runner.read(waiting[tenant === null ? 0 : 1], tenant === null ? [] : [tenant])
      return Number(row?.total ?? 0)
    },
    async countBrokenRules(tenant) {
      const [row] = await runner.read(broken[tenant === null ? 0 : 1], tenant === null ? [] : [tenant])
      return Number(row?.total ?? 0)
    },
    async endOfChanges() {
      const [row] = await runner.read(end, [])
      return row ? String(row.cursor) : null
    },
    async identity() {
      if (identity === null) return null
      const [row] = await runner.read(identity, [])
      return row ? String(row.identity) : null
    },
    async firstPending(cursor) {
      const parts = (cursor ?? '0').split(':')
      const [row] = await runner.read(firstPending, parts.length === 2 ? parts : ['0', parts[0]])
      return row?.first === null || row?.first === undefined ? null : Number(row.first)
    },
    async rebase() {
      if (rebase) await runner.count(rebase, [])
    },
    placeBefore: (number) => (rebase ? `0:${number - 1}` : String(number - 1)),
    placeOf: dialect.placeOf,
    hasUnordered: async () => unordered !== null && (await runner.read(unordered, [])).length > 0,
    async takeConsumer(id, owner, milliseconds): Promise<ConsumerClaim | null> {
      const [row] = await runner.change(take, [id, owner, milliseconds])
      return row ? { cursor: row.cursor === null ? null : String(row.cursor), fence: Number(row.fence), claims: Number(row.claims) } : null
    },
    async keepConsumer(id, fence, milliseconds, cursor) {
      const own = [id, fence, milliseconds]
      return (await runner.count(keeps[cursor === undefined ? 0 : 1], cursor === undefined ? own : [...own, cursor])) === 1
    },
    parkedDue: (consumer, now, limit) => runner.read(due, [consumer, now, limit]),
    wakeOrphans: (consumer, now) => runner.count(orphans, [now, consumer]),
    countParked: (tenant) => runner.read(parked[tenant === null ? 0 : 1], tenant === null ? [] : [tenant]),
    async holdup(milliseconds): Promise<Holdup | null> {
      if (dialect.holdup === null) return null
      const [row] = await runner.read(named('holdup', dialect.holdup), [milliseconds])
      if (!row) return null
      return {
        milliseconds: Number(row.milliseconds),
        pid: Number(row.pid),
        application: String(row.application ?? ''),
        statement: String(row.statement ?? ''),
      }
    },
  }
}

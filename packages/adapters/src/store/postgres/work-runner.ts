import type { Access } from '../session/access.ts'
import type { WorkRunner, WorkStatement } from '../work/work-store.ts'
import type { PostgresLink } from './link.ts'
import { type Statement, statement } from './prepared-names.ts'

/** Statements over shared work, prepared once each. */
export function postgresRunner(access: Access<PostgresLink>): WorkRunner {
  const prepared = new WeakMap<WorkStatement, Statement>()
  const statementOf = (work: WorkStatement): Statement => {
    const known = prepared.get(work) ?? statement(work.sql, work.label)
    prepared.set(work, known)
    return known
  }
  return {
    read: (work, values) => access.read(async (link) => (await link.query(statementOf(work), values)).rows),
    change: (work, values) => access.once(async (link) => (await link.query(statementOf(work), values)).rows),
    count: (work, values) => access.once(async (link) => (await link.query(statementOf(work), values)).rowCount),
  }
}

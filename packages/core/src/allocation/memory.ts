import { hash } from 'node:crypto'
import type { DecisionMode } from '../decision/decision.ts'
import { crmError } from '../error/crm-error.ts'
import { type Scope, sessionOf, type UnitScope } from '../scope/scope.ts'
import type { Seed } from '../statistics/random.ts'
import type { SelectPlan } from '../store/port.ts'
import { deciderMemoryTable } from '../store/system-tables.ts'

/** What an allocation keeps from one run to the next. */
export interface Memory {
  readonly decider: string
  readonly mode: DecisionMode
  /** Runs so far. */
  readonly runs: number
  readonly kept: unknown
}

const longest = 1_000_000
const columns = ['decider', 'mode', 'runs', 'kept'] as const
const rows = { table: deciderMemoryTable, columns: ['tenant_id', ...columns] }
const own: SelectPlan = {
  table: deciderMemoryTable,
  columns,
  where: {
    op: 'and',
    of: [
      { op: 'eq', operand: { column: 'decider', nullable: false }, param: 1 },
      { op: 'eq', operand: { column: 'mode', nullable: false }, param: 2 },
    ],
  },
  order: [],
  revision: false,
}
const locked: SelectPlan = { ...own, lock: true }

/** What it keeps now. */
export async function readMemory(scope: Scope, decider: string, mode: DecisionMode): Promise<Memory> {
  const [row] = await sessionOf(scope).select(own, [scope.actor.tenant, decider, mode])
  return memoryOf(decider, mode, row)
}

/** The same, held until the end of the transaction: of one allocation one run decides at a time. */
export async function lockMemory({ unit, actor }: UnitScope, decider: string, mode: DecisionMode): Promise<Memory> {
  await unit.session.put(rows, [[actor.tenant, decider, mode, 0, null]], 'ignore')
  const [row] = await unit.session.select(locked, [actor.tenant, decider, mode])
  return memoryOf(decider, mode, row)
}

export async function putMemory({ unit, actor }: UnitScope, { decider, mode, runs, kept }: Memory): Promise<void> {
  const text = JSON.stringify(kept ?? null)
  if (text.length > longest) throw crmError('LIMIT_EXCEEDED', { what: 'characters that a decider keeps', limit: longest })
  await unit.session.put(rows, [[actor.tenant, decider, mode, runs, text]], 'replace')
}

function memoryOf(decider: string, mode: DecisionMode, row: Readonly<Record<string, unknown>> | undefined): Memory {
  const kept = typeof row?.kept === 'string' ? JSON.parse(row.kept) : (row?.kept ?? null)
  return { decider, mode, runs: Number(row?.runs ?? 0), kept }
}

/** The seed of the next run: nobody can foresee it, and a preview uses the same. */
export function seedOf({ kernel, actor }: Scope, { decider, mode, runs }: Memory): Seed {
  return hash('sha256', JSON.stringify([kernel.cursorKey(), actor.tenant, decider, mode, runs]), 'hex').slice(0, 32)
}

/** The seed of one record, whatever was decided before it. */
export const subjectSeed = (run: Seed, id: string): Seed => hash('sha256', run + id, 'hex').slice(0, 32)

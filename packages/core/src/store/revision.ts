import type { SelectPlan, StoreSession } from './port.ts'
import { revisionTable } from './system-tables.ts'

const plan: SelectPlan = { table: revisionTable, columns: ['revision'], order: [], revision: false }
const locked: SelectPlan = { ...plan, lock: true }

/** The tenant's revision; 0 when there is no such tenant yet. */
export async function readRevision(session: StoreSession, tenant: string): Promise<number> {
  const [row] = await session.select(plan, [tenant])
  return Number(row?.revision ?? 0)
}

/** Moves the tenant's revision under its lock, so that two who configure it never overwrite each other. The answer is the new one. */
export async function stepRevision(session: StoreSession, tenant: string, now: number): Promise<number> {
  const [row] = await session.select(locked, [tenant])
  const next = Number(row?.revision ?? 0) + 1
  await session.set({ table: revisionTable, columns: ['revision', 'updated_at'] }, [next, now], { op: 'and', of: [] }, [tenant])
  return next
}

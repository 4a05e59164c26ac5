import type { Kernel } from '../crm/kernel.ts'
import type { SelectPlan } from '../store/port.ts'
import { consumerTable, instanceTable, jobTable } from '../store/system-tables.ts'

const everyTenant = '*'
const name = 'database'

const namePlan: SelectPlan = {
  table: instanceTable,
  columns: ['value'],
  where: { op: 'eq', operand: { column: 'key', nullable: false }, param: 1 },
  order: [],
  revision: false,
}
const rowsPlan = { table: instanceTable, columns: ['tenant_id', 'key', 'value'] }
const placesPlan: SelectPlan = { table: consumerTable, columns: ['id', 'cursor'], order: [], revision: false }
const cursorPlan = { table: consumerTable, columns: ['cursor', 'lease_until'] }
const heldPlan = { table: jobTable, columns: ['state', 'error', 'failed_at', 'lease', 'lease_until'] }

/**
 * Is the data in another database than the one it was written in: a backup brought back, or a copy? What was sent since the backup is not
 * known here, so nothing may be sent again before somebody has decided.
 */
export async function isRestored({ store }: Kernel): Promise<boolean> {
  const identity = await store.work.identity().catch(() => null)
  if (identity === null) return false
  const [row] = await store.direct.select(namePlan, [everyTenant, name])
  if (row) return String(row.value) !== identity
  await store.direct.put(rowsPlan, [[everyTenant, name, identity]], 'ignore')
  return false
}

/** Decides: what waited when the backup was made is done now (`deliver`), or is left to operators (`skip`). */
export async function resumeRestored({ store, clock }: Kernel, choice: 'deliver' | 'skip'): Promise<void> {
  const { direct, work } = store
  const places = await direct.select(placesPlan, [everyTenant])
  const pending = await Promise.all(places.map(({ cursor }) => work.firstPending(cursor === null ? null : String(cursor))))
  await work.rebase()
  const end = await work.endOfChanges()
  for (const [index, { id }] of places.entries()) {
    const first = choice === 'deliver' ? (pending[index] ?? null) : null
    const cursor = first === null ? end : work.placeBefore(first)
    await direct.set(cursorPlan, [cursor, null], { op: 'eq', operand: { column: 'id', nullable: false }, param: 1 }, [everyTenant, id])
  }
  if (choice === 'skip') {
    const waiting = { op: 'eq', operand: { column: 'state', nullable: false }, param: 1 } as const
    const values = ['dead', 'It waited in a backup that was brought back, and may have been done since.', clock(), null, null]
    for (const tenant of await direct.tenants(jobTable)) await direct.set(heldPlan, values, waiting, [tenant, 'waiting'])
  }
  const identity = await work.identity()
  if (identity !== null) await direct.put(rowsPlan, [[everyTenant, name, identity]], 'replace')
}

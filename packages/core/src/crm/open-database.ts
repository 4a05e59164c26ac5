import { randomBytes } from 'node:crypto'
import { crmError } from '../error/crm-error.ts'
import type { SchemaPlan, SelectPlan, Store } from '../store/port.ts'
import type { TableSpec } from '../store/schema.ts'
import { instanceTable } from '../store/system-tables.ts'
import type { CrmOptions } from './crm.ts'

/** Brings the tables up to date, or checks that they are, as the host decided. */
export async function prepareTables(
  store: Store,
  tables: readonly TableSpec[],
  migrate: NonNullable<CrmOptions['migrate']>,
): Promise<void> {
  if (migrate === 'off') return
  const plan = await store.plan(tables)
  refuseConflicts(plan)
  if (plan.statements.length === 0) return
  if (migrate === 'check')
    throw crmError('PENDING_MIGRATION', { count: plan.statements.length }, { details: { statements: plan.statements } })
  refuseConflicts(await store.apply(tables))
}

function refuseConflicts({ conflicts }: SchemaPlan): void {
  if (conflicts.length > 0) throw crmError('UNSAFE_CHANGE', { what: conflicts.join('; ') }, { details: { conflicts } })
}

const everyTenant = '*'

const keyPlan: SelectPlan = {
  table: instanceTable,
  columns: ['value'],
  where: { op: 'eq', operand: { column: 'key', nullable: false }, param: 1 },
  order: [],
  revision: false,
}

/** The key that signs page cursors: made once per database, so that every process reads every other's cursors. */
export async function readCursorKey({ direct }: Store): Promise<string> {
  const name = 'cursor_key'
  const read = async (): Promise<string | undefined> => {
    const [row] = await direct.select(keyPlan, [everyTenant, name])
    return row && String(row.value)
  }
  const known = await read()
  if (known) return known
  await direct.put(
    { table: instanceTable, columns: ['tenant_id', 'key', 'value'] },
    [[everyTenant, name, randomBytes(32).toString('hex')]],
    'ignore',
  )
  return (await read()) ?? ''
}

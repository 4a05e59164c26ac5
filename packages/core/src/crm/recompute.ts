import { hash } from 'node:crypto'
import type { ObjectDefinition } from '../object/definition.ts'
import { systemScope } from '../scope/system-scope.ts'
import type { SelectPlan, StoreSession } from '../store/port.ts'
import { instanceTable, revisionTable } from '../store/system-tables.ts'
import type { ObjectRuntimes } from '../tenant/load-tenant.ts'
import { recomputeObject } from '../write/recompute.ts'
import type { Kernel } from './kernel.ts'

const everyTenant = '*'
const columns = ['tenant_id', 'key', 'value']
const keyOf = (object: string): string => `formulas:${object}`

const known: SelectPlan = { table: instanceTable, columns: ['key', 'value'], order: [], revision: false }

/** What the stored formulas of an object are, told by one text; null where it has none. */
function printOf({ fields, name }: ObjectDefinition): { readonly key: string; readonly value: string } | null {
  const formulas = fields.flatMap(({ name: field, kind, scale, formula }) => (formula ? [[field, kind, scale, formula]] : []))
  if (!fields.some(({ formula }) => formula?.mode === 'stored')) return null
  return { key: keyOf(name), value: hash('sha256', JSON.stringify(formulas), 'hex') }
}

const definitionsOf = (runtimes: ObjectRuntimes): ObjectDefinition[] => runtimes.names().map((name) => runtimes.of(name, '').definition)

/** Objects whose formulas in code are other ones than those that their records were last computed by. */
export async function staleObjects(session: StoreSession, runtimes: ObjectRuntimes): Promise<readonly string[]> {
  const definitions = definitionsOf(runtimes)
  if (definitions.every((definition) => printOf(definition) === null)) return []
  const kept = new Map((await session.select(known, [everyTenant])).map((row) => [String(row.key), String(row.value)]))
  return definitions.flatMap((definition) => {
    const print = printOf(definition)
    return print && kept.get(print.key) !== print.value ? [definition.name] : []
  })
}

/** On a database without tenants there is nothing to compute anew; on any other it is said. */
export async function noteFormulas(kernel: Kernel, runtimes: ObjectRuntimes): Promise<void> {
  const { direct } = kernel.store
  const stale = await staleObjects(direct, runtimes)
  if (stale.length === 0) return
  if ((await direct.tenants(revisionTable)).length === 0) return keep(direct, runtimes, stale)
  kernel.log({ level: 'warn', message: 'Stored formulas are new or have changed; call crm.recompute().', objects: stale.join(', ') })
}

/** Computes the stored formulas of all objects and tenants anew, those of admins too. Answers how many records were written. */
export async function recomputeAll(kernel: Kernel, runtimes: ObjectRuntimes): Promise<{ readonly records: number }> {
  const { direct } = kernel.store
  let records = 0
  for (const tenant of await direct.tenants(revisionTable)) {
    for (const object of runtimes.names()) records += await recomputeObject(systemScope(kernel, tenant), object)
  }
  await keep(direct, runtimes, runtimes.names())
  return { records }
}

async function keep(session: StoreSession, runtimes: ObjectRuntimes, objects: readonly string[]): Promise<void> {
  const rows = definitionsOf(runtimes).flatMap((definition) => {
    const print = objects.includes(definition.name) ? printOf(definition) : null
    return print ? [[everyTenant, print.key, print.value]] : []
  })
  if (rows.length > 0) await session.put({ table: instanceTable, columns }, rows, 'replace')
}

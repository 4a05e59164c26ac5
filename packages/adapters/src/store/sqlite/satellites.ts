import type { SatellitePlan } from '@guanxi/core/store'
import { quote, quoteAll } from '../sql/identifier.ts'
import type { SqliteLink, Statement } from './link.ts'

/** A satellite's statement: all its rows go in as one JSON text. */
export interface CompiledSatellite extends Statement {
  /** Is the tenant a value of its own, ahead of the rows? */
  readonly hasTenant: boolean
}

export function compileSatellite(plan: SatellitePlan): CompiledSatellite {
  return plan.op === 'insert' ? compileInsert(plan) : compileDelete(plan)
}

/** Writes the rows; the trip is made once for any number of them. */
export async function writeSatellite(
  link: SqliteLink,
  satellite: CompiledSatellite,
  tenant: string,
  rows: readonly (readonly unknown[])[],
): Promise<number> {
  if (rows.length === 0) return 0
  const json = JSON.stringify(rows)
  return link.run(satellite, satellite.hasTenant ? [tenant, json] : [json])
}

const element = (index: number): string => `json_extract(item.value, '$[${index}]')`

function compileInsert(plan: Extract<SatellitePlan, { op: 'insert' }>): CompiledSatellite {
  const given = plan.columns.includes('tenant_id')
  const columns = given ? plan.columns : ['tenant_id', ...plan.columns]
  const values = plan.columns.map((_, index) => element(index))
  if (!given) values.unshift('?')
  const conflict = plan.conflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : ''
  const sql = `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM json_each(?) item WHERE true${conflict}`
  return { sql, label: `satellite insert ${plan.table.name}`, hasTenant: !given }
}

function compileDelete(plan: Extract<SatellitePlan, { op: 'delete' }>): CompiledSatellite {
  const keys = plan.columns.map((column, index) => ({ column, index })).filter(({ column }) => column !== 'tenant_id')
  const names = keys.map(({ column }) => quote(column)).join(', ')
  const values = keys.map(({ index }) => element(index)).join(', ')
  const sql = `DELETE FROM ${quote(plan.table.name)} WHERE "tenant_id" = ? AND (${names}) IN (SELECT ${values} FROM json_each(?) item)`
  return { sql, label: `satellite delete ${plan.table.name}`, hasTenant: true }
}

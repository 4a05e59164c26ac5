import type { SatellitePlan } from '@guanxi/core/store'
import { conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'

/** Writes or removes a satellite's rows, which `place` holds as one JSON text. */
export function satelliteSql(plan: SatellitePlan, place: string, tenant: string): string {
  return plan.op === 'insert' ? insertSql(plan, place, tenant) : deleteSql(plan, place, tenant)
}

/** A value out of the JSON array of the row. */
export function element(index: number): string {
  return `(item.value ->> ${index})`
}

function insertSql(plan: Extract<SatellitePlan, { op: 'insert' }>, place: string, tenant: string): string {
  const given = plan.columns.includes('tenant_id')
  const columns = given ? plan.columns : [...plan.columns, 'tenant_id']
  const values = plan.columns.map((_, index) => element(index))
  if (!given) values.push(tenant)
  const conflict = conflictSql(plan.table, columns, plan.conflict)
  const rows = `FROM json_each(${place}) item WHERE true`
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} ${rows}${conflict}`
}

function deleteSql(plan: Extract<SatellitePlan, { op: 'delete' }>, place: string, tenant: string): string {
  const keys = plan.columns.map((column, index) => ({ column, index })).filter(({ column }) => column !== 'tenant_id')
  const names = quoteAll(keys.map(({ column }) => column))
  const values = keys.map(({ index }) => element(index)).join(', ')
  return `DELETE FROM ${quote(plan.table.name)} WHERE "tenant_id" = ${tenant} AND (${names}) IN (SELECT ${values} FROM json_each(${place}) item)`
}

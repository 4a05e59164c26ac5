import type { SatellitePlan } from '@guanxi/core/store'
import { conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import type { SatellitePlaces } from '../write/places.ts'

/** A satellite of a composed write. */
export function placedSatelliteSql(plan: SatellitePlan, places: SatellitePlaces, tenant: string): string {
  if ('text' in places) return satelliteSql(plan, places.text, tenant)
  const { into, end, isTenantGiven } = insertParts(plan)
  const rows = places.rows.map((row) => `(${(isTenantGiven ? row : [...row, tenant]).join(', ')})`)
  return `${into} VALUES ${rows.join(', ')}${end}`
}

/** Writes or removes a satellite's rows, which `place` holds as one JSON text. */
export function satelliteSql(plan: SatellitePlan, place: string, tenant: string): string {
  return plan.op === 'insert' ? insertSql(plan, place, tenant) : deleteSql(plan, place, tenant)
}

/** A value out of the JSON array of the row. */
export function element(index: number): string {
  return `(item.value ->> ${index})`
}

function insertSql(plan: Extract<SatellitePlan, { op: 'insert' }>, place: string, tenant: string): string {
  const { into, end, isTenantGiven } = insertParts(plan)
  const values = plan.columns.map((_, index) => element(index))
  if (!isTenantGiven) values.push(tenant)
  return `${into} SELECT ${values.join(', ')} FROM json_each(${place}) item WHERE true${end}`
}

function insertParts(plan: SatellitePlan): { readonly into: string; readonly end: string; readonly isTenantGiven: boolean } {
  const isTenantGiven = plan.columns.includes('tenant_id')
  const columns = isTenantGiven ? plan.columns : [...plan.columns, 'tenant_id']
  const end = plan.op === 'insert' ? conflictSql(plan.table, columns, plan.conflict) : ''
  return { into: `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)})`, end, isTenantGiven }
}

function deleteSql(plan: Extract<SatellitePlan, { op: 'delete' }>, place: string, tenant: string): string {
  const keys = plan.columns.map((column, index) => ({ column, index })).filter(({ column }) => column !== 'tenant_id')
  const names = quoteAll(keys.map(({ column }) => column))
  const values = keys.map(({ index }) => element(index)).join(', ')
  return `DELETE FROM ${quote(plan.table.name)} WHERE "tenant_id" = ${tenant} AND (${names}) IN (SELECT ${values} FROM json_each(${place}) item)`
}

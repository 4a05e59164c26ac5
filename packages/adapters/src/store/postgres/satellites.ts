import type { SatellitePlan } from '@guanxi/core/store'
import { conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { typeOf } from '../sql/tables.ts'
import { typeName } from './dialect.ts'

/** A satellite as a part of the composed statement. `place` holds all its rows as one JSON text. */
export function satelliteSql(plan: SatellitePlan, place: string): string {
  return plan.op === 'insert' ? insertSql(plan, place) : deleteSql(plan, place)
}

/** A column's value out of the JSON array `item`. */
export function fromItem(plan: { readonly table: SatellitePlan['table'] }, column: string, index: number): string {
  return `(item ->> ${index})::${typeName[typeOf(plan.table, column)]}`
}

/** The same for a batch: `places` holds an array per column, in the order of the plan. */
export function batchSatelliteSql(plan: SatellitePlan, places: readonly string[]): string {
  const arrays = plan.columns.map((column, index) => `${places[index]}::${typeName[typeOf(plan.table, column)]}[]`)
  const names = plan.columns.map((_, index) => `c${index}`)
  const rows = `unnest(${arrays.join(', ')}) AS item (${names.join(', ')})`
  const table = quote(plan.table.name)
  if (plan.op === 'delete') {
    const keys = plan.columns.map((column, index) => `s.${quote(column)} = item.c${index}`)
    return `DELETE FROM ${table} s USING go, ${rows} WHERE s."tenant_id" = $1 AND ${keys.join(' AND ')}`
  }
  const given = plan.columns.includes('tenant_id')
  const columns = given ? plan.columns : ['tenant_id', ...plan.columns]
  const conflict = plan.conflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : ''
  const values = names.map((name) => `item.${name}`)
  if (!given) values.unshift('$1')
  return `INSERT INTO ${table} (${quoteAll(columns)}) SELECT ${values.join(', ')} FROM go, ${rows}${conflict}`
}

function insertSql(plan: Extract<SatellitePlan, { op: 'insert' }>, place: string): string {
  const given = plan.columns.includes('tenant_id')
  const columns = given ? plan.columns : ['tenant_id', ...plan.columns]
  const values = plan.columns.map((column, index) => fromItem(plan, column, index))
  if (!given) values.unshift('$1')
  const conflict = conflictSql(plan.table, columns, plan.conflict)
  const rows = `FROM go, jsonb_array_elements(${place}::jsonb) item`
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) SELECT ${values.join(', ')} ${rows}${conflict}`
}

function deleteSql(plan: Extract<SatellitePlan, { op: 'delete' }>, place: string): string {
  const keys = plan.columns.map((column, index) => `s.${quote(column)} = ${fromItem(plan, column, index)}`)
  const table = quote(plan.table.name)
  return `DELETE FROM ${table} s USING go, jsonb_array_elements(${place}::jsonb) item WHERE s."tenant_id" = $1 AND ${keys.join(' AND ')}`
}

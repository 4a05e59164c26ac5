import type { SatellitePlan } from '@guanxi/core/store'
import { conflictSql } from '../sql/conflict.ts'
import { quote, quoteAll } from '../sql/identifier.ts'
import { typeOf } from '../sql/tables.ts'
import type { SatellitePlaces } from '../write/places.ts'
import { typeName } from './dialect.ts'

/** A satellite as a part of a composed statement whose verdict is the row of `go`. */
export function satelliteSql(plan: SatellitePlan, places: SatellitePlaces, go: string): string {
  if (plan.op === 'delete') return deleteSql(plan, 'text' in places ? places.text : `'[]'`, go)
  return insertSql(plan, 'text' in places ? fromText(plan, places.text, go) : fromPlaces(plan, places.rows, go))
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

type InsertPlan = Extract<SatellitePlan, { op: 'insert' }>

function insertSql(plan: InsertPlan, select: string): string {
  const given = plan.columns.includes('tenant_id')
  const columns = given ? plan.columns : ['tenant_id', ...plan.columns]
  return `INSERT INTO ${quote(plan.table.name)} (${quoteAll(columns)}) ${select}${conflictSql(plan.table, columns, plan.conflict)}`
}

function fromText(plan: InsertPlan, place: string, go: string): string {
  const values = plan.columns.map((column, index) => fromItem(plan, column, index))
  return `SELECT ${withTenant(plan, values).join(', ')} FROM ${go}, jsonb_array_elements(${place}::jsonb) item`
}

function fromPlaces(plan: InsertPlan, rows: readonly (readonly string[])[], go: string): string {
  const typed = rows.map((row) => row.map((place, index) => `${place}::${typeName[typeOf(plan.table, plan.columns[index] ?? '')]}`))
  const [only = []] = typed
  if (typed.length === 1) return `SELECT ${withTenant(plan, only).join(', ')} FROM ${go}`
  const names = plan.columns.map((_, index) => `c${index}`)
  const values = withTenant(
    plan,
    names.map((name) => `item.${name}`),
  )
  const list = typed.map((row) => `(${row.join(', ')})`).join(', ')
  return `SELECT ${values.join(', ')} FROM ${go}, (VALUES ${list}) AS item (${names.join(', ')})`
}

function withTenant({ columns }: InsertPlan, values: readonly string[]): readonly string[] {
  return columns.includes('tenant_id') ? values : ['$1', ...values]
}

function deleteSql(plan: Extract<SatellitePlan, { op: 'delete' }>, place: string, go: string): string {
  const keys = plan.columns.map((column, index) => `s.${quote(column)} = ${fromItem(plan, column, index)}`)
  const table = quote(plan.table.name)
  return `DELETE FROM ${table} s USING ${go}, jsonb_array_elements(${place}::jsonb) item WHERE s."tenant_id" = $1 AND ${keys.join(' AND ')}`
}

import type { AggregatePlan, Measure } from '@guanxi/core/store'
import { Bindings } from './bindings.ts'
import type { Dialect } from './dialect.ts'
import { quote } from './identifier.ts'
import { pastSql } from './past.ts'
import { predicateSql, valueSql } from './predicate.ts'
import { alias, columnSql, type Scope } from './scope.ts'
import { type CompiledRead, revisionSql } from './select.ts'
import type { Tables } from './tables.ts'

export function compileAggregate(dialect: Dialect, tables: Tables, plan: AggregatePlan): CompiledRead {
  tables.meet([plan.table])
  const bindings = new Bindings(dialect, 1)
  const scope: Scope = { dialect, bindings, tables, table: plan.table.name, depth: 0 }
  const groups = plan.groups.map((operand, index) => `${valueSql(scope, operand)} AS "g${index}"`)
  const columns = [...groups, ...plan.measures.map((measure) => measureSql(scope, measure))]
  if (plan.revision) columns.push(`${revisionSql(bindings.tenant())} AS "__revision"`)
  const source = plan.asOf ? pastSql(scope, plan.table, plan.asOf) : quote(plan.table.name)
  const parts = [`SELECT ${columns.join(', ')} FROM ${source} ${alias(scope)}`]
  parts.push(`WHERE ${columnSql(scope, 'tenant_id')} = ${bindings.tenant()}`)
  if (plan.where) parts.push(`AND ${predicateSql(scope, plan.where)}`)
  if (groups.length > 0) {
    const ordinals = groups.map((_, index) => String(index + 1))
    parts.push(`GROUP BY ${ordinals.join(', ')}`)
    parts.push(`ORDER BY ${ordinals.map((ordinal) => dialect.nullsLast(ordinal, false)).join(', ')}`)
  }
  parts.push(`LIMIT ${bindings.add(plan.limit)}`)
  return { sql: parts.join(' '), slots: bindings.slots, label: `aggregate ${plan.table.name}` }
}

function measureSql(scope: Scope, measure: Measure): string {
  const name = quote(measure.as)
  if (measure.fn === 'count') return `count(*) AS ${name}`
  if (measure.fn === 'countOf') return `count(*) FILTER (WHERE ${predicateSql(scope, measure.where)}) AS ${name}`
  const operand = valueSql(scope, measure.operand)
  if (measure.fn === 'avg') return `${scope.dialect.average(operand)} AS ${name}`
  return `${measure.fn}(${operand}) AS ${name}`
}

import type { ColumnType } from '@guanxi/core/store'
import type { Dialect } from '../sql/dialect.ts'

/** Names of the types in SQL, without collation. */
export const typeName: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  uuid: 'uuid',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'boolean',
  json: 'jsonb',
  log: 'json',
}

export const postgresDialect: Dialect = {
  engine: 'postgres',
  placeholder: (position) => `$${position}`,
  tenant: '$1',
  typed: (placeholder, type) => (type ? `${placeholder}::${typeName[type]}` : placeholder),
  ext: (document, key, type) => {
    if (type === 'json') return `(${document} -> '${key}')`
    const text = `(${document} ->> '${key}')`
    return type === 'text' ? `(${text} COLLATE "C")` : `(${text}::${typeName[type]})`
  },
  extIsNull: (document, key) => `(${document} ->> '${key}') IS NULL`,
  changeOf: (values, key) => `(${values} -> '${key}')`,
  oldValue: (pair, current, type) => {
    const whole = `COALESCE(${pair}, json_build_array(${current}))`
    if (type === 'json') return `(${whole} -> 0)::jsonb`
    return type === 'text' ? `((${whole} ->> 0) COLLATE "C")` : `(${whole} ->> 0)::${typeName[type]}`
  },
  asText: (operand, type) => (type === 'uuid' || type === 'log' ? `${operand}::text` : operand),
  constant: (placeholder, type) => (type === 'text' ? `(${placeholder}::text COLLATE "C")` : `${placeholder}::${typeName[type]}`),
  typedList: (placeholder, type) => (type === 'json' ? placeholder : `${placeholder}::${typeName[type]}[]`),
  booleans: ['true', 'false'],
  asReal: (operand) => operand,
  wholeSum: (operand) => `least(greatest(coalesce(sum(${operand}), 0), -9007199254740991), 9007199254740991)::bigint`,
  endsWith: (operand, text) => {
    const end = text()
    return `right(${operand}, length(${end})) = ${end}`
  },
  isIn: (operand, list) => `${operand} = ANY(${list})`,
  contains: (operand, text) => `strpos(${operand}, ${text}) > 0`,
  startsWith: (operand, text) => `starts_with(${operand}, ${text()})`,
  hasAny: (operand, list) => `${operand} ?| ${list}::text[]`,
  hasAll: (operand, list) => `${operand} ?& ${list}::text[]`,
  // IS NOT DISTINCT FROM would never use an index.
  same: (left, right) => `(${left} = ${right()} OR (${left} IS NULL AND ${right()} IS NULL))`,
  // PostgreSQL sorts nulls last; ascending an index can serve it.
  nullsLast: (operand, descending) => (descending ? `${operand} DESC NULLS LAST` : `${operand} ASC`),
  // Over doubles, as SQLite does it: an exact numeric average would round differently.
  average: (operand) => `(sum(${operand})::float8 / nullif(count(${operand}), 0))`,
  array: 'json_build_array',
  exact: (operand) => operand,
  isGiven: (placeholder) => `${placeholder}::text IS NOT NULL`,
  lock: (alias) => `FOR UPDATE OF ${alias}`,
  value: (value) => value,
  list: (values) => values,
}

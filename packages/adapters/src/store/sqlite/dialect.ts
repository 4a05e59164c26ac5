import type { Dialect } from '../sql/dialect.ts'

const read = (document: string, key: string): string => `json_extract(${document}, '$.${key}')`
const members = (list: string): string => `(SELECT value FROM json_each(${list}))`

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  placeholder: () => '?',
  tenant: null,
  typed: (placeholder) => placeholder,
  ext: read,
  extIsNull: (document, key) => `${read(document, key)} IS NULL`,
  changeOf: read,
  oldValue: (pair, current) => `json_extract(COALESCE(${pair}, json_array(${current})), '$[0]')`,
  asText: (operand) => operand,
  isIn: (operand, list) => `${operand} IN ${members(list)}`,
  contains: (operand, text) => `instr(${operand}, ${text}) > 0`,
  startsWith: (operand, text) => `substr(${operand}, 1, length(${text()})) = ${text()}`,
  hasAny: (operand, list) => `EXISTS (SELECT 1 FROM json_each(${operand}) had WHERE had.value IN ${members(list)})`,
  hasAll: (operand, list) =>
    `${operand} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM json_each(${list}) wanted ` +
    `WHERE NOT EXISTS (SELECT 1 FROM json_each(${operand}) had WHERE had.value = wanted.value))`,
  same: (left, right) => `${left} IS ${right()}`,
  // SQLite sorts nulls first; descending they are last already, and an index can serve it.
  nullsLast: (operand, descending) => (descending ? `${operand} DESC` : `${operand} ASC NULLS LAST`),
  average: (operand) => `avg(${operand})`,
  array: 'json_array',
  isGiven: (placeholder) => `${placeholder} IS NOT NULL`,
  lock: () => '',
  value: encodeSqlite,
  list: (values) => JSON.stringify(values),
}

/** Inside a composed write, whose values are the columns of a view's new row. */
export const composedDialect: Dialect = { ...sqliteDialect, placeholder: (position) => `NEW."p${position}"`, tenant: 'NEW."p1"' }

/** SQLite has no booleans, and its drivers know no `undefined`. */
export function encodeSqlite(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === undefined ? null : value
}

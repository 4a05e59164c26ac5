import type { Dialect } from '../sql/dialect.ts'

const read = (document: string, key: string): string => `json_extract(${document}, '$.${key}')`
const members = (list: string): string => `(SELECT value FROM json_each(${list}))`

/** Some builds write fractions in JSON with 15 digits, which are not all. */
const exact = (operand: string, again = () => operand): string => `iif(${operand} IS NULL, NULL, json(format('%!.17g', ${again()})))`

/** SQLite looks into a bare `?` when it plans, and then plans the statement anew at every run. Behind a plus it is only a value. */
export const placeholder = '+?'

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  placeholder: () => placeholder,
  tenant: null,
  typed: (placeholder) => placeholder,
  ext: read,
  extIsNull: (document, key) => `${read(document, key)} IS NULL`,
  changeOf: read,
  oldValue: (pair, current, type) => `json_extract(COALESCE(${pair}, json_array(${type === 'real' ? exact(current) : current})), '$[0]')`,
  asText: (operand) => operand,
  // Drivers send whole numbers as they like; an expression computes with them by their type.
  constant: (placeholder, type) =>
    type === 'integer' ? `CAST(${placeholder} AS INTEGER)` : type === 'real' ? `CAST(${placeholder} AS REAL)` : placeholder,
  typedList: (placeholder) => placeholder,
  booleans: ['1', '0'],
  asReal: (operand) => `CAST(${operand} AS REAL)`,
  // sum() of SQLite fails beyond 2^63, so the halves are summed apart.
  wholeSum: (operand) =>
    `max(min(coalesce(sum(${operand} >> 26), 0) * 67108864 + coalesce(sum(${operand} & 67108863), 0), 9007199254740991), -9007199254740991)`,
  endsWith: (operand, text) => `substr(${operand}, -length(${text()})) = ${text()}`,
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
  exact,
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

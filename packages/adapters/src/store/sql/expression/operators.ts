import { both, condition, type OperatorSql, value } from './operator-sql.ts'

const day = 86_400_000
const most = '9007199254740991'

/**
 * The SQL of the core's operators: one row of each for every operator that a checked tree may hold. Operands stand once each and in
 * their order, because SQLite's places have no numbers. Conditions fail by `IS NOT TRUE`, which is total: there is no NOT over a null.
 */
export const operatorSql = {
  isTrue: { sqlite: condition((a) => `${a} = 1`), postgres: condition((a) => a) },
  isNull: both({ holds: (a) => `(${a} IS NULL)`, fails: (a) => `(${a} IS NOT NULL)` }),
  isFilled: both(condition((a) => `${a} <> ''`)),
  isNotZero: both(condition((a) => `${a} <> 0`)),
  isNotEmpty: { sqlite: condition((a) => `json_array_length(${a}) > 0`), postgres: condition((a) => `jsonb_array_length(${a}) > 0`) },
  // Null equals null. SQLite's IS uses an index; what PostgreSQL has for it does not, so it is only taken where both may be null.
  equal: {
    sqlite: { holds: (a, b) => `(${a} IS ${b})`, fails: (a, b) => `(${a} IS NOT ${b})` },
    postgres: { holds: (a, b) => `(${a} = ${b})`, fails: (a, b) => `(${a} IS DISTINCT FROM ${b})` },
  },
  equalOrNull: {
    sqlite: { holds: (a, b) => `(${a} IS ${b})`, fails: (a, b) => `(${a} IS NOT ${b})` },
    postgres: { holds: (a, b) => `(${a} IS NOT DISTINCT FROM ${b})`, fails: (a, b) => `(${a} IS DISTINCT FROM ${b})` },
  },
  less: both(condition((a, b) => `${a} < ${b}`)),
  lessOrEqual: both(condition((a, b) => `${a} <= ${b}`)),
  greater: both(condition((a, b) => `${a} > ${b}`)),
  greaterOrEqual: both(condition((a, b) => `${a} >= ${b}`)),
  contains: { sqlite: condition((a, b) => `instr(${a}, ${b}) > 0`), postgres: condition((a, b) => `strpos(${a}, ${b}) > 0`) },
  lower: { sqlite: value((a) => `lower(${a})`), postgres: value((a) => `lower(${a} COLLATE "C")`) },
  length: { sqlite: value((a) => `length(${a})`), postgres: value((a) => `length(${a})::bigint`) },
  part: {
    sqlite: value((a, start, length) => (length === undefined ? `substr(${a}, ${start} + 1)` : `substr(${a}, ${start} + 1, ${length})`)),
    postgres: value((a, start, length) =>
      length === undefined ? `substr(${a}, (${start} + 1)::int)` : `substr(${a}, (${start} + 1)::int, (${length})::int)`,
    ),
  },
  join: {
    // The empty text in front makes a text of a lone number.
    sqlite: value((...parts) => `('' || ${parts.map((part) => `coalesce(${part}, '')`).join(' || ')})`),
    postgres: value((...parts) => `(${parts.map((part) => `coalesce((${part})::text, '')`).join(' || ')} COLLATE "C")`),
  },
  asText: { sqlite: value((a) => a), postgres: value((a) => `((${a})::text COLLATE "C")`) },
  add: both(value((a, b) => `(${a} + ${b})`)),
  subtract: both(value((a, b) => `(${a} - ${b})`)),
  addWithin: { sqlite: value((a, b) => heldSqlite(`${a} + ${b}`)), postgres: value((a, b) => heldPostgres(`${a} + ${b}`)) },
  subtractWithin: { sqlite: value((a, b) => heldSqlite(`${a} - ${b}`)), postgres: value((a, b) => heldPostgres(`${a} - ${b}`)) },
  multiply: both(value((a, b) => `(${a} * ${b})`)),
  // Without NULLIF one row would stop a sweep on PostgreSQL.
  divide: both(value((a, b) => `(${a} / NULLIF(${b}, 0))`)),
  remainder: both(value((a, b) => `(${a} % NULLIF(${b}, 0))`)),
  greatest: { sqlite: value((a, b) => `max(${a}, ${b})`), postgres: value((a, b) => eitherOr('GREATEST', a, b)) },
  least: { sqlite: value((a, b) => `min(${a}, ${b})`), postgres: value((a, b) => eitherOr('LEAST', a, b)) },
  fraction: {
    sqlite: value((a, unit) => `(CAST(${a} AS REAL) / ${unit}.0)`),
    postgres: value((a, unit) => `((${a})::float8 / ${unit}::float8)`),
  },
  rescale: both(value((a, unit) => `(${a} * ${unit})`)),
  toUnits: {
    sqlite: value((a, unit) => `CAST(max(min(floor(${a} * ${unit}.0 + 0.5), ${most}.0), -${most}.0) AS INTEGER)`),
    postgres: value(
      (a, unit) =>
        `(SELECT CASE WHEN f IS NOT NULL THEN GREATEST(LEAST(f, ${most}::float8), -${most}::float8)::bigint END FROM (SELECT floor(${a} * ${unit}::float8 + 0.5::float8) AS f) one)`,
    ),
  },
  toNumber: { sqlite: value((a) => `CAST(${a} AS REAL)`), postgres: value((a) => `(${a})::float8`) },
  // Not round(): the engines round halves three ways.
  round: {
    sqlite: value((a, unit) => `(floor(${a} * ${unit}.0 + 0.5) / ${unit}.0)`),
    postgres: value((a, unit) => `(floor(${a} * ${unit}::float8 + 0.5::float8) / ${unit}::float8)`),
  },
  daysBetween: {
    sqlite: value((a, b) => `CAST(floor(CAST(-(${a}) + ${b} AS REAL) / ${day}.0) AS INTEGER)`),
    postgres: value((a, b) => `floor((-(${a}) + ${b})::float8 / ${day}::float8)::bigint`),
  },
  datesBetween: {
    sqlite: value((a, b) => `CAST(-julianday(${a}) + julianday(${b}) AS INTEGER)`),
    postgres: value((a, b) => `(-((${a})::date - (${b})::date))::bigint`),
  },
  plusMilliseconds: both(value((a, b) => `(${a} + ${b})`)),
  inCurrency: both(value((currency, wanted, minor) => `(CASE WHEN ${currency} = ${wanted} THEN ${minor} END)`)),
  coalesce: both(value((...options) => (options.length === 1 ? `${options[0]}` : `coalesce(${options.join(', ')})`))),
} as const satisfies Record<string, OperatorSql>

/** NULLs stay null in SQLite's max and min; PostgreSQL's pass over them, so a CASE keeps them. */
const heldSqlite = (sum: string): string => `max(min(${sum}, ${most}), -${most})`
const heldPostgres = (sum: string): string =>
  `(SELECT CASE WHEN s IS NOT NULL THEN GREATEST(LEAST(s, ${most}), -${most}) END FROM (SELECT ${sum} AS s) one)`

/** GREATEST and LEAST pass over nulls; a null operand must give null. In a sub-select, so that each operand is written once. */
function eitherOr(fn: string, a: string, b: string): string {
  return `(SELECT CASE WHEN x IS NOT NULL AND y IS NOT NULL THEN ${fn}(x, y) END FROM (SELECT ${a} AS x, ${b} AS y) two)`
}

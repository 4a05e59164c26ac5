import { postgresDialect } from '../../../packages/adapters/src/store/postgres/dialect.ts'
import { operatorSql } from '../../../packages/adapters/src/store/sql/expression/operators.ts'
import { sqliteDialect } from '../../../packages/adapters/src/store/sqlite/dialect.ts'
import type { Closure } from '../../../packages/core/src/expression/context.ts'
import { arithmetic } from '../../../packages/core/src/expression/operator/arithmetic.ts'
import { comparisons } from '../../../packages/core/src/expression/operator/compare.ts'
import type { World } from './world.ts'

/** A deliberate mistake in the compiler, one for each trap that databases lay. `make` returns its undo. */
export interface Mutant {
  readonly name: string
  /** What a rule must hold for the mistake to matter; rules without it are passed over. */
  readonly about?: string
  /** It makes statements fail rather than answer wrongly. */
  readonly fails?: true
  readonly make: (worlds: readonly World[]) => () => void
}

type Entry = Record<string, unknown>

/** Replaces a part of a table and gives back what puts it right again. */
function replace(table: object, key: string, value: unknown): () => void {
  const entries = table as Entry
  const before = entries[key]
  entries[key] = value
  return () => {
    entries[key] = before
  }
}

const all =
  (...undos: readonly (() => void)[]): (() => void) =>
  () => {
    for (const undo of undos) undo()
  }

type Texts = (...operands: string[]) => string
const value = (sqlite: Texts, postgres: Texts): unknown => ({ sqlite: { value: sqlite }, postgres: { value: postgres } })
const test = (holds: Texts, fails: Texts = (...of) => `((${holds(...of)}) IS NOT TRUE)`): unknown => ({ holds, fails })
const sql = (name: keyof typeof operatorSql, entry: unknown): (() => void) => replace(operatorSql, name, entry)

export const mutants: readonly Mutant[] = [
  {
    name: 'NOT around a leaf instead of a total negation',
    about: '"<"',
    make: () =>
      sql('less', {
        sqlite: test(
          (a, b) => `${a} < ${b}`,
          (a, b) => `NOT (${a} < ${b})`,
        ),
        postgres: test(
          (a, b) => `${a} < ${b}`,
          (a, b) => `NOT (${a} < ${b})`,
        ),
      }),
  },
  {
    name: 'plain = and <> instead of null-safe equality',
    make: () => {
      const plain = test(
        (a, b) => `${a} = ${b}`,
        (a, b) => `${a} <> ${b}`,
      )
      return all(sql('equal', { sqlite: plain, postgres: plain }), sql('equalOrNull', { sqlite: plain, postgres: plain }))
    },
  },
  {
    name: 'texts ordered by code unit, as JavaScript does',
    about: '"<"',
    make: () => {
      const less = (of: readonly Closure[]): Closure => {
        const [a, b] = of as [Closure, Closure]
        return (record, context) => {
          const [x, y] = [a(record, context), b(record, context)]
          return x !== null && y !== null && (x as string) < (y as string)
        }
      }
      return replace(comparisons.less, 'run', less)
    },
  },
  {
    name: 'LIKE instead of instr and strpos',
    about: 'ontains',
    make: () => {
      const like = test((a, b) => `${a} LIKE '%' || ${b} || '%'`)
      return sql('contains', { sqlite: like, postgres: like })
    },
  },
  {
    name: 'whole numbers divided as whole numbers',
    about: '"/"',
    make: () =>
      all(
        sql(
          'toNumber',
          value(
            (a) => a,
            (a) => a,
          ),
        ),
        sql(
          'fraction',
          value(
            (a, unit) => `(${a} / ${unit})`,
            (a, unit) => `(${a} / ${unit})`,
          ),
        ),
      ),
  },
  {
    name: 'division without NULLIF',
    fails: true,
    about: '"/"',
    make: () =>
      sql(
        'divide',
        value(
          (a, b) => `(${a} / ${b})`,
          (a, b) => `(${a} / ${b})`,
        ),
      ),
  },
  {
    name: 'constants in the order of the database',
    about: '"if"',
    make: () =>
      replace(postgresDialect, 'constant', (place: string, type: string) =>
        type === 'text' ? `${place}::text` : `${place}::${{ integer: 'bigint', real: 'float8', boolean: 'boolean', uuid: 'uuid' }[type]}`,
      ),
  },
  {
    name: 'GREATEST that passes over nulls',
    about: '"max"',
    make: () =>
      sql(
        'greatest',
        value(
          (a, b) => `max(${a}, ${b})`,
          (a, b) => `GREATEST(${a}, ${b})`,
        ),
      ),
  },
  {
    name: 'round() of the engine',
    about: '"round"',
    make: () =>
      sql(
        'round',
        value(
          (a, unit) => `round(${a} * ${unit}.0) / ${unit}.0`,
          (a, unit) => `round(${a} * ${unit}::float8) / ${unit}::float8`,
        ),
      ),
  },
  {
    name: 'null makes a joined text null',
    about: '"cat"',
    make: () =>
      sql(
        'join',
        value(
          (...parts) => `('' || ${parts.join(' || ')})`,
          (...parts) => `(${parts.map((part) => `(${part})::text`).join(' || ')} COLLATE "C")`,
        ),
      ),
  },
  {
    name: 'admin fields read as text',
    fails: true,
    make: () =>
      all(
        replace(postgresDialect, 'ext', (document: string, key: string, type: string) =>
          type === 'json' ? `(${document} -> '${key}')` : `(${document} ->> '${key}')`,
        ),
        replace(sqliteDialect, 'ext', (document: string, key: string) => `CAST(json_extract(${document}, '$.${key}') AS TEXT)`),
      ),
  },
  {
    name: 'amounts compared without their currency',
    about: 'inCurrency',
    make: () =>
      sql(
        'inCurrency',
        value(
          (a, b, c) => `(CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${c} END)`,
          (a, b, c) => `(CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN ${c} END)`,
        ),
      ),
  },
  {
    name: 'days cut off towards zero',
    about: 'daysBetween',
    make: () =>
      sql(
        'daysBetween',
        value(
          (a, b) => `((-(${a}) + ${b}) / 86400000)`,
          (a, b) => `((-(${a}) + ${b}) / 86400000)`,
        ),
      ),
  },
  {
    name: 'lower case by the locale',
    about: '"i',
    make: () => replace(operatorSql.lower, 'postgres', { value: (a: string) => `(lower(${a} COLLATE "en-US-x-icu") COLLATE "C")` }),
  },
  {
    name: 'parts of a text counted from one',
    about: '"substr"',
    make: () =>
      sql(
        'part',
        value(
          (a, start, length) => `substr(${a}, ${start}${length ? `, ${length}` : ''})`,
          (a, start, length) => `substr(${a}, (${start})::int${length ? `, (${length})::int` : ''})`,
        ),
      ),
  },
  {
    name: 'the sum of no rows is null',
    about: '"sum"',
    make: () =>
      all(
        replace(postgresDialect, 'wholeSum', (v: string) => `sum(${v})::bigint`),
        replace(sqliteDialect, 'wholeSum', (v: string) => `sum(${v})`),
      ),
  },
  {
    name: 'an empty text is filled in',
    about: '"missing',
    make: () =>
      all(
        sql('isFilled', {
          sqlite: test((a) => `${a} <> '0'`),
          postgres: test((a) => `${a} <> '0'`),
        }),
      ),
  },
  {
    name: 'the rest has the sign of the divisor',
    about: '"%"',
    make: () =>
      sql(
        'remainder',
        value(
          (a, b) => `abs(${a} % NULLIF(${b}, 0))`,
          (a, b) => `abs(${a} % NULLIF(${b}, 0))`,
        ),
      ),
  },
  { name: 'the lesser is the greater', about: '"min"', make: () => replace(arithmetic.least, 'run', arithmetic.greatest.run) },
  {
    name: 'deleted relatives are still there',
    about: 'companyId.',
    make: (worlds) => all(...worlds.map((world) => world.showDeleted())),
  },
  {
    name: 'a child belongs to whoever has the id it points to',
    about: '"remarks"',
    make: (worlds) => all(...worlds.map((world) => world.forgetObjects())),
  },
]

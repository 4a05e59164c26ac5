import type { ExpressionField } from './schema.ts'
import { type ExpressionSchema, type ObjectLike, schemaOf } from './schema.ts'

type Rule = Readonly<Record<string, unknown>>

const isRule = (value: unknown): value is Rule => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names that other tools use, and ours. */
const renamed: Readonly<Record<string, string>> = { '==': '===', '!=': '!==', beginsWith: 'startsWith' }

/** Names that expressions do not know by themselves. */
export const foreignNames: ReadonlySet<string> = new Set(Object.keys(renamed))

const overRows = new Set(['some', 'none', 'all', 'count', 'sum', 'minOf', 'maxOf'])

const comparing = new Set(['===', '!==', '<', '<=', '>', '>=', 'in', 'startsWith', 'endsWith', 'contains'])

/**
 * JsonLogic as visual rule builders write it, in the profile of expressions: loose equality becomes strict, constants that are texts take
 * the type of the field beside them, an empty group is true in `and` and false in `or`, a lone `false` (no rule) becomes the empty `and`.
 * A list of other fields becomes a comparison with each, a `reduce` that counts becomes `count`. What cannot be an expression is left as it
 * is, and the check names it.
 */
export function importJsonLogic(
  logic: unknown,
  source: { readonly object: ObjectLike; readonly objects?: (name: string) => ObjectLike | undefined },
): unknown {
  if (logic === false || logic === null || logic === undefined) return { and: [] }
  return importPart(logic, schemaOf(source.object, source.objects))
}

function importPart(part: unknown, schema: ExpressionSchema): unknown {
  if (Array.isArray(part)) return part.map((item) => importPart(item, schema))
  if (!isRule(part)) return part
  const entries = Object.entries(part)
  const [entry] = entries
  if (!entry || entries.length > 1) return part
  const [name, given] = entry
  const operator = Object.hasOwn(renamed, name) ? (renamed[name] as string) : name
  if (operator === 'var') return { var: Array.isArray(given) && given.length === 1 ? given[0] : given }
  const args: unknown[] = Array.isArray(given) ? given : [given]
  if (overRows.has(operator) && args.length > 1) {
    const inside = fieldOf(args[0], schema)?.leadsTo?.()
    return { [operator]: [importPart(args[0], schema), ...args.slice(1).map((arg) => (inside ? importPart(arg, inside) : arg))] }
  }
  const rows = operator === 'reduce' ? countedRows(args) : null
  if (rows) return importPart({ count: rows }, schema)
  const of = args.map((arg) => importPart(arg, schema))
  if (operator === 'in' && Array.isArray(of[1]) && of[1].some(isRule)) return { or: of[1].map((item) => equalTo(of[0], item, schema)) }
  // A lone operand stays without a list, so that errors point into what was given.
  return { [operator]: comparing.has(operator) ? castBeside(of, schema) : Array.isArray(given) ? of : of[0] }
}

/** One of several fields' values: nothing else in a list but constants can be looked up. */
const equalTo = (value: unknown, item: unknown, schema: ExpressionSchema): unknown => ({ '===': castBeside([value, item], schema) })

/** What JsonLogic says for “how many”: adding one for each row, or for each that a filter leaves. The rows, and what they must meet. */
function countedRows([rows, step, start]: readonly unknown[]): readonly unknown[] | null {
  const isOneMore = isRule(step) && JSON.stringify(step['+']) === '[1,{"var":"accumulator"}]'
  if (!isOneMore || start !== 0 || !isRule(rows)) return null
  return Array.isArray(rows.filter) ? rows.filter : [rows]
}

/** Constants beside a field, in its type. */
function castBeside(args: readonly unknown[], schema: ExpressionSchema): unknown[] {
  const field = args.map((arg) => fieldOf(arg, schema)).find((found) => found !== undefined)
  if (!field) return [...args]
  return args.map((arg) => (Array.isArray(arg) ? arg.map((item) => cast(item, field)) : cast(arg, field)))
}

function fieldOf(arg: unknown, schema: ExpressionSchema): ExpressionField | undefined {
  if (!isRule(arg) || typeof arg.var !== 'string') return undefined
  let from: ExpressionSchema | undefined = schema
  let field: ExpressionField | undefined
  for (const step of arg.var.match(/custom\.[^.]+|[^.]+/g) ?? []) {
    field = from?.field(step)
    from = field?.leadsTo?.()
  }
  return field
}

function cast(value: unknown, { type }: ExpressionField): unknown {
  if (typeof value !== 'string') return value
  switch (type.is) {
    case 'int':
    case 'num':
    case 'decimal':
      return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
    case 'bool':
      return value === 'true' ? true : value === 'false' ? false : value
    case 'instant':
      return /^\d{1,16}$/.test(value) ? Number(value) : value
    default:
      return value
  }
}

import { isMoney } from '../../client/record.ts'
import { type Compared, classOf, findField, type Source } from './fields.ts'
import { argsOf, readMoment, writeMoment } from './moment.ts'
import type { Operand } from './tree.ts'

type Call = Readonly<Record<string, unknown>>

export const isCall = (value: unknown): value is Call => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Name and operands of a call; null for anything else. */
export function callOf(value: unknown): { readonly name: string; readonly args: readonly unknown[] } | null {
  if (!isCall(value)) return null
  const [entry, ...more] = Object.entries(value)
  return entry && more.length === 0 ? { name: entry[0], args: argsOf(entry[1]) } : null
}

/** The path of a plain `{ var }`. */
export function pathOf(value: unknown): string | null {
  const call = callOf(value)
  const [path, ...more] = call?.name === 'var' ? call.args : []
  return typeof path === 'string' && more.length === 0 ? path : null
}

const texts = /^(text|choice|reference|person|team)$/
const dayShape = /^\d{4}-\d{2}-\d{2}$/

/** What something of this class is compared with; null when the builder has no control for it. */
export function readOperand(source: Source, { cls }: Compared, logic: unknown): Operand | null {
  const path = pathOf(logic)
  if (path !== null) return readField(source, cls, path)
  const call = callOf(logic)
  if (call) {
    if (call.name === 'money') return readMoney(cls, call.args)
    if (cls !== 'date' && cls !== 'instant') return null
    const moment = readMoment(call.name, call.args)
    // Now beside a date is today already; a day beside an instant is nothing.
    return moment && call.name === 'today' && cls === 'instant' ? null : moment
  }
  const value = readConstant(cls, logic)
  return value === null ? null : { is: 'constant', value }
}

function readField(source: Source, cls: string, path: string): Operand | null {
  const found = findField(source, path)
  const other = found && classOf(found.field)
  const fits = other === cls || (texts.test(cls) && cls !== 'choice' && other === cls)
  return fits && cls !== 'money' && cls !== 'codes' && cls !== 'links' ? { is: 'field', path } : null
}

function readMoney(cls: string, [minor, currency]: readonly unknown[]): Operand | null {
  const value = { minor, currency }
  return cls === 'money' && isMoney(value) ? { is: 'constant', value } : null
}

/** A constant in the form its control has; null when it is none of this class. */
function readConstant(cls: string, value: unknown): unknown {
  if (texts.test(cls)) return typeof value === 'string' && value !== '' ? value : null
  switch (cls) {
    case 'number':
      return typeof value === 'number' ? value : numberIn(value)
    case 'yesNo':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return typeof value === 'string' && dayShape.test(value) ? value : null
    case 'instant':
      return typeof value === 'number' ? value : instantIn(value)
    default:
      return null
  }
}

const numberIn = (value: unknown): number | null =>
  typeof value === 'string' && /^-?\d{1,15}(\.\d{1,8})?$/.test(value) ? Number(value) : null

function instantIn(value: unknown): number | null {
  const at = typeof value === 'string' && /T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** A list of constants that a control can hold. */
export function readList(cls: string, value: unknown): Operand | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const isShown = value.every((one) => typeof one === 'string' && one.trim() === one && one !== '' && !/[\n\r]/.test(one))
  const isListed = texts.test(cls) || cls === 'codes' || cls === 'links'
  return isShown && isListed && new Set(value).size === value.length ? { is: 'list', values: value as string[] } : null
}

/** An operand as an expression; undefined while something is missing. */
export function writeOperand({ cls, field }: Compared, operand: Operand): unknown {
  switch (operand.is) {
    case 'constant':
      return writeConstant(cls, field.kind, operand.value)
    case 'list':
      return operand.values.length > 0 ? operand.values : undefined
    case 'field':
      return operand.path === '' ? undefined : { var: operand.path }
    case 'now':
    case 'ago':
    case 'fromNow':
    case 'startOf':
      return writeMoment(operand, cls === 'date') ?? undefined
    default:
      return undefined
  }
}

function writeConstant(cls: string, kind: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (cls === 'money') return isMoney(value) ? { money: [value.minor, value.currency] } : undefined
  if (kind === 'decimal') return Number(value)
  return value
}

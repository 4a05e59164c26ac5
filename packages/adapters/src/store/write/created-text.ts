import type { BatchRow, ChangeValues, ColumnType, WritePlan } from '@guanxi/core/store'
import { typeOf } from '../sql/tables.ts'
import { digestOf } from './diff.ts'

/** Makes the change of a new row whole: its values, and their digest. */
export type CompleteChange = (row: Pick<BatchRow, 'set' | 'change'>) => ChangeValues

const asGiven: CompleteChange = ({ change }) => change

/** A column of a new row whose value the change row keeps: `"column":[null,value]`. */
interface Kept {
  readonly at: number
  /** Its value is JSON text already. */
  readonly isJson: boolean
  /** What comes before its value, by what is closed with it: few pieces make a text, for each is one of the collector's. */
  readonly opened: readonly string[]
  /** The same before a text that is only put between quotes. */
  readonly openedText: readonly string[]
}

/** What closes the value before: there is none, it is anything, or a text between quotes. */
const closings = ['', ']', '"]'] as const
const afterNothing = 0
const afterValue = 1
const afterText = 2

function keptColumn(column: string, at: number, type: ColumnType): Kept {
  const opened = closings.map((closing) => `${closing}${closing && ','}${JSON.stringify(column)}:[null,`)
  return { at, isJson: type === 'json' || type === 'log', opened, openedText: opened.map((text) => `${text}"`) }
}

/** What a store does to the change rows of a plan's inserts, where it does not leave that to the database. */
export function completeChange(plan: WritePlan): CompleteChange {
  const state = createdValues(plan)
  return state ? ({ set, change }) => ({ ...change, ...state(set, change.salt) }) : asGiven
}

/** The values of a new row's change and their digest. */
export type CreatedValues = (set: BatchRow['set'], salt: string) => Stated

type Stated = { readonly [Key in 'values' | 'digest']: string }

/** Null where they are given, or a plan writes no new rows. */
export function createdValues(plan: WritePlan): CreatedValues | null {
  if (plan.op !== 'insert' || plan.diff === 'given') return null
  const kept: Kept[] = []
  for (const column of plan.recorded ?? []) {
    if (column !== 'ext') kept.push(keptColumn(column, plan.set.indexOf(column), typeOf(plan.table, column)))
  }
  const extAt = plan.recorded?.includes('ext') ? plan.set.indexOf('ext') : -1
  return (set, salt) => {
    // Both are parts of one text, which is hashed as it is.
    const text = ofColumns(`${salt}{`, kept, set, extAt < 0 ? '' : ofDocument(set[extAt]))
    return { values: text.slice(salt.length), digest: digestOf('', text) }
  }
}

/** With what comes before and after them. */
function ofColumns(before: string, kept: readonly Kept[], set: readonly unknown[], others: string): string {
  let text = before
  let closing = afterNothing
  for (const { at, isJson, opened, openedText } of kept) {
    const value = set[at]
    if (value === null || value === undefined) continue
    if (!isJson && typeof value === 'string' && plain.test(value)) {
      text += openedText[closing]
      text += value
      closing = afterText
    } else {
      text += opened[closing]
      text += isJson ? value : jsonOf(value)
      closing = afterValue
    }
  }
  const end = `${closing !== afterNothing && others !== '' ? ',' : ''}${others}}`
  return `${text}${closings[closing]}${end}`
}

/** Nothing that JSON writes differently: most texts are only put between quotes, which costs less than asking. */
const plain = /^[ !#-[\]-~\u00a0-\ud7ff\ue000-\uffff]*$/

/** JSON writes whole numbers as everybody does. */
function jsonOf(value: unknown): string {
  return Number.isSafeInteger(value) ? `${value}` : JSON.stringify(value)
}

function ofDocument(document: unknown): string {
  if (typeof document !== 'string') return ''
  const entries = Object.entries(JSON.parse(document) as object)
  return entries.map(([key, value]) => `${JSON.stringify(key)}:[null,${JSON.stringify(value)}]`).join(',')
}

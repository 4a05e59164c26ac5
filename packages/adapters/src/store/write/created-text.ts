import type { BatchRow, ChangeValues, WritePlan } from '@guanxi/core/store'
import { typeOf } from '../sql/tables.ts'
import { digestOf } from './diff.ts'

/** Makes the change of a new row whole: its values, and their digest. */
export type CompleteChange = (row: Pick<BatchRow, 'set' | 'change'>) => ChangeValues

const asGiven: CompleteChange = ({ change }) => change

/** A column of a new row whose value the change row keeps. */
interface Kept {
  readonly at: number
  /** `"column":[null,` */
  readonly prefix: string
  /** Its value is JSON text already. */
  readonly isJson: boolean
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
    const type = typeOf(plan.table, column)
    if (column !== 'ext')
      kept.push({ at: plan.set.indexOf(column), prefix: `${JSON.stringify(column)}:[null,`, isJson: type === 'json' || type === 'log' })
  }
  const extAt = plan.recorded?.includes('ext') ? plan.set.indexOf('ext') : -1
  return (set, salt) => {
    // Both are parts of one text, which is hashed as it is.
    const text = `${salt}{${ofColumns(kept, set, extAt < 0 ? '' : ofDocument(set[extAt]))}}`
    return { values: text.slice(salt.length), digest: digestOf('', text) }
  }
}

/** With what comes after them. */
function ofColumns(kept: readonly Kept[], set: readonly unknown[], others: string): string {
  let text = ''
  for (const { at, prefix, isJson } of kept) {
    const value = set[at]
    if (value === null || value === undefined) continue
    if (text !== '') text += ','
    text += prefix
    text += isJson ? value : jsonOf(value)
    text += ']'
  }
  return text === '' || others === '' ? text + others : `${text},${others}`
}

/** Nothing that JSON writes differently. */
const plain = /^[ !#-[\]-~\u00a0-\ud7ff\ue000-\uffff]*$/

/** Text as JSON; most is only put between quotes, which costs less than asking. */
function jsonOf(value: unknown): string {
  return typeof value === 'string' && plain.test(value) ? `"${value}"` : JSON.stringify(value)
}

function ofDocument(document: unknown): string {
  if (typeof document !== 'string') return ''
  const entries = Object.entries(JSON.parse(document) as object)
  return entries.map(([key, value]) => `${JSON.stringify(key)}:[null,${JSON.stringify(value)}]`).join(',')
}

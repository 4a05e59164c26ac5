import type { BatchRow, ChangeValues, WritePlan } from '@guanxi/core/store'
import { typeOf } from '../sql/tables.ts'
import { digestOf } from './diff.ts'

/** Makes the change of a new row whole: its values, and their digest. */
export type CompleteChange = (row: Pick<BatchRow, 'set' | 'change'>) => ChangeValues

const asGiven: CompleteChange = ({ change }) => change

/** A column of a new row whose value the change row keeps. */
interface Kept {
  readonly at: number
  /** `,"column":[null,` */
  readonly prefix: string
  /** Its value is JSON text already. */
  readonly isJson: boolean
}

/** What a store does to the change rows of a plan's inserts, where it does not leave that to the database. */
export function completeChange(plan: WritePlan): CompleteChange {
  if (plan.op !== 'insert' || plan.diff === 'given') return asGiven
  const kept: Kept[] = []
  for (const column of plan.recorded ?? []) {
    const type = typeOf(plan.table, column)
    if (column !== 'ext')
      kept.push({ at: plan.set.indexOf(column), prefix: `,${JSON.stringify(column)}:[null,`, isJson: type === 'json' || type === 'log' })
  }
  const extAt = plan.recorded?.includes('ext') ? plan.set.indexOf('ext') : -1
  return ({ set, change }) => {
    const values = `{${(ofColumns(kept, set) + (extAt < 0 ? '' : ofDocument(set[extAt]))).slice(1)}}`
    return { ...change, values, digest: digestOf(change.salt, values) }
  }
}

/** Each with a comma in front. */
function ofColumns(kept: readonly Kept[], set: readonly unknown[]): string {
  let text = ''
  for (const { at, prefix, isJson } of kept) {
    const value = set[at]
    if (value === null || value === undefined) continue
    text += `${prefix}${isJson ? value : JSON.stringify(value)}]`
  }
  return text
}

function ofDocument(document: unknown): string {
  if (typeof document !== 'string') return ''
  let text = ''
  for (const [key, value] of Object.entries(JSON.parse(document) as object)) {
    text += `,${JSON.stringify(key)}:[null,${JSON.stringify(value)}]`
  }
  return text
}

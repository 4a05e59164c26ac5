import { readChange } from '../change/read-change.ts'
import { CrmError } from '../error/crm-error.ts'
import type { ChangeEntry, Where } from '../record/records.ts'
import type { Scope } from '../scope/scope.ts'
import type { StoredDelivery } from './delivery-rows.ts'
import type { StoredWebhook } from './rows.ts'

const past = { create: 'created', update: 'updated', delete: 'deleted', restore: 'restored' } as const

/** What a change is called outside: `deal.updated`. */
export function typeOf(object: string, operation: ChangeEntry['operation']): string {
  return `${object}.${past[operation]}`
}

/** The text of a delivery as its owner may tell it now; null where they may not, or where the record is not one it is for. */
export async function bodyOf(owner: Scope, hook: StoredWebhook, delivery: StoredDelivery): Promise<string | null> {
  const { object, recordId, changeId, type, payload, createdAt } = delivery
  const told = (timestamp: number, data: unknown): string => JSON.stringify({ type, timestamp: new Date(timestamp).toISOString(), data })
  if (object === null || recordId === null) return told(createdAt, payload)
  const isDeleted = type === typeOf(object, 'delete')
  // What was said by code about a record goes by the record alone, what is told of a change by the condition as well.
  if (!(await isFor(owner, object, recordId, changeId === null ? null : hook.condition, isDeleted))) return null
  if (changeId === null) return told(createdAt, payload)
  const change = await readChange(owner, object, recordId, changeId)
  return change && told(change.at, dataOf(change))
}

function dataOf({ id, object, recordId, version, operation, at, recordedAt, actor, values }: ChangeEntry): unknown {
  const changes = values && Object.fromEntries(Object.entries(values).map(([field, [from, to]]) => [field, { from, to }]))
  return { changeId: id, object, id: recordId, version, operation, at, recordedAt, actor, changes }
}

/** May they read the record, and does it satisfy the condition? One that is deleted meanwhile is looked for among those as well. */
async function isFor(owner: Scope, object: string, id: string, condition: Where | null, isDeleted: boolean): Promise<boolean> {
  const where: Where = condition === null ? { id } : { and: [{ id }, condition] }
  const { records } = owner.kernel
  const has = async (deleted: 'exclude' | 'only'): Promise<boolean> => {
    try {
      return (await records(owner, object).find({ where, fields: [], limit: 1, deleted })).records.length > 0
    } catch (error) {
      // An object, a field or a right that is not there any more.
      if (error instanceof CrmError && error.entry.status < 500) return false
      throw error
    }
  }
  const [first, second] = isDeleted ? (['only', 'exclude'] as const) : (['exclude', 'only'] as const)
  return (await has(first)) || (await has(second))
}

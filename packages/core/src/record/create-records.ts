import { readChanges } from '../change/read-changes.ts'
import { readHistory } from '../change/read-history.ts'
import { aggregateRecords, countRecords } from '../read/aggregate.ts'
import { explainRecord } from '../read/explain.ts'
import { findRecords } from '../read/find.ts'
import { getRecord } from '../read/get.ts'
import { overlapOf } from '../read/overlap.ts'
import { revealField } from '../read/reveal.ts'
import { atOneTime, inUnit, type Scope } from '../scope/scope.ts'
import { throwExplained } from '../scope/store-failure.ts'
import { shownRecord } from '../tenant/field-view.ts'
import { createMany } from '../write/create-many.ts'
import { createRecord } from '../write/create-record.ts'
import { removeRecord, restoreRecord } from '../write/remove-record.ts'
import { updateEach } from '../write/update-each.ts'
import { removeMany, updateMany } from '../write/update-many.ts'
import { updateRecord } from '../write/update-record.ts'
import type { Records } from './records.ts'

/** The records of an object as one actor may see and change them: the one door to data. */
export function createRecords<T extends object = Record<string, unknown>>(scope: Scope, object: string): Records<T> {
  const open = scope.unit ? inside : outermost
  // Whoever may lose the right to write asks for it in the transaction that writes.
  const write = <R>(work: (inner: Scope) => Promise<R>): Promise<R> =>
    open(scope.fence && !scope.unit ? inUnit(scope, work) : work(atOneTime(scope)))
  const records = {
    create: async (values, options) => shown(scope, object, await write((inner) => createRecord(inner, object, values, options))),
    get: async (id, query) => open(getRecord(scope, object, id, query)),
    find: async (query = {}) => open(findRecords(scope, object, query)),
    update: async (target, patch, options) =>
      shown(scope, object, await write((inner) => updateRecord(inner, object, target, patch, options))),
    remove: async (target, options) => write((inner) => removeRecord(inner, object, target, options)),
    restore: async (target, options) => shown(scope, object, await write((inner) => restoreRecord(inner, object, target, options))),
    reveal: async (id, field) => open(revealField(scope, object, id, field)),
    createMany: async (values, options) => write((inner) => createMany(inner, object, values, options)),
    updateMany: async (target, patch, options) => write((inner) => updateMany(inner, object, target, patch, options)),
    updateEach: async (changes, options) => write((inner) => updateEach(inner, object, changes, options)),
    removeMany: async (target, options) => write((inner) => removeMany(inner, object, target, options)),
    count: async (query = {}) => open(countRecords(scope, object, query)),
    explain: async (id, where) => open(explainRecord(scope, object, id, where)),
    overlap: async (a, b) => open(overlapOf(scope, object, a, b)),
    aggregate: async (query) => open(aggregateRecords(scope, object, query)),
    changes: async (id, query) => open(readChanges(scope, object, id, query)),
    history: async (query) => open(readHistory(scope, object, query)),
  } satisfies Untyped
  return records as unknown as Records<T>
}

/** What a write answers, as far as the actor may see it. */
function shown(scope: Scope, object: string, record: Record<string, unknown>): Record<string, unknown> | Promise<Record<string, unknown>> {
  const tenant = scope.kernel.tenants.get(scope)
  if (tenant instanceof Promise) return tenant.then((loaded) => shownRecord(scope, loaded.runtime(object), record))
  return shownRecord(scope, tenant.runtime(object), record)
}

/** Inside a transaction failures pass as they are: whoever began it may try again. */
const inside = <T>(answer: Promise<T>): Promise<T> => answer

/** To a caller a failing database is an error of the table, with the driver's own as its cause. */
function outermost<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(throwExplained)
}

/** The same door before a handle gives its types. */
type Untyped = { [K in keyof Records]: (...args: Parameters<Records[K]>) => Promise<unknown> }

import { readChanges } from '../change/read-changes.ts'
import { createMany } from '../write/create-many.ts'
import { createRecord } from '../write/create-record.ts'
import { removeRecord, restoreRecord } from '../write/remove-record.ts'
import { removeMany, updateMany } from '../write/update-many.ts'
import { updateRecord } from '../write/update-record.ts'
import { aggregateRecords, countRecords } from '../read/aggregate.ts'
import { findRecords } from '../read/find.ts'
import { getRecord } from '../read/get.ts'
import type { Records } from './records.ts'
import { atOneTime, type Scope } from '../scope/scope.ts'

/** The records of an object as one actor may see and change them: the one door to data. */
export function createRecords<T extends object = Record<string, unknown>>(scope: Scope, object: string): Records<T> {
  const records = {
    create: (values, options) => createRecord(atOneTime(scope), object, values, options),
    get: (id, query) => getRecord(scope, object, id, query),
    find: (query = {}) => findRecords(scope, object, query),
    update: (target, patch, options) => updateRecord(atOneTime(scope), object, target, patch, options),
    remove: (target, options) => removeRecord(atOneTime(scope), object, target, options),
    restore: (target, options) => restoreRecord(atOneTime(scope), object, target, options),
    createMany: (values, options) => createMany(atOneTime(scope), object, values, options),
    updateMany: (target, patch, options) => updateMany(atOneTime(scope), object, target, patch, options),
    removeMany: (target, options) => removeMany(atOneTime(scope), object, target, options),
    count: (query = {}) => countRecords(scope, object, query),
    aggregate: (query) => aggregateRecords(scope, object, query),
    changes: (id, query) => readChanges(scope, object, id, query),
  } satisfies Untyped
  return records as unknown as Records<T>
}

/** The same door before a handle gives its types. */
type Untyped = { [K in keyof Records]: (...args: Parameters<Records[K]>) => Promise<unknown> }

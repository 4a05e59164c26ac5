import { type CrmError, crmError } from '../error/crm-error.ts'
import { repeatedPosting } from '../ledger/repeated-posting.ts'
import { UniqueViolation } from '../store/errors.ts'
import type { WriteOutcome } from '../store/port.ts'
import { idempotencyTable, ledgerTable } from '../store/system-tables.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { StaleRevision } from '../tenant/tenants.ts'
import { storageKeys } from './storage-values.ts'

/** Turns the refusal of a composed write into the error its caller can act on. A version conflict is the caller's to explain. */
export function throwRefusal(outcome: WriteOutcome, references: readonly string[]): void {
  const { refused } = outcome
  if (refused.length === 0) return
  if (refused.includes('revision')) throw new StaleRevision()
  if (refused.includes('found') || refused.includes('policy')) throw crmError('NOT_FOUND')
  if (refused.includes('state')) throw crmError('RECORD_DELETED')
  if (refused.includes('reference')) throw missingReferences(outcome.missing.map((index) => references[index] ?? ''))
}

/** The references that point to nothing, as the issues of one validation error. */
export function missingReferences(fields: readonly string[]): CrmError {
  const issues = fields.map((field) => crmError('VALUE_REFERENCE', {}, { path: `/${field}` }))
  return crmError('VALIDATION_FAILED', { count: issues.length }, { details: { issues } })
}

/** A unique key that refused a write, as an error that names the field; keys of the core pass through. */
export function explainViolation(error: unknown, runtime: ObjectRuntime): unknown {
  if (!(error instanceof UniqueViolation) || error.constraint === `${idempotencyTable.name}_pkey`) return error
  if (error.constraint === `${ledgerTable.name}_pkey`) return repeatedPosting(error)
  const { table, fields } = runtime.definition
  if (error.constraint === `${table.name}_pkey`) return crmError('DUPLICATE_ID', {}, { path: '/id', cause: error })
  const index = table.indexes.find(({ name }) => name === error.constraint)
  const field = fields.find((candidate) => candidate.unique && index?.columns.includes(storageKeys(candidate)[0] ?? ''))
  if (!field) return error
  return crmError('DUPLICATE_VALUE', { field: field.name }, { path: `/${field.name}`, cause: error })
}

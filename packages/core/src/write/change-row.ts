import { hash } from 'node:crypto'
import { newSalt } from '../id/salt.ts'
import { newId } from '../id/uuid7.ts'
import type { WriteOptions } from '../record/records.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { ChangeValues } from '../store/port.ts'

/** The change row of one record written: exactly one each, part of the write itself. */
export function changeRow(
  scope: Scope,
  object: string,
  op: ChangeValues['op'],
  parts: readonly string[] | null,
  authors: ReadonlyMap<string, string>,
  options: WriteOptions,
): ChangeValues {
  const recordedAt = nowOf(scope)
  const salt = newSalt()
  const values = parts && `{${parts.join(',')}}`
  return {
    id: newId(),
    object,
    op,
    at: options.at ?? recordedAt,
    recordedAt,
    actorKind: scope.actor.kind,
    actorId: scope.actor.id,
    cause: causeOf(scope, options),
    authors: authors.size > 0 ? JSON.stringify(Object.fromEntries(authors)) : null,
    values,
    salt,
    digest: values && digestOf(salt, values),
  }
}

/** SHA-256 over salt and values: proves the values while they are there, says nothing once both are erased. */
export function digestOf(salt: string, values: string): string {
  return hash('sha256', salt + values, 'hex')
}

function causeOf(scope: Scope, options: WriteOptions): string | null {
  if (options.cause) return JSON.stringify(options.cause)
  const hook = scope.chain.at(-1)
  return hook === undefined ? null : JSON.stringify({ kind: 'hook', id: hook, chain: scope.chain })
}

import { hash } from 'node:crypto'
import type { HookRecord } from '../hook/hook-record.ts'
import { newSalt } from '../id/salt.ts'
import { newId } from '../id/uuid7.ts'
import type { WriteOptions } from '../record/records.ts'
import type { RuleOutcome } from '../rule/outcome.ts'
import { nowOf, type Scope } from '../scope/scope.ts'
import type { ChangeValues } from '../store/port.ts'

/** The change row of one record written: exactly one each, part of the write itself. */
export function changeRow(
  scope: Scope,
  object: string,
  op: ChangeValues['op'],
  parts: readonly string[] | null,
  { authors, outcome }: Pick<HookRecord, 'authors' | 'outcome'>,
  options: WriteOptions,
  spelled: (authors: HookRecord['authors']) => string | null = authorsText,
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
    cause: causeOf(scope, options, outcome),
    authors: spelled(authors),
    values,
    salt,
    digest: values && digestOf(salt, values),
  }
}

function authorsText(authors: HookRecord['authors']): string | null {
  return authors.size > 0 ? JSON.stringify(Object.fromEntries(authors)) : null
}

/** Writes down the authors of many records one after the other: those that share them follow each other mostly. */
export function authorsSpeller(): typeof authorsText {
  let last: HookRecord['authors'] | null = null
  let text: string | null = null
  return (authors) => {
    if (authors.size === 0) return null
    if (authors !== last) text = authorsText(authors)
    last = authors
    return text
  }
}

/** SHA-256 over salt and values: proves the values while they are there, says nothing once both are erased. */
export function digestOf(salt: string, values: string): string {
  return hash('sha256', salt + values, 'hex')
}

function causeOf(scope: Scope, options: WriteOptions, outcome: RuleOutcome | null): string | null {
  const cause = options.cause ?? ofChain(scope.chain)
  const rules = outcome && outcome.fired.length > 0 ? outcome.fired : null
  if (!rules) return cause && JSON.stringify(cause)
  return JSON.stringify({ ...(cause ?? { kind: 'rules', id: 'rules' }), rules })
}

/** What led to a write: a hook, or a rule as `rule:<decider>@<version>/<rule>`. */
function ofChain(chain: readonly string[]): { readonly kind: string; readonly id: string } | null {
  const last = chain.at(-1)
  if (last === undefined) return null
  const [, id = '', version, rule] = /^rule:(.+)@(\d+)\/(.+)$/.exec(last) ?? []
  if (id === '') return { kind: 'hook', id: last, ...{ chain } }
  return { kind: 'rule', id, ...{ version: Number(version), rule, chain } }
}

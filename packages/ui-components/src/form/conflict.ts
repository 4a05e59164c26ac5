import { readField, sameValue } from '../client/record.ts'
import type { CrmRecord } from '../client/types.ts'
import { Draft } from './draft.ts'

/** A field both have changed. */
export interface Clash {
  readonly name: string
  readonly mine: unknown
  readonly theirs: unknown
  /** Null until the reader has decided. */
  readonly choice: 'mine' | 'theirs' | null
}

/** Somebody else was faster: their record, and the fields where both wrote something else. */
export interface Conflict {
  readonly current: CrmRecord
  readonly clashes: readonly Clash[]
}

/** Compares my edits with a record that has changed since they began. */
export function conflictOf(draft: Draft, current: CrmRecord): Conflict {
  const clashes = [...draft.edits].flatMap(([name, mine]) => {
    const theirs = readField(current, name)
    const untouched = sameValue(theirs, readField(draft.base, name))
    return untouched || sameValue(theirs, mine) ? [] : [{ name, mine, theirs, choice: null }]
  })
  return { current, clashes }
}

/** The conflict with one more decision. */
export function decide(conflict: Conflict, name: string, choice: 'mine' | 'theirs'): Conflict {
  return { ...conflict, clashes: conflict.clashes.map((clash) => (clash.name === name ? { ...clash, choice } : clash)) }
}

/** Has every clash been decided? */
export function isDecided(conflict: Conflict): boolean {
  return conflict.clashes.every((clash) => clash.choice !== null)
}

/** My edits over their record, as decided. */
export function rebase(draft: Draft, conflict: Conflict): Draft {
  const theirs = new Set(conflict.clashes.filter((clash) => clash.choice === 'theirs').map((clash) => clash.name))
  return new Draft(
    conflict.current,
    [...draft.edits].filter(([name]) => !theirs.has(name)),
  )
}

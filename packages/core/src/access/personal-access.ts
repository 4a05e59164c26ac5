import type { Access, Action, Verdict } from './access.ts'

const narrowed = new Set<Action>(['read', 'update', 'delete', 'restore'])

/**
 * Narrows a door for objects whose records belong to their owner: whoever may do something with all of them may do it with their own
 * and with shared ones. `columns`: object → column that says a record is shared. The system is not narrowed.
 */
export function personalAccess(access: Access, columns: ReadonlyMap<string, string>): Access {
  if (columns.size === 0) return access
  const verdicts = new Map<string, Verdict>(
    [...columns].map(([object, column]) => [object, Object.freeze({ allowed: true, reach: `own or ${column}` })]),
  )
  return {
    field: access.field,
    judge(actor, action, object) {
      const verdict = access.judge(actor, action, object)
      const isWide = verdict.allowed && verdict.reach === 'all' && actor.kind !== 'system' && narrowed.has(action)
      return (isWide && verdicts.get(object)) || verdict
    },
  }
}

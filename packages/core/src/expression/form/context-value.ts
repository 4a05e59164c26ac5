import type { ExpressionContext } from '../context.ts'
import { unknownField } from '../expression-error.ts'
import type { ContextNode } from '../node.ts'
import { dayOf } from '../time/calendar.ts'
import { date, instant, type Type, text } from '../type.ts'

const id: Type = { is: 'id' }

export const zoneOf = (context: ExpressionContext): string => context.zone ?? 'UTC'
export const today = (context: ExpressionContext): string => dayOf(context.now, zoneOf(context))

type Known = Pick<ContextNode, 'type' | 'nullable' | 'read' | 'asDate'>

const value = (type: Type, read: Known['read'], nullable = type.is === 'text' || type.is === 'id'): Known => ({ type, nullable, read })

const values = new Map<string, Known>([
  ['now', { ...value(instant, ({ now }) => now), asDate: today }],
  ['today', value(date, today)],
  ['tenant', value(text, ({ tenant }) => tenant ?? null)],
  ['actor.id', value(id, ({ actor }) => actor?.id ?? null)],
  ['actor.personId', value(id, ({ actor }) => actor?.personId ?? null)],
  ['actor.teamIds', value({ is: 'list', of: id }, ({ actor }) => actor?.teamIds ?? [])],
  ['actor.roles', value({ is: 'list', of: text }, ({ actor }) => actor?.roles ?? [])],
])

/** Who asks, when, for which tenant. */
export function contextValue(name: string, path: string): ContextNode {
  const known = values.get(name)
  if (!known) throw unknownField(path, `$.${name}`)
  return { is: 'context', name, path, ...known }
}

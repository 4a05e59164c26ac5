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

type Asking = NonNullable<ExpressionContext['actor']>

/** Something of who asks; nobody has none of it. */
const actor = (key: keyof Asking, type: Type, none: unknown = null): readonly [string, Known] => [
  `actor.${key}`,
  value(type, (context) => context.actor?.[key] ?? none),
]

const values = new Map<string, Known>([
  ['now', { ...value(instant, ({ now }) => now), asDate: today }],
  ['today', value(date, today)],
  ['tenant', value(text, ({ tenant }) => tenant ?? null)],
  actor('id', id),
  actor('personId', id),
  actor('teamIds', { is: 'list', of: id }, []),
  actor('roles', { is: 'list', of: text }, []),
])

/** Who asks, when, for which tenant. */
export function contextValue(name: string, path: string): ContextNode {
  const known = values.get(name)
  if (!known) throw unknownField(path, `$.${name}`)
  return { is: 'context', name, path, ...known }
}

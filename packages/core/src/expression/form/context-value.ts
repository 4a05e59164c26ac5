import type { ExpressionContext } from '../context.ts'
import { ExpressionError } from '../expression-error.ts'
import type { ContextNode } from '../node.ts'
import { dayOf } from '../time/calendar.ts'
import { date, instant, type Type } from '../type.ts'

const id: Type = { is: 'id' }
const ids: Type = { is: 'list', of: id }
const texts: Type = { is: 'list', of: { is: 'text' } }

export const zoneOf = (context: ExpressionContext): string => context.zone ?? 'UTC'
export const today = (context: ExpressionContext): string => dayOf(context.now, zoneOf(context))

const values = new Map<string, Pick<ContextNode, 'type' | 'nullable' | 'read' | 'asDate'>>([
  ['now', { type: instant, nullable: false, read: (context) => context.now, asDate: today }],
  ['today', { type: date, nullable: false, read: today }],
  ['tenant', { type: { is: 'text' }, nullable: true, read: (context) => context.tenant ?? null }],
  ['actor.id', { type: id, nullable: true, read: (context) => context.actor?.id ?? null }],
  ['actor.personId', { type: id, nullable: true, read: (context) => context.actor?.personId ?? null }],
  ['actor.teamIds', { type: ids, nullable: false, read: (context) => context.actor?.teamIds ?? [] }],
  ['actor.roles', { type: texts, nullable: false, read: (context) => context.actor?.roles ?? [] }],
])

/** Who asks, when, for which tenant. */
export function contextValue(name: string, path: string): ContextNode {
  const known = values.get(name)
  if (!known) throw new ExpressionError('RULE_FIELD', path, { field: `$.${name}`.slice(0, 100) })
  return { is: 'context', name, path, ...known }
}

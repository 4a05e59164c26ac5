import type { Actor } from '../access/actor.ts'
import type { Scope } from '../scope/scope.ts'
import type { Kernel } from './kernel.ts'

/** A call of the core itself, on nobody's behalf. */
export function systemScope(kernel: Kernel, tenant: string): Scope {
  const actor: Actor = { id: 'system', kind: 'system', tenant, roles: [], teamIds: [], name: null, locale: null }
  return { kernel, actor, unit: null, now: null, privileged: true, chain: [] }
}

import type { Actor, Identity } from '../access/actor.ts'
import type { Kernel } from '../crm/kernel.ts'
import type { Scope } from './scope.ts'

/** A call of the core itself, on nobody's behalf. */
export function systemScope(kernel: Kernel, tenant: string): Scope {
  const actor: Actor = { id: 'system', kind: 'system', tenant, roles: [], teamIds: [], name: null, locale: null }
  return { kernel, actor, unit: null, now: null, privileged: true, chain: [] }
}

/** The system as whoever a session belongs to. */
export function systemIdentity(tenant: string): Identity {
  return { id: 'system', kind: 'system', tenant }
}

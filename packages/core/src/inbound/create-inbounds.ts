import { crmError } from '../error/crm-error.ts'
import { authorise, type Scope } from '../scope/scope.ts'
import { isSecret } from '../secret/signature.ts'
import type { InboundView } from './inbound.ts'
import { keptSecrets, rotateSecret } from './secrets.ts'

/** The pseudo-object whose grants decide, for what comes in as for what goes out. */
const object = 'webhooks'
const hour = 3_600_000
const most = { overlapHours: 720, secret: 500 } as const

/** How an inbound hook gets a secret. */
export interface InboundRotation {
  /** Hours that secrets before it count; 24 unless said, 0 to 720. */
  readonly overlapHours?: number
  /** One that the sender has made, 16 to 500 characters; a new one of Standard Webhooks unless said. */
  readonly secret?: string
}

/** Inbound hooks, for those who may `define` all webhooks. Nothing comes in before a hook has a secret. */
export interface Inbounds {
  list(): Promise<readonly InboundView[]>
  /** A secret that is shown this once. Who did it is kept as a decision (`core.inbound-rotate`). */
  rotate(id: string, options?: InboundRotation): Promise<string>
}

export function createInbounds(scope: Scope): Inbounds {
  const { kernel } = scope
  const allow = (): void => {
    if (!kernel.webhooks) throw crmError('WEBHOOKS_OFF')
    if (authorise(scope, 'define', object) !== 'all')
      throw crmError('FORBIDDEN', { action: 'define' }, { details: { action: 'define', object } })
  }
  return {
    list: async () => {
      allow()
      const secrets = await keptSecrets(scope)
      return kernel.contributions.inbounds.map(({ id, plugin, label }) => ({
        ...{ id, plugin, label },
        secrets: (secrets.get(id) ?? []).map(({ createdAt, until }) => ({ createdAt, until })),
      }))
    },
    rotate: async (id, { overlapHours = 24, secret } = {}) => {
      allow()
      const hook = kernel.contributions.inbounds.find((one) => one.id === id)
      if (!hook) throw crmError('NOT_FOUND')
      if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > most.overlapHours)
        throw refuse('overlapHours', `it is a whole number from 0 to ${most.overlapHours}`)
      if (secret !== undefined && !fits(secret, hook.verify ?? 'standard')) throw refuse('secret', 'it is no secret of this hook’s kind')
      return rotateSecret(scope, id, secret, overlapHours * hour)
    },
  }
}

function fits(secret: unknown, verify: unknown): boolean {
  if (verify === 'standard') return isSecret(secret)
  return typeof secret === 'string' && secret.length >= 16 && secret.length <= most.secret
}

function refuse(name: string, reason: string) {
  return crmError('PARAMETER_INVALID', { name, reason }, { path: `/${name}` })
}

import { crmError } from '../error/crm-error.ts'
import { createSealer, type Sealer } from '../secret/sealed.ts'
import type { WebhookOptions, WebhookTransport } from './webhook.ts'

const most = { inFlight: 16, keepDays: 400, giveUpDays: 60 } as const

/** How webhooks are done in this CRM, everything filled in. */
export interface WebhookSetup {
  readonly transport: WebhookTransport
  readonly sealer: Sealer
  readonly inFlight: number
  readonly keepDays: number
  readonly giveUpDays: number
}

/** Throws PARAMETER_INVALID with what is wrong. */
export function webhookSetup({ transport, keys, inFlight = 4, keepDays = 30, giveUpDays = 5 }: WebhookOptions): WebhookSetup {
  for (const [name, value] of Object.entries({ inFlight, keepDays, giveUpDays })) {
    const limit = most[name as keyof typeof most]
    if (!Number.isInteger(value) || value < 1 || value > limit)
      throw crmError('PARAMETER_INVALID', { name: `webhooks.${name}`, reason: `it is a whole number from 1 to ${limit}` })
  }
  return { transport, sealer: createSealer(keys), inFlight, keepDays, giveUpDays }
}

import { CrmError } from '../error/crm-error.ts'
import { defineJob, GiveUp, type Job } from '../job/job.ts'
import type { WebhookEvent } from './webhook.ts'

/** What a webhook is told, and which. */
export interface WebhookRequest extends WebhookEvent {
  /** Its id. */
  readonly webhookId: string
}

const text = { type: 'string' } as const

/**
 * Tells a webhook something as a job, for wherever only a job can be put there: `change.enqueue(webhookSend, { … })` in a `before` hook, the
 * write option `enqueue`, rules and deciders. Only where `createCrm` was given `webhooks`; else JOB_UNKNOWN.
 */
export const webhookSend: Job<WebhookRequest> = defineJob<WebhookRequest>({
  id: 'core.webhook-send',
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['webhookId', 'type', 'data'],
    properties: {
      ...{ webhookId: text, type: text, data: { type: 'object' }, key: text },
      about: { type: 'object', additionalProperties: false, required: ['object', 'id'], properties: { object: text, id: text } },
    },
  },
  async run({ webhookId, ...event }, { session, key }) {
    try {
      await session.webhooks.send(webhookId, { ...event, key: event.key ?? key })
    } catch (error) {
      // Taken away meanwhile, or never right: no further try makes it so.
      if (error instanceof CrmError && error.status < 500) throw new GiveUp(error.message)
      throw error
    }
  },
})

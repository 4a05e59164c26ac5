import type { Route } from '../route/route.ts'
import { inboundHooks, receiveHook, rotateInbound } from './inbound.ts'
import {
  createWebhook,
  getWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  pingWebhook,
  redeliverOne,
  redeliverSpan,
  removeWebhook,
  resumeWebhook,
  rotateWebhook,
  updateWebhook,
} from './webhooks.ts'

/** Addresses of webhooks. */
export const webhookRoutes: readonly Route[] = [
  { method: 'POST', pattern: 'hooks/:hook', access: 'signed', answer: receiveHook },
  { method: 'POST', pattern: 'hooks/:hook/:tenant', access: 'signed', answer: receiveHook },
  { method: 'GET', pattern: 'api/inbound', access: 'identified', answer: inboundHooks },
  { method: 'POST', pattern: 'api/inbound/:hook/rotate', access: 'identified', answer: rotateInbound },
  { method: 'GET', pattern: 'api/webhooks', access: 'identified', answer: listWebhooks },
  { method: 'POST', pattern: 'api/webhooks', access: 'identified', answer: createWebhook },
  { method: 'GET', pattern: 'api/webhooks/:id', access: 'identified', answer: getWebhook },
  { method: 'PATCH', pattern: 'api/webhooks/:id', access: 'identified', answer: updateWebhook },
  { method: 'DELETE', pattern: 'api/webhooks/:id', access: 'identified', answer: removeWebhook },
  { method: 'POST', pattern: 'api/webhooks/:id/pause', access: 'identified', answer: pauseWebhook },
  { method: 'POST', pattern: 'api/webhooks/:id/resume', access: 'identified', answer: resumeWebhook },
  { method: 'POST', pattern: 'api/webhooks/:id/rotate', access: 'identified', answer: rotateWebhook },
  { method: 'POST', pattern: 'api/webhooks/:id/ping', access: 'identified', answer: pingWebhook },
  { method: 'GET', pattern: 'api/webhooks/:id/deliveries', access: 'identified', answer: listDeliveries },
  { method: 'POST', pattern: 'api/webhooks/:id/deliveries/:delivery/redeliver', access: 'identified', answer: redeliverOne },
  { method: 'POST', pattern: 'api/webhooks/:id/redeliver', access: 'identified', answer: redeliverSpan },
]

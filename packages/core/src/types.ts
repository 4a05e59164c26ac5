// What clients share with the server: types only.
export type { DeciderBody } from './decider/body.ts'
export type * from './decider/deciders.ts'
export type { ConditionRule } from './decider/define-decider.ts'
export type * from './decider/save-rule.ts'
export type { InboundView } from './inbound/inbound.ts'
export type { ScheduleTimes } from './job/schedule.ts'
export type { ChangeEntry } from './record/records.ts'
export type {
  DeliveryState,
  Webhook,
  WebhookDelivery,
  WebhookHealth,
  WebhookInput,
  WebhookOperation,
  WebhookSecret,
} from './webhook/webhook.ts'

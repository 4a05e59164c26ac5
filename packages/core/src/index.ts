export type { Access, Action, FieldGrants, Grant, Reach, Reached, RoleGrants, Verdict } from './access/access.ts'
export type { Actor, Identity } from './access/actor.ts'
export type { ChangeTail, TailChange } from './change/tail.ts'
export * from './command/index.ts'
export { type ConsumedChange, type Consumer, type ConsumerContext, defineConsumer } from './consumer/consumer.ts'
export { createCrm } from './crm/create-crm.ts'
export type { Crm, CrmOptions, Definitions, Running, RunOptions, Session } from './crm/crm.ts'
export type * from './decider/allocation.ts'
export type { DeciderBody } from './decider/body.ts'
export type * from './decider/deciders.ts'
export type { AllocationDecider, AllocationDeciderInput } from './decider/define-allocation.ts'
export {
  type Because,
  type BlastLimit,
  type ConditionDecider,
  type ConditionDeciderInput,
  type ConditionRule,
  defineDecider,
  type SaveDeciderInput,
} from './decider/define-decider.ts'
export type * from './decider/save-rule.ts'
export type * from './decision/decision.ts'
export type { DirectoryInput, Person, PersonState, Team } from './directory/directory.ts'
export { receivesWork, stateAt, workDenial } from './directory/person-state.ts'
export { CrmError, crmError, type ErrorBody, type ErrorEntry, type ErrorParams, type Issue } from './error/crm-error.ts'
export { errorTable } from './error/table.ts'
export * from './hook/hook.ts'
export { newId } from './id/uuid7.ts'
export type { InboundRotation, Inbounds } from './inbound/create-inbounds.ts'
export {
  type Arrival,
  defineInbound,
  type Inbound,
  type InboundContext,
  type InboundEvent,
  type InboundRequest,
  type InboundView,
  type Received,
} from './inbound/inbound.ts'
export * from './job/index.ts'
export { toE164 } from './kind/phone.ts'
export type { LedgerEntry } from './ledger/entry.ts'
export { defineLedger, type Ledger, type LedgerDefinition, type Posting } from './ledger/ledger.ts'
export type * from './ledger/ledgers.ts'
export { inLocale, type Locale, locales, pickLocale, type Words } from './locale/locale.ts'
export {
  ChannelFailure,
  type ChannelFailureOptions,
  type MessageChannel,
  type OutgoingMessage,
} from './message/channel.ts'
export type * from './message/contact.ts'
export type * from './message/message.ts'
export { percentOf, splitByLargestRemainder } from './money/split.ts'
export { defineObject } from './object/define-object.ts'
export type { FieldDefinition, FieldStorage, Layer, ObjectDefinition } from './object/definition.ts'
export { definitionView } from './object/definition-view.ts'
export { extendObject } from './object/extend-object.ts'
export type { FieldAccess, FieldMay, FieldReading, FieldRight } from './object/field-right.ts'
export type { NewRecord, ObjectDefinitionHandle, ObjectHandle, Patch, RecordOf, Stored, SystemFields } from './object/handle.ts'
export type { AnyReference, FileReference, Infer, Money, SchemaShape } from './object/infer.ts'
export type {
  ChoiceOption,
  FieldConditions,
  FormulaSchema,
  KindName,
  ObjectOptions,
  ObjectSchema,
  PropertySchema,
  SectionSchema,
  ValidationSchema,
} from './object/schema.ts'
export type { Health } from './operation/health.ts'
export type * from './operation/operations.ts'
export { definePlugin } from './plugin/define-plugin.ts'
export type { CrmPlan } from './plugin/plan.ts'
export type { Endpoint, EndpointContext, Plugin, PluginDefinition, PluginError, PluginRecorder } from './plugin/plugin.ts'
export { type Service, service } from './plugin/service.ts'
export { type MaskKind, mask } from './privacy/mask.ts'
export * from './reason/index.ts'
export { messageReasons } from './reason/message-reasons.ts'
export type * from './record/records.ts'
export { type Action as RuleAction, type ActionCase, type ActionContext, type ActionInput, defineAction } from './rule/action.ts'
export type { Resolved, StoredSetting } from './settings/resolved.ts'
export {
  defineSetting,
  type SettableBy,
  type Setting,
  type SettingDefinition,
  type SettingLevel,
  type SettingType,
} from './settings/setting.ts'
export type * from './settings/settings.ts'
export { defineMessage, type MessageDefinition, type MessagePurpose, type MessageTemplate } from './template/define-message.ts'
export { type MessageText, type RenderedMessage, renderMessage } from './template/text.ts'
export { type WebhookRequest, webhookSend } from './webhook/send-job.ts'
export type * from './webhook/webhook.ts'
export { WebhookUnanswered } from './webhook/webhook.ts'

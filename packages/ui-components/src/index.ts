export type * from '@guanxi/core/types'
export { CrmBoard } from './board/board.ts'
export { Client, type ClientOptions, type Version } from './client/client.ts'
export { ClientError, type Issue } from './client/client-error.ts'
export { DeciderClient } from './client/decider-client.ts'
export {
  type CandidateView,
  type ChangeView,
  type DecisionOutline,
  type DecisionView,
  type LedgerEntry,
  type LedgerView,
  LogClient,
  type LogQuery,
  type ReasonView,
  type RecordPlace,
} from './client/log-client.ts'
export { type Configuration, configure, forget, Session, sessionFor } from './client/session.ts'
export { type RecordEvent, RecordStore } from './client/store.ts'
export type {
  AggregateRow,
  BulkOperation,
  BulkTarget,
  ChoiceOption,
  CrmRecord,
  Explanation,
  FieldKind,
  FieldView,
  Me,
  Money,
  ObjectView,
  Person,
  RecordPage,
  RecordQuery,
  RecordValues,
  RelatedRecord,
  Words,
} from './client/types.ts'
export { type DeliveryPage, WebhookClient } from './client/webhook-client.ts'
export { define } from './define.ts'
export type { CrmEventDetails, CrmEvents } from './element/events.ts'
export { CrmField } from './field/field.ts'
export { type FieldRenderer, registerRenderer } from './field/registry.ts'
export { CrmFilter, type FilterValue } from './filter/filter.ts'
export type { FieldCheck } from './form/field-checks.ts'
export { CrmForm } from './form/form.ts'
export type { FormMode } from './form/layout.ts'
export { CrmImport, type ImportEvents } from './import/import.ts'
export { CrmInbox, type InboxEvents } from './inbox/inbox.ts'
export type { Comparison, Condition } from './list/condition.ts'
export { CrmList } from './list/list.ts'
export type { Period } from './list/period.ts'
export type { ListSettings } from './list/view-settings.ts'
export type { MessageKey, Messages } from './messages/messages.ts'
export { CrmOperations, type OperationsEvents, type OperationsTab } from './operations/operations.ts'
export { CrmRules, type RulesEvents, type RulesTab } from './rules/rules.ts'
export { CrmSettings, type SettingsEvents } from './settings/settings.ts'
export { CrmTimeline, type TimelinePart } from './timeline/timeline.ts'

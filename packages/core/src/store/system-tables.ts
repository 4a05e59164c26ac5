import type { TableSpec } from './schema.ts'
import {
  activeRuleTable,
  candidateTable,
  deciderDueTable,
  deciderMemoryTable,
  deciderRunTable,
  deciderStepTable,
  deciderVersionTable,
  decisionTable,
} from './tables/deciders.ts'
import { membershipTable, personTable, teamTable, teamTreeTable } from './tables/directory.ts'
import { instanceTable, migrationTable } from './tables/instance.ts'
import { balanceTable, ledgerTable } from './tables/ledgers.ts'
import { messageCapTable, messageTable } from './tables/messages.ts'
import { changeTable, idempotencyTable, revisionTable, tokenTable } from './tables/records.ts'
import { overlayTable, settingChangeTable, settingTable } from './tables/settings.ts'
import { inboundSecretTable, inboundTable, webhookDeliveryTable, webhookTable } from './tables/webhooks.ts'
import { consumerTable, jobTable, parkedTable, scheduleTable } from './tables/work.ts'

export {
  activeRuleTable,
  balanceTable,
  candidateTable,
  changeTable,
  consumerTable,
  deciderDueTable,
  deciderMemoryTable,
  deciderRunTable,
  deciderStepTable,
  deciderVersionTable,
  decisionTable,
  idempotencyTable,
  inboundSecretTable,
  inboundTable,
  instanceTable,
  jobTable,
  ledgerTable,
  membershipTable,
  messageCapTable,
  messageTable,
  migrationTable,
  overlayTable,
  parkedTable,
  personTable,
  revisionTable,
  scheduleTable,
  settingChangeTable,
  settingTable,
  teamTable,
  teamTreeTable,
  tokenTable,
  webhookDeliveryTable,
  webhookTable,
}

/** All tables of the core itself. */
export const systemTables: readonly TableSpec[] = [
  revisionTable,
  changeTable,
  idempotencyTable,
  tokenTable,
  ledgerTable,
  decisionTable,
  candidateTable,
  deciderVersionTable,
  deciderStepTable,
  activeRuleTable,
  deciderRunTable,
  deciderDueTable,
  deciderMemoryTable,
  balanceTable,
  overlayTable,
  settingTable,
  settingChangeTable,
  personTable,
  teamTable,
  membershipTable,
  teamTreeTable,
  consumerTable,
  parkedTable,
  jobTable,
  scheduleTable,
  messageTable,
  messageCapTable,
  webhookTable,
  webhookDeliveryTable,
  inboundTable,
  inboundSecretTable,
  migrationTable,
  instanceTable,
]

import { deciderRoutes } from '../decider/routes.ts'
import { exportRoutes } from '../export/routes.ts'
import { importRoutes } from '../import/routes.ts'
import { live } from '../live/route.ts'
import { messageRoutes } from '../message/routes.ts'
import { webhookRoutes } from '../webhook/routes.ts'
import { aggregate } from './aggregate.ts'
import { bulk } from './bulk.ts'
import { changes, history } from './changes.ts'
import { previewCommand, runCommand } from './command.ts'
import { decision, decisions, recordDecisions, whyNot } from './decisions.ts'
import { people, teams } from './directory.ts'
import { explain } from './explain.ts'
import { balances, entries, ledgers, recordEntries } from './ledgers.ts'
import { me } from './me.ts'
import { addField, addValidation, object, objects, removeValidation } from './objects.ts'
import { openApi } from './open-api.ts'
import { dropJob, dropParked, listJobs, listParked, replayJob, replayParked, workHealth } from './operations.ts'
import { overlap } from './overlap.ts'
import { callEndpoint, queryEndpoint } from './plugin-endpoint.ts'
import { createRecord, findRecords, getRecord, removeRecord, restoreRecord, revealField, updateRecord } from './records.ts'
import type { Route } from './route.ts'
import {
  changeSettings,
  peopleSettings,
  previewSettings,
  resolvedSettings,
  settingDefinitions,
  settingHistory,
  settingRights,
  settingValues,
} from './settings.ts'
import { uiAsset, uiScript } from './ui.ts'

/** Every address of the handler. */
export const routes: readonly Route[] = [
  { method: 'GET', pattern: 'ui.js', access: 'public', answer: uiScript },
  { method: 'GET', pattern: 'ui/:asset', access: 'public', answer: uiAsset },
  { method: 'GET', pattern: 'openapi.json', access: 'identified', answer: openApi },
  { method: 'GET', pattern: 'api/me', access: 'identified', answer: me },
  { method: 'GET', pattern: 'api/objects', access: 'identified', answer: objects },
  { method: 'GET', pattern: 'api/objects/:object', access: 'identified', answer: object },
  { method: 'POST', pattern: 'api/objects/:object/fields', access: 'identified', answer: addField },
  { method: 'POST', pattern: 'api/objects/:object/validations', access: 'identified', answer: addValidation },
  { method: 'DELETE', pattern: 'api/objects/:object/validations/:validation', access: 'identified', answer: removeValidation },
  { method: 'GET', pattern: 'api/records/:object', access: 'identified', answer: findRecords },
  { method: 'POST', pattern: 'api/records/:object', access: 'identified', answer: createRecord },
  { method: 'POST', pattern: 'api/records/:object/bulk', access: 'identified', answer: bulk },
  { method: 'GET', pattern: 'api/records/:object/changes', access: 'identified', answer: history },
  { method: 'GET', pattern: 'api/records/:object/:id', access: 'identified', answer: getRecord },
  { method: 'PATCH', pattern: 'api/records/:object/:id', access: 'identified', answer: updateRecord },
  { method: 'DELETE', pattern: 'api/records/:object/:id', access: 'identified', answer: removeRecord },
  { method: 'POST', pattern: 'api/records/:object/:id/restore', access: 'identified', answer: restoreRecord },
  { method: 'POST', pattern: 'api/records/:object/:id/reveal', access: 'identified', answer: revealField },
  { method: 'GET', pattern: 'api/records/:object/:id/changes', access: 'identified', answer: changes },
  { method: 'GET', pattern: 'api/records/:object/:id/entries', access: 'identified', answer: recordEntries },
  { method: 'GET', pattern: 'api/records/:object/:id/decisions', access: 'identified', answer: recordDecisions },
  { method: 'GET', pattern: 'api/records/:object/:id/explain', access: 'identified', answer: explain },
  { method: 'GET', pattern: 'api/aggregate/:object', access: 'identified', answer: aggregate },
  { method: 'GET', pattern: 'api/overlap/:object', access: 'identified', answer: overlap },
  { method: 'GET', pattern: 'api/people', access: 'identified', answer: people },
  { method: 'GET', pattern: 'api/teams', access: 'identified', answer: teams },
  { method: 'GET', pattern: 'api/settings', access: 'identified', answer: resolvedSettings },
  { method: 'POST', pattern: 'api/settings', access: 'identified', answer: changeSettings },
  { method: 'POST', pattern: 'api/settings/preview', access: 'identified', answer: previewSettings },
  { method: 'GET', pattern: 'api/settings/definitions', access: 'identified', answer: settingDefinitions },
  { method: 'GET', pattern: 'api/settings/rights', access: 'identified', answer: settingRights },
  { method: 'GET', pattern: 'api/settings/people', access: 'identified', answer: peopleSettings },
  { method: 'GET', pattern: 'api/settings/values', access: 'identified', answer: settingValues },
  { method: 'GET', pattern: 'api/settings/history', access: 'identified', answer: settingHistory },
  { method: 'GET', pattern: 'api/live', access: 'identified', answer: live },
  { method: 'GET', pattern: 'api/operations/health', access: 'identified', answer: workHealth },
  { method: 'GET', pattern: 'api/operations/jobs', access: 'identified', answer: listJobs },
  { method: 'POST', pattern: 'api/operations/jobs/:id/replay', access: 'identified', answer: replayJob },
  { method: 'POST', pattern: 'api/operations/jobs/:id/drop', access: 'identified', answer: dropJob },
  { method: 'GET', pattern: 'api/operations/parked', access: 'identified', answer: listParked },
  { method: 'POST', pattern: 'api/operations/parked/replay', access: 'identified', answer: replayParked },
  { method: 'POST', pattern: 'api/operations/parked/drop', access: 'identified', answer: dropParked },
  { method: 'GET', pattern: 'api/ledgers', access: 'identified', answer: ledgers },
  { method: 'GET', pattern: 'api/ledgers/:ledger/balances', access: 'identified', answer: balances },
  { method: 'GET', pattern: 'api/ledgers/:ledger/entries', access: 'identified', answer: entries },
  { method: 'GET', pattern: 'api/decisions', access: 'identified', answer: decisions },
  { method: 'GET', pattern: 'api/decisions/why-not', access: 'identified', answer: whyNot },
  { method: 'GET', pattern: 'api/decisions/:decision', access: 'identified', answer: decision },
  { method: 'POST', pattern: 'api/commands/:command', access: 'identified', answer: runCommand },
  { method: 'POST', pattern: 'api/commands/:command/preview', access: 'identified', answer: previewCommand },
  { method: 'GET', pattern: 'api/plugins/:plugin/*path', access: 'identified', answer: queryEndpoint },
  { method: 'POST', pattern: 'api/plugins/:plugin/*path', access: 'identified', answer: callEndpoint },
  ...messageRoutes,
  ...webhookRoutes,
  ...deciderRoutes,
  ...importRoutes,
  ...exportRoutes,
]

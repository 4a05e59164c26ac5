import type { Page } from 'playwright-core'
import type { FakeServer, Seen } from '../test/support/fake-server.ts'
import { offer, offers } from '../test/support/offer.ts'
import * as act from './acts.ts'
import { filters } from './filter-states.ts'

/** One component in one state, on a page of its own with a server of its own. */
export interface GalleryState {
  readonly name: string
  readonly tag:
    | 'crm-form'
    | 'crm-list'
    | 'crm-board'
    | 'crm-import'
    | 'crm-settings'
    | 'crm-filter'
    | 'crm-inbox'
    | 'crm-operations'
    | 'crm-timeline'
    | 'crm-rules'
  readonly attributes: Readonly<Record<string, string>>
  /** What the server is like. */
  readonly server?: (fake: FakeServer) => void
  /** What somebody does there, with real clicks and keys. */
  readonly act?: (page: Page) => Promise<void>
  /** There is nothing of it in a narrow place. */
  readonly wideOnly?: boolean
  /** More deals than the named ones. */
  readonly deals?: number
}

const deal = { object: 'deal' }
const every = (): boolean => true
const records = (seen: Seen) => seen.path === 'records/deal' || seen.path === 'aggregate/deal'

/** Goes on refusing: a component asks several times. */
function refuseAlways(fake: FakeServer, matching: (seen: Seen) => boolean, refusal: Parameters<FakeServer['refuseNext']>[1]): void {
  for (let time = 0; time < 40; time += 1) fake.refuseNext(matching, refusal)
}

/** An object whose fields compute themselves and follow one another. */
function withOffers(fake: FakeServer): void {
  fake.objects = [...fake.objects, offer]
  fake.records.set('offer', offers)
}

const denied = { status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' }
const broken = { status: 503, code: 'STORE_UNAVAILABLE', message: '数据库暂时不可用。' }

const lists: readonly GalleryState[] = [
  { name: 'list', tag: 'crm-list', attributes: { object: 'customer', 'open-in': 'dialog' } },
  { name: 'list-groups', tag: 'crm-list', attributes: { ...deal, 'group-by': 'stageId' }, act: act.chooseRows },
  { name: 'list-fixed', tag: 'crm-list', attributes: { ...deal, fixed: '' } },
  { name: 'list-quick-filter', tag: 'crm-list', attributes: { object: 'customer' }, act: act.quickFilter },
  { name: 'list-fields', tag: 'crm-list', attributes: deal, act: act.openFilter },
  { name: 'list-condition', tag: 'crm-list', attributes: deal, act: act.openCondition },
  { name: 'list-sort', tag: 'crm-list', attributes: { ...deal, columns: 'name,amount,closeDate' }, act: act.openSort },
  { name: 'list-columns', tag: 'crm-list', attributes: deal, act: act.openColumns, wideOnly: true },
  { name: 'list-cell', tag: 'crm-list', attributes: deal, act: act.editCell, wideOnly: true },
  { name: 'list-cell-conflict', tag: 'crm-list', attributes: deal, act: act.cellConflict, wideOnly: true },
  { name: 'list-bulk', tag: 'crm-list', attributes: deal, act: act.previewBulk, wideOnly: true },
  { name: 'list-bulk-delete', tag: 'crm-list', attributes: deal, act: act.previewDelete, wideOnly: true },
  { name: 'list-view', tag: 'crm-list', attributes: { object: 'customer', sort: 'name' }, act: act.saveView },
  { name: 'list-dialog', tag: 'crm-list', attributes: { ...deal, 'open-in': 'dialog' }, act: act.openRecord },
  { name: 'list-no-match', tag: 'crm-list', attributes: { object: 'customer' }, act: act.searchNothing },
  { name: 'list-empty', tag: 'crm-list', attributes: deal, server: (fake) => fake.records.set('deal', []) },
  { name: 'list-loading', tag: 'crm-list', attributes: deal, server: (fake) => void fake.hold(records) },
  {
    name: 'list-denied',
    tag: 'crm-list',
    attributes: deal,
    server: (fake) => refuseAlways(fake, (seen) => seen.path === 'objects/deal', denied),
  },
  { name: 'list-failed', tag: 'crm-list', attributes: deal, server: (fake) => refuseAlways(fake, records, broken) },
  { name: 'list-offline', tag: 'crm-list', attributes: deal, server: (fake) => refuseAlways(fake, records, 'offline') },
  {
    name: 'list-page-failed',
    tag: 'crm-list',
    attributes: deal,
    deals: 400,
    act: act.scrollDown,
    server: (fake) => refuseAlways(fake, (seen) => seen.query.has('cursor'), broken),
  },
]

const boards: readonly GalleryState[] = [
  { name: 'board', tag: 'crm-board', attributes: { ...deal, 'open-in': 'dialog' } },
  { name: 'board-choice', tag: 'crm-board', attributes: { ...deal, 'group-by': 'priority' } },
  { name: 'board-lanes', tag: 'crm-board', attributes: { ...deal, lanes: 'priority' } },
  { name: 'board-drag', tag: 'crm-board', attributes: deal, act: act.liftCard, wideOnly: true },
  { name: 'board-moved', tag: 'crm-board', attributes: deal, act: act.moveCard, wideOnly: true },
  { name: 'board-keyboard', tag: 'crm-board', attributes: deal, act: act.carryCard, wideOnly: true },
  { name: 'board-menu', tag: 'crm-board', attributes: deal, act: act.openMoveMenu },
  { name: 'board-ask', tag: 'crm-board', attributes: deal, act: act.loseCard },
  { name: 'board-filtered', tag: 'crm-board', attributes: deal, act: act.filterBoard },
  { name: 'board-no-match', tag: 'crm-board', attributes: deal, act: act.searchNothing },
  {
    name: 'board-refused',
    tag: 'crm-board',
    attributes: deal,
    act: act.moveCard,
    wideOnly: true,
    server: (fake) => fake.refuseNext((seen) => seen.method === 'PATCH', broken),
  },
  { name: 'board-read-only', tag: 'crm-board', attributes: deal, server: readOnly },
  { name: 'board-empty', tag: 'crm-board', attributes: deal, server: (fake) => fake.records.set('deal', []) },
  { name: 'board-loading', tag: 'crm-board', attributes: deal, server: (fake) => void fake.hold(records) },
  { name: 'board-offline', tag: 'crm-board', attributes: deal, server: (fake) => refuseAlways(fake, records, 'offline') },
  {
    name: 'board-denied',
    tag: 'crm-board',
    attributes: deal,
    server: (fake) => refuseAlways(fake, (seen) => seen.path === 'objects/deal', denied),
  },
]

const forms: readonly GalleryState[] = [
  { name: 'form', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4' } },
  { name: 'form-new', tag: 'crm-form', attributes: { object: 'customer' } },
  { name: 'form-problems', tag: 'crm-form', attributes: { object: 'customer' }, act: act.submitWrong },
  { name: 'form-read', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4', mode: 'read' } },
  { name: 'form-masked', tag: 'crm-form', attributes: { object: 'customer', 'record-id': 'c4', mode: 'read' }, server: maskPhones },
  { name: 'form-lookup', tag: 'crm-form', attributes: deal, act: act.lookUp },
  { name: 'form-conflict', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4' }, act: act.formConflict },
  { name: 'form-refused', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4' }, act: act.saveAmount, server: refuseAmount },
  { name: 'form-leaving', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4' }, act: act.leaveForm },
  { name: 'form-deleted', tag: 'crm-form', attributes: { ...deal, 'record-id': 'd4' }, act: act.deleteRecord },
  { name: 'form-living', tag: 'crm-form', attributes: { object: 'offer' }, server: withOffers, act: act.fillOffer },
  { name: 'form-locked', tag: 'crm-form', attributes: { object: 'offer', 'record-id': 'o1' }, server: withOffers },
  {
    name: 'form-loading',
    tag: 'crm-form',
    attributes: { ...deal, 'record-id': 'd4' },
    server: (fake) => void fake.hold((seen) => seen.path === 'records/deal/d4'),
  },
  { name: 'form-denied', tag: 'crm-form', attributes: { ...deal, 'record-id': 'nobody' } },
  {
    name: 'form-offline',
    tag: 'crm-form',
    attributes: { ...deal, 'record-id': 'd4' },
    server: (fake) => refuseAlways(fake, every, 'offline'),
  },
  {
    name: 'form-sign-in',
    tag: 'crm-form',
    attributes: deal,
    server: (fake) => refuseAlways(fake, every, { status: 401, code: 'UNAUTHENTICATED', message: '请先登录。' }),
  },
]

const fast = (fake: FakeServer) => {
  fake.imports.pace = 1000
}

const imports: readonly GalleryState[] = [
  { name: 'import', tag: 'crm-import', attributes: {}, server: fast },
  { name: 'import-files', tag: 'crm-import', attributes: {}, server: fast, act: act.chooseFiles },
  { name: 'import-mapping', tag: 'crm-import', attributes: {}, server: fast, act: act.mapFiles },
  { name: 'import-rehearsal', tag: 'crm-import', attributes: {}, server: fast, act: act.rehearse },
  { name: 'import-result', tag: 'crm-import', attributes: {}, server: fast, act: act.finishImport },
]

const settings = (seen: Seen) => seen.path.startsWith('settings')

const rep: FakeServer['settings']['rights'] = { read: true, define: false, leads: [], keys: ['pool.digest'] }
const ownOnly = (fake: FakeServer) => {
  fake.settings.rights = { ...rep, read: false }
}

const settingsStates: readonly GalleryState[] = [
  { name: 'settings', tag: 'crm-settings', attributes: {} },
  { name: 'settings-team', tag: 'crm-settings', attributes: { level: 'team', target: 'east' } },
  { name: 'settings-why', tag: 'crm-settings', attributes: { level: 'person', target: 'u-li' }, act: act.openWhy },
  { name: 'settings-history', tag: 'crm-settings', attributes: {}, act: act.openSettingHistory },
  { name: 'settings-edit', tag: 'crm-settings', attributes: { level: 'team', target: 'east' }, act: act.previewSetting },
  { name: 'settings-reset', tag: 'crm-settings', attributes: { level: 'team', target: 'east' }, act: act.resetSetting },
  { name: 'settings-refused', tag: 'crm-settings', attributes: { level: 'person', target: 'u-li' }, act: act.refusedSetting },
  {
    name: 'settings-conflict',
    tag: 'crm-settings',
    attributes: { level: 'person', target: 'u-li' },
    server: beforeConflict,
    act: act.saveSetting,
  },
  { name: 'settings-hours', tag: 'crm-settings', attributes: {}, act: act.openHours },
  { name: 'settings-years', tag: 'crm-settings', attributes: {}, act: act.openYears },
  { name: 'settings-who', tag: 'crm-settings', attributes: {}, server: (fake) => crowd(fake), act: act.compareSetting },
  { name: 'settings-bulk', tag: 'crm-settings', attributes: {}, server: (fake) => crowd(fake), act: act.bulkSetting },
  { name: 'settings-own', tag: 'crm-settings', attributes: {}, server: ownOnly },
  { name: 'settings-search', tag: 'crm-settings', attributes: {}, act: act.searchSettings },
  {
    name: 'settings-empty',
    tag: 'crm-settings',
    attributes: {},
    server: (fake) => {
      fake.settings.definitions = []
    },
  },
  { name: 'settings-loading', tag: 'crm-settings', attributes: {}, server: (fake) => void fake.hold(settings) },
  { name: 'settings-denied', tag: 'crm-settings', attributes: {}, server: (fake) => refuseAlways(fake, settings, denied) },
  { name: 'settings-failed', tag: 'crm-settings', attributes: {}, server: (fake) => refuseAlways(fake, settings, broken) },
  { name: 'settings-offline', tag: 'crm-settings', attributes: {}, server: (fake) => refuseAlways(fake, settings, 'offline') },
]

const past = (seen: Seen) => seen.path === 'records/deal/d4/changes'
const d4 = { object: 'deal', 'record-id': 'd4' }

const timelines: readonly GalleryState[] = [
  { name: 'timeline', tag: 'crm-timeline', attributes: d4, server: mayDefine },
  { name: 'timeline-decisions', tag: 'crm-timeline', attributes: { ...d4, shown: 'decisions' }, server: mayDefine, act: act.askToUndo },
  { name: 'timeline-activities', tag: 'crm-timeline', attributes: { ...d4, shown: 'activities' } },
  { name: 'timeline-empty', tag: 'crm-timeline', attributes: { object: 'deal', 'record-id': 'd5', shown: 'decisions' } },
  { name: 'timeline-loading', tag: 'crm-timeline', attributes: d4, server: (fake) => void fake.hold(past) },
  {
    name: 'timeline-denied',
    tag: 'crm-timeline',
    attributes: { object: 'deal', 'record-id': 'd4' },
    server: (fake) => refuseAlways(fake, past, denied),
  },
  { name: 'timeline-failed', tag: 'crm-timeline', attributes: d4, server: (fake) => refuseAlways(fake, past, broken) },
  { name: 'timeline-offline', tag: 'crm-timeline', attributes: d4, server: (fake) => refuseAlways(fake, past, 'offline') },
]

const rules = (seen: Seen) => seen.path.startsWith('decider')
const idle = { rule: 'admin.idle-deals' }

const ruleStates: readonly GalleryState[] = [
  { name: 'rules', tag: 'crm-rules', attributes: {}, server: mayDefine },
  { name: 'rules-new', tag: 'crm-rules', attributes: { object: 'deal', rule: 'new' }, server: mayDefine, act: act.saveNothing },
  { name: 'rules-rule', tag: 'crm-rules', attributes: idle, server: mayDefine, act: act.atRest },
  { name: 'rules-pilot', tag: 'crm-rules', attributes: idle, server: mayDefine, act: act.askForPilot },
  { name: 'rules-stopped', tag: 'crm-rules', attributes: idle, server: ruleIsOn, act: act.runRule },
  { name: 'rules-backtest', tag: 'crm-rules', attributes: { ...idle, tab: 'backtest' }, server: mayDefine, act: act.backtest },
  { name: 'rules-runs', tag: 'crm-rules', attributes: { ...idle, tab: 'runs' }, server: ruleLeftSome, act: act.undoRun },
  { name: 'rules-versions', tag: 'crm-rules', attributes: { ...idle, tab: 'versions' }, server: mayDefine, act: act.atRest },
  { name: 'rules-on-save', tag: 'crm-rules', attributes: { rule: 'admin.amount-check' }, server: mayDefine, act: act.atRest },
  { name: 'rules-on-save-new', tag: 'crm-rules', attributes: { object: 'deal', rule: 'new' }, server: mayDefine, act: act.beginCheck },
  { name: 'rules-automation', tag: 'crm-rules', attributes: { rule: 'admin.won-deals' }, server: mayDefine, act: act.atRest },
  { name: 'rules-broken', tag: 'crm-rules', attributes: {}, server: runsWait },
  { name: 'rules-schedule', tag: 'crm-rules', attributes: idle, server: mayDefine, act: act.openSchedule },
  { name: 'rules-read-only', tag: 'crm-rules', attributes: idle, server: readOnly, act: act.atRest },
  { name: 'rules-empty', tag: 'crm-rules', attributes: {}, server: noRules },
  { name: 'rules-loading', tag: 'crm-rules', attributes: {}, server: (fake) => void fake.hold(rules) },
  { name: 'rules-denied', tag: 'crm-rules', attributes: {}, server: (fake) => refuseAlways(fake, rules, denied) },
  { name: 'rules-failed', tag: 'crm-rules', attributes: {}, server: (fake) => refuseAlways(fake, rules, broken) },
  { name: 'rules-offline', tag: 'crm-rules', attributes: {}, server: (fake) => refuseAlways(fake, rules, 'offline') },
]

const work = (seen: Seen) => seen.path.startsWith('operations')

const hooks = (seen: Seen) => seen.path.startsWith('webhooks')
const webhooks = { tab: 'webhooks' }

const operations: readonly GalleryState[] = [
  { name: 'operations', tag: 'crm-operations', attributes: {} },
  { name: 'operations-waiting', tag: 'crm-operations', attributes: {}, server: runsWait },
  { name: 'operations-jobs', tag: 'crm-operations', attributes: { tab: 'jobs' } },
  { name: 'operations-parked', tag: 'crm-operations', attributes: { tab: 'parked' }, act: act.askToDrop },
  { name: 'operations-sends', tag: 'crm-operations', attributes: { tab: 'sends' } },
  { name: 'webhooks', tag: 'crm-operations', attributes: webhooks },
  { name: 'webhooks-deliveries', tag: 'crm-operations', attributes: webhooks, act: act.openDeliveries },
  { name: 'webhooks-edit', tag: 'crm-operations', attributes: webhooks, act: act.editHook },
  { name: 'webhooks-refused', tag: 'crm-operations', attributes: webhooks, server: refuseAddress, act: act.refusedHook },
  { name: 'webhooks-secret', tag: 'crm-operations', attributes: webhooks, act: act.replaceSecret },
  { name: 'webhooks-empty', tag: 'crm-operations', attributes: webhooks, server: noWebhooks },
  { name: 'webhooks-off', tag: 'crm-operations', attributes: webhooks, server: withoutWebhooks },
  { name: 'webhooks-loading', tag: 'crm-operations', attributes: webhooks, server: (fake) => void fake.hold(hooks) },
  { name: 'webhooks-denied', tag: 'crm-operations', attributes: webhooks, server: (fake) => refuseAlways(fake, hooks, denied) },
  { name: 'webhooks-offline', tag: 'crm-operations', attributes: webhooks, server: (fake) => refuseAlways(fake, hooks, 'offline') },
  { name: 'operations-empty', tag: 'crm-operations', attributes: { tab: 'parked' }, server: nothingParked },
  { name: 'operations-loading', tag: 'crm-operations', attributes: {}, server: (fake) => void fake.hold(work) },
  { name: 'operations-denied', tag: 'crm-operations', attributes: {}, server: (fake) => refuseAlways(fake, work, denied) },
  { name: 'operations-failed', tag: 'crm-operations', attributes: {}, server: (fake) => refuseAlways(fake, work, broken) },
  { name: 'operations-offline', tag: 'crm-operations', attributes: {}, server: (fake) => refuseAlways(fake, work, 'offline') },
]

const inbox = (seen: Seen) => seen.path === 'inbox'
const bell = { mode: 'bell' }

const inboxStates: readonly GalleryState[] = [
  { name: 'inbox', tag: 'crm-inbox', attributes: {} },
  { name: 'inbox-unread', tag: 'crm-inbox', attributes: {}, act: act.onlyUnread },
  { name: 'inbox-open', tag: 'crm-inbox', attributes: {}, act: act.openNote },
  { name: 'inbox-refused', tag: 'crm-inbox', attributes: {}, server: refuseMark, act: act.markNote },
  { name: 'inbox-bell', tag: 'crm-inbox', attributes: bell, act: act.pressBell },
  { name: 'inbox-bell-many', tag: 'crm-inbox', attributes: bell, server: manyNotes },
  {
    name: 'inbox-bell-offline',
    tag: 'crm-inbox',
    attributes: bell,
    server: (fake) => refuseAlways(fake, inbox, 'offline'),
    act: act.pressBell,
  },
  { name: 'inbox-empty', tag: 'crm-inbox', attributes: {}, server: emptyInbox },
  { name: 'inbox-loading', tag: 'crm-inbox', attributes: {}, server: (fake) => void fake.hold(inbox) },
  { name: 'inbox-denied', tag: 'crm-inbox', attributes: {}, server: (fake) => refuseAlways(fake, inbox, denied) },
  { name: 'inbox-failed', tag: 'crm-inbox', attributes: {}, server: (fake) => refuseAlways(fake, inbox, broken) },
  { name: 'inbox-offline', tag: 'crm-inbox', attributes: {}, server: (fake) => refuseAlways(fake, inbox, 'offline') },
]

/** Every component in every state. */
export const states: readonly GalleryState[] = [
  ...lists,
  ...boards,
  ...forms,
  ...imports,
  ...settingsStates,
  ...filters,
  ...inboxStates,
  ...operations,
  ...timelines,
  ...ruleStates,
]

/** The reader may steer rules as well. */
function mayDefine(fake: FakeServer): void {
  fake.objects = fake.objects.map((object) => ({ ...object, permissions: [...object.permissions, 'define'] }))
}

/** Runs wait to be confirmed, and a rule has broken. */
function runsWait(fake: FakeServer): void {
  mayDefine(fake)
  fake.deciders.wait()
  if (fake.operations.health) fake.operations.health = { ...fake.operations.health, confirmations: 2, broken: 1 }
}

function ruleIsOn(fake: FakeServer): void {
  mayDefine(fake)
  fake.deciders.deciders = fake.deciders.deciders.map((one) => ({ ...one, stage: 'on' }))
}

function ruleLeftSome(fake: FakeServer): void {
  mayDefine(fake)
  fake.deciders.left = 3
}

function noRules(fake: FakeServer): void {
  mayDefine(fake)
  fake.deciders.deciders = []
}

function readOnly(fake: FakeServer): void {
  fake.objects = fake.objects.map((object) => ({ ...object, permissions: ['read'] }))
}

function refuseAmount(fake: FakeServer): void {
  fake.refuseNext((seen) => seen.method === 'PATCH', {
    status: 422,
    code: 'VALIDATION_FAILED',
    message: '有 1 处需要修改。',
    details: { issues: [{ code: 'VALUE_TOO_LARGE', path: '/amount', message: '超过你的审批额度 ¥500,000。', hint: '请主管修改。' }] },
  })
}

function refuseMark(fake: FakeServer): void {
  refuseAlways(fake, (seen) => seen.path === 'inbox/mark', 'offline')
}

function noWebhooks(fake: FakeServer): void {
  fake.webhooks.hooks = []
  fake.webhooks.inbound = []
}

function withoutWebhooks(fake: FakeServer): void {
  fake.webhooks.hooks = null
}

function refuseAddress(fake: FakeServer): void {
  refuseAlways(fake, (seen) => seen.method === 'PATCH' && hooks(seen), {
    status: 422,
    code: 'WEBHOOK_URL',
    message: '不能向这个地址发送：“https://localhost/” is not on the public network。',
    path: '/url',
  })
}

function nothingParked(fake: FakeServer): void {
  fake.operations.parked = []
}

function emptyInbox(fake: FakeServer): void {
  fake.inbox.entries = []
}

function manyNotes(fake: FakeServer): void {
  for (let number = 1; number <= 120; number += 1) fake.inbox.arrive(`陈思远 把线索「公司 ${number}」交给了你`)
}

function crowd(fake: FakeServer): void {
  fake.settings.crowd = 500
}

/** Somebody else sets it after it was shown. */
function beforeConflict(fake: FakeServer): void {
  fake.refuseNext((seen) => seen.method === 'POST' && seen.path === 'settings', {
    status: 409,
    code: 'CONFLICT',
    message: '别人刚刚改过这条记录。',
    details: {
      current: [{ key: 'pool.dailyClaims', level: 'person', target: 'u-li', value: 25, version: 14, at: fake.now - 60_000, by: 'u-chen' }],
    },
  })
}

function maskPhones(fake: FakeServer): void {
  const masked = { masked: true, revealable: true }
  fake.objects = fake.objects.map((object) => ({
    ...object,
    fields: object.fields.map((one) => (one.kind === 'phone' ? { ...one, ...masked } : one)),
  }))
  fake.change('customer', 'c4', { phone: '138****5678' })
  fake.unmasked.set('c4.phone', '+8613812345678')
}

import type { OperatorDefinition } from '@guanxi/core/expression'
import type { Page } from 'playwright-core'
import type { FakeServer, Seen } from '../test/support/fake-server.ts'
import type { GalleryState } from './states.ts'

const quietFor = (length: string) => ({ none: [{ var: 'activities' }, { '>=': [{ var: 'occurredAt' }, { ago: length }] }] })

/** Groups, a path, child records, words for dates, money, people, and a part that has no controls. */
const rich = {
  and: [
    { in: [{ var: 'customerId.industry' }, ['logistics', 'manufacturing']] },
    { '>': [{ var: 'amount' }, { money: [10_000_000, 'CNY'] }] },
    {
      or: [
        { '<': [{ var: 'lastProgressAt' }, { ago: 'P3D' }] },
        { '<': [{ count: [{ var: 'activities' }, { and: [{ '===': [{ var: 'kind' }, 'visit'] }] }] }, 2] },
        quietFor('P7D'),
      ],
    },
    { '!': [{ or: [{ in: [{ var: 'stageId' }, ['s5', 's6']] }, { in: [{ var: 'ownerId' }, ['u-zhou']] }] }] },
    { '>': [{ length: [{ var: 'name' }] }, 3] },
  ],
}
const simple = { and: [{ '===': [{ var: 'priority' }, 'high'] }, { '>': [{ var: 'amount' }, { money: [10_000_000, 'CNY'] }] }] }
const json = (value: unknown): string => JSON.stringify(value)
const deal = { object: 'deal', preview: '' }

function withSegments(fake: FakeServer): void {
  const stamp = { version: 1, createdAt: fake.now, updatedAt: fake.now, deletedAt: null }
  fake.records.set('segment', [
    { ...stamp, id: 'g1', name: '优先级高的大单', object: 'deal', shared: true, ownerId: 'u-li', condition: json(simple) },
    {
      ...stamp,
      id: 'g2',
      name: '2 天没人跟进',
      object: 'deal',
      shared: true,
      ownerId: 'u-wang',
      condition: json({ and: [quietFor('P2D')] }),
    },
  ])
}

/** A condition that a plugin has added. */
const mentions: OperatorDefinition = {
  name: 'kit.mentions',
  takes: ['text', 'text'],
  gives: 'bool',
  cost: 3,
  words: { 'zh-CN': '{0}提到{1}', en: '{0} mentions {1}' },
  denied: { 'zh-CN': '{0}没有提到{1}', en: '{0} does not mention {1}' },
  run: (text: string, part: string) => text.includes(part),
  sql: {
    sqlite: {
      holds: (text, part) => `(instr(${text}, ${part}) > 0)`,
      fails: (text, part) => `((instr(${text}, ${part}) > 0) IS NOT TRUE)`,
    },
    postgres: {
      holds: (text, part) => `(strpos(${text}, ${part}) > 0)`,
      fails: (text, part) => `((strpos(${text}, ${part}) > 0) IS NOT TRUE)`,
    },
  },
}
const ofPlugin = { and: [{ 'kit.mentions': [{ var: 'name' }, '管理'] }, { '!': [{ 'kit.mentions': [{ var: 'name' }, '一期'] }] }] }

const refusing = (matching: (seen: Seen) => boolean, refusal: Parameters<FakeServer['refuseNext']>[1]) => (fake: FakeServer) =>
  void fake.refuseWhile(matching, refusal)

const records = (seen: Seen): boolean => seen.path === 'records/deal' || seen.path === 'aggregate/deal'
const definitions = (seen: Seen): boolean => seen.path.startsWith('objects')
const counted = (page: Page) => page.locator('[data-count]').waitFor()

export const filters: readonly GalleryState[] = [
  { name: 'list-advanced', tag: 'crm-list', attributes: { object: 'deal' }, act: openAdvanced },
  { name: 'filter', tag: 'crm-filter', attributes: { ...deal, value: json(rich) }, act: counted },
  {
    name: 'filter-of-plugins',
    tag: 'crm-filter',
    attributes: { ...deal, value: json(ofPlugin) },
    server: (fake) => void Object.assign(fake, { operators: [mentions] }),
    act: counted,
  },
  { name: 'filter-empty', tag: 'crm-filter', attributes: { object: 'deal' } },
  { name: 'filter-fields', tag: 'crm-filter', attributes: { object: 'deal' }, act: openFields },
  { name: 'filter-unfinished', tag: 'crm-filter', attributes: deal, act: startCondition },
  { name: 'filter-menu', tag: 'crm-filter', attributes: { object: 'deal', value: json(simple) }, act: openMenu },
  { name: 'filter-wrong', tag: 'crm-filter', attributes: { ...deal, value: json({ and: [{ '===': [{ var: 'status' }, 'gone'] }] }) } },
  { name: 'filter-why', tag: 'crm-filter', attributes: { ...deal, value: json(simple) }, act: askWhy },
  { name: 'filter-segments', tag: 'crm-filter', attributes: { ...deal, segments: '', segment: 'g1' }, server: withSegments, act: overlap },
  {
    name: 'filter-save',
    tag: 'crm-filter',
    attributes: { object: 'deal', segments: '', value: json(simple) },
    server: withSegments,
    act: save,
  },
  { name: 'filter-read-only', tag: 'crm-filter', attributes: { object: 'deal', readonly: '', value: json(rich) } },
  { name: 'filter-loading', tag: 'crm-filter', attributes: deal, server: (fake) => void fake.hold(definitions) },
  {
    name: 'filter-count-loading',
    tag: 'crm-filter',
    attributes: { ...deal, value: json(simple) },
    server: (fake) => void fake.hold(records),
  },
  {
    name: 'filter-denied',
    tag: 'crm-filter',
    attributes: deal,
    server: refusing(definitions, { status: 403, code: 'FORBIDDEN', message: '没有权限执行此操作。' }),
  },
  { name: 'filter-offline', tag: 'crm-filter', attributes: { ...deal, value: json(simple) }, server: refusing(records, 'offline') },
  {
    name: 'filter-failed',
    tag: 'crm-filter',
    attributes: { ...deal, value: json(simple) },
    server: refusing(records, { status: 503, code: 'STORE_UNAVAILABLE', message: '数据库暂时不可用。' }),
  },
]

async function openAdvanced(page: Page): Promise<void> {
  await page.locator('.filters .btn[aria-haspopup=dialog]').first().click()
  await page.locator('.panel > .btn').click()
  await page.locator('dialog [data-add]').first().click()
  await page.locator('dialog .picker button').first().waitFor()
}

async function openFields(page: Page): Promise<void> {
  await page.locator('[data-add]').click()
  await page.locator('.panel .picker').waitFor()
}

async function startCondition(page: Page): Promise<void> {
  await openFields(page)
  await page.locator('.panel input').fill('金额')
  if ((await page.locator('.panel .menu-item').count()) === 0) await page.locator('.panel input').fill('Amount')
  await page.locator('.panel .picker button').first().click()
  await page.locator('[data-comparison]').waitFor()
}

async function openMenu(page: Page): Promise<void> {
  await page.locator('[data-more]').first().click()
  await page.locator('.menu-item').first().waitFor()
}

async function askWhy(page: Page): Promise<void> {
  await page.locator('.sample button').nth(1).click()
  await page.locator('.answer').waitFor()
}

async function overlap(page: Page): Promise<void> {
  await page.locator('[part=overlap] select').selectOption('g2')
  await page.locator('[data-both]').waitFor()
}

async function save(page: Page): Promise<void> {
  await page.locator('.segments .btn-primary').click()
  await page.locator('.panel input').first().fill('华东大单')
}

import type { Page } from 'playwright-core'

/** What somebody does on a page of the gallery, with real clicks and keys only. */
type Act = (page: Page) => Promise<void>

const isNarrow = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 640

export const chooseRows: Act = async (page) => {
  if (isNarrow(page)) return
  for (const index of [0, 2, 3]) await page.locator('tbody .check').nth(index).click()
  await page.locator('.bulk').waitFor()
}

export const quickFilter: Act = async (page) => {
  await page.locator('[part=filter]').nth(1).click()
  await page.locator('.menu-item').first().click()
}

export const openFilter: Act = async (page) => {
  await page.locator('.filters .btn[aria-haspopup=dialog]').first().click()
  await page.locator('.panel input').waitFor()
}

export const filterBoard: Act = async (page) => {
  await openFilter(page)
  await page.locator('.panel input').fill('优先')
  if ((await page.locator('.panel .picker .menu-item').count()) === 0) await page.locator('.panel input').fill('Priority')
  await page.locator('.panel .picker .menu-item').first().click()
  await page.locator('.panel-form input[type=checkbox]').nth(2).click()
  await page.locator('.panel-form .btn-primary').click()
  await page.locator('.chip').waitFor()
}

export const openCondition: Act = async (page) => {
  await openFilter(page)
  await page.locator('.panel input').fill('金额')
  if ((await page.locator('.panel .menu-item').count()) === 0) await page.locator('.panel input').fill('Amount')
  await page.locator('.panel .menu-item').first().click()
  await page.locator('.panel select').first().selectOption('between')
}

export const openSort: Act = async (page) => {
  await page
    .locator('.toolbar')
    .getByRole('button', { name: /^(排序|Sort)/ })
    .click()
  await page.locator('.menu:popover-open').waitFor()
}

export const openColumns: Act = async (page) => {
  await page.locator('.toolbar [aria-haspopup=dialog]').last().click()
  await page.locator('.panel .column-row').first().waitFor()
}

export const editCell: Act = async (page) => {
  const cell = page.locator('tr[data-row="2"] td[data-col=amount]')
  await cell.hover()
  await cell.locator('.pen').click()
  await page.locator('.cell-editor input').waitFor()
}

export const cellConflict: Act = async (page) => {
  await editCell(page)
  const id = await page.locator('tr[data-row="2"]').getAttribute('data-id')
  await changeElsewhere(page, id ?? '', { amount: { minor: 22_600_000, currency: 'CNY' } })
  await page.locator('.cell-editor input').first().fill('240000')
  await page.keyboard.press('Enter')
  await page.locator('.cell-conflict').waitFor()
}

export const previewBulk: Act = async (page) => {
  await page.locator('tbody .check').first().click()
  await page.locator('.bulk .link').click()
  await page.locator('.bulk [aria-haspopup=menu]').first().click()
  await page.locator('.menu-item').nth(5).click()
  await page.locator('.bulk-field input').last().click({ force: true })
  await page.locator('.bulk-plan button[type=submit]').click()
  await page.locator('.bulk-lines').waitFor()
}

export const previewDelete: Act = async (page) => {
  for (const index of [0, 1]) await page.locator('tbody .check').nth(index).click()
  await page.locator('.bulk-main .btn-danger').click()
  await page.locator('.bulk-lines').waitFor()
}

export const saveView: Act = async (page) => {
  await page.locator('.tabs > .btn').click()
  await page.locator('.panel input').first().fill('华东一组')
  await page.keyboard.press('Enter')
  await page.locator('.tab').nth(1).waitFor()
}

export const openRecord: Act = async (page) => {
  await page.locator('.open').first().click()
  await page.locator('dialog crm-form').locator('.title').waitFor()
}

export const searchNothing: Act = async (page) => {
  await page.locator('input[type=search]').fill('没有这家公司')
  await page.locator('.empty').first().waitFor()
}

export const scrollDown: Act = async (page) => {
  await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo({ top: 4000 }))
  await page.locator('.foot-line').waitFor()
}

export const liftCard: Act = async (page) => {
  const card = await page.locator('[data-card]').nth(6).boundingBox()
  const target = await page.locator('[data-column]').nth(2).boundingBox()
  if (!card || !target) return
  await page.mouse.move(card.x + 60, card.y + 40)
  await page.mouse.down()
  await page.mouse.move(card.x + 120, card.y + 60, { steps: 4 })
  await page.mouse.move(target.x + 120, target.y + 260, { steps: 8 })
}

export const moveCard: Act = async (page) => {
  await liftCard(page)
  await page.mouse.up()
  await page.locator('.toast:popover-open').waitFor()
}

export const carryCard: Act = async (page) => {
  await page.locator('.card-open').nth(2).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
}

export const openMoveMenu: Act = async (page) => {
  await page.locator('.is-stage .card-more').first().click({ force: true })
  await page.locator('.menu-item').first().waitFor()
}

export const loseCard: Act = async (page) => {
  await openMoveMenu(page)
  await page.locator('.menu-item').last().click()
  await page.locator('dialog.ask').waitFor()
}

export const submitWrong: Act = async (page) => {
  await page.locator('crm-field[name=phone] input').fill('13')
  await page.locator('button[type=submit]').click()
  await page.locator('.summary').waitFor()
}

export const lookUp: Act = async (page) => {
  const input = page.locator('crm-field[name=customerId] input')
  await input.click()
  await input.pressSequentially('物流')
  await page.locator('[role=option]').first().waitFor()
}

export const formConflict: Act = async (page) => {
  await changeElsewhere(page, 'd4', { amount: { minor: 22_600_000, currency: 'CNY' }, closeDate: '2027-03-01' })
  await page.locator('crm-field[name=amount] input').fill('240000')
  await page.locator('crm-field[name=closeDate] input').fill('2027-02-01')
  await page.locator('button[type=submit]').click()
  await page.locator('.conflict button').first().click()
}

export const saveAmount: Act = async (page) => {
  await page.locator('crm-field[name=amount] input').fill('900000')
  await page.locator('button[type=submit]').click()
  await page.locator('.summary').waitFor()
}

export const leaveForm: Act = async (page) => {
  await page.locator('crm-field[name=name] input').fill('改到一半')
  await page.locator('.form-foot .btn-ghost').last().click()
  await page.locator('.form-foot [role=alert]').waitFor()
}

export const deleteRecord: Act = async (page) => {
  await page.locator('.form-foot .btn-danger').click()
  await page.locator('.gone').waitFor()
}

const customers = [
  '公司名称,类型,行业,电话,区域经理,备注,邮箱',
  '蓝海科技有限公司,company,软件,１３８００１３８０００,李蔚然,展会认识,li@lanhai.example',
  '云杉智造（苏州）有限公司,公司,制造业,13912345678,王璟,,sales@yunshan.example',
  '汉唐新材,company,新材,0512-62881234,李蔚燃,样品已寄,',
  '青禾医疗器械股份有限公司华东分公司,company,医疗,13700000000,孙悦,,qinghe@example.com',
  'Meridian Freight,company,物流,+1 415 555 0100,Wang,Renewal due in March,ops@meridian.example',
].join('\n')
const contacts = '姓名,电话,公司\n赵一,13800000001,蓝海科技有限公司\n钱二,13800000002,云杉智造（苏州）有限公司'

export const chooseFiles: Act = async (page) => {
  await page.locator('input[type=file]').setInputFiles([
    { name: '客户名单 2025.csv', mimeType: 'text/csv', buffer: Buffer.from(customers) },
    { name: 'deals.csv', mimeType: 'text/csv', buffer: Buffer.from(contacts) },
  ])
  await page.locator('.file .good').nth(1).waitFor()
}

export const mapFiles: Act = async (page) => {
  await chooseFiles(page)
  await page.locator('.foot .btn-primary').click()
  await page.locator('.columns').waitFor()
}

export const rehearse: Act = async (page) => {
  await mapFiles(page)
  await page.locator('.foot .btn-primary:enabled').click()
  await page.locator('.row-list').waitFor()
}

export const finishImport: Act = async (page) => {
  await rehearse(page)
  await page.locator('.foot .btn-primary:enabled').click()
  await page.locator('.bad-row').first().waitFor()
}

const setting = (page: Page, index: number) => page.locator('.setting').nth(index)

export const openWhy: Act = async (page) => {
  await setting(page, 0).locator('.source').click()
  await page.locator('.why').waitFor()
}

export const openSettingHistory: Act = async (page) => {
  await setting(page, 0).locator('[aria-haspopup=menu]').click()
  await page.locator('.menu-item').nth(2).click()
  await page.locator('.why-line').first().waitFor()
}

const editSetting = async (page: Page, value: string): Promise<void> => {
  await setting(page, 0).locator('.value-button').click()
  await page.locator('dialog.edit input[type=number]').fill(value)
}

export const previewSetting: Act = async (page) => {
  await editSetting(page, '20')
  await page.locator('.edit-foot .btn-primary').click()
  await page.locator('.effects').waitFor()
}

export const resetSetting: Act = async (page) => {
  await setting(page, 0).locator('.value-button').click()
  await page.locator('.edit-foot .btn-ghost').click()
  await page.locator('.effects').waitFor()
}

export const saveSetting: Act = async (page) => {
  await editSetting(page, '20')
  await page.locator('.edit-foot .btn-primary').click()
  await page.locator('.banner-warning').waitFor()
}

export const refusedSetting: Act = async (page) => {
  await editSetting(page, '-3')
  await page.locator('.edit-foot .btn-primary').click()
  await page.locator('#edit-problem .icon').waitFor()
}

const editNamed = async (page: Page, name: RegExp): Promise<void> => {
  await page.locator('.value-button').and(page.getByRole('button', { name })).click()
  await page.locator('dialog.edit[open]').waitFor()
}

export const openHours: Act = (page) => editNamed(page, /工作时间|Working hours/)

export const openYears: Act = async (page) => {
  await editNamed(page, /节假日安排|Official years/)
  await page.locator('.edit-value .btn').first().click()
  await page.locator('.year').waitFor()
}

export const compareSetting: Act = async (page) => {
  await setting(page, 0).locator('[aria-haspopup=menu]').click()
  await page.locator('.menu-item').nth(3).click()
  await page.locator('tr[data-row]').first().waitFor()
}

export const bulkSetting: Act = async (page) => {
  await compareSetting(page)
  for (const index of [0, 1, 2, 3]) await page.locator('tr[data-row] .check').nth(index).click()
  await page.locator('.chosen .btn-primary').click()
  await page.locator('dialog.edit input[type=number]').fill('15')
  await page.locator('.edit-foot .btn-primary').click()
  await page.locator('.effects').waitFor()
}

export const searchSettings: Act = async (page) => {
  await page.locator('.bar input[type=search]').fill('dailyClaims')
  await page.locator('.setting').nth(1).waitFor({ state: 'detached' })
}

/** Somebody else is faster. */
async function changeElsewhere(page: Page, id: string, values: object): Promise<void> {
  const src = await page.locator('crm-list, crm-form').first().getAttribute('src')
  await page.request.patch(`${new URL(page.url()).origin}${src}/api/records/deal/${id}`, {
    headers: { 'if-match': '"any"', 'content-type': 'application/json' },
    data: values,
  })
}

/** The total and the discount follow what is entered, and a lost one is asked why. */
export const fillOffer: Act = async (page) => {
  await page.locator('crm-field[name=pieces] input').fill('120')
  await page.locator('crm-field[name=price] input').fill('85')
  await page.locator('crm-field[name=stage] select').selectOption('lost')
  await page.locator('crm-field[name=reason] input').fill('价格')
}

/** Only what is unread. */
export async function onlyUnread(page: Page): Promise<void> {
  await page.locator('crm-inbox').locator('.switch-two button').nth(1).click()
  await page.locator('crm-inbox').locator('.note').nth(3).waitFor({ state: 'detached' })
}

/** A message's record, in a dialog. */
export async function openNote(page: Page): Promise<void> {
  await page.locator('crm-inbox').locator('button.note-main').first().click()
  await page.locator('crm-inbox').locator('dialog[open] crm-form .view').waitFor()
  await page.waitForLoadState('networkidle')
}

/** A message marked as read, which does not go through. */
export async function markNote(page: Page): Promise<void> {
  await page.locator('crm-inbox').locator('.note .btn').first().click()
  await page.locator('crm-inbox').locator('.toast:popover-open').waitFor()
}

/** The messages beside the bell. */
export async function pressBell(page: Page): Promise<void> {
  await page.locator('crm-inbox').locator('.bell').click()
  await page.locator('crm-inbox').locator('.panel .inbox-scroll, .panel .empty').first().waitFor()
}

/** A change about to be given up. */
export async function askToDrop(page: Page): Promise<void> {
  await page.locator('crm-operations').locator('tbody tr').first().locator('.btn').nth(1).click()
  await page.locator('crm-operations').locator('.btn-danger').waitFor()
}

/** A run of a rule about to be taken back. */
export async function askToUndo(page: Page): Promise<void> {
  await page.locator('crm-timeline').locator('.acts .btn').first().click()
  await page.locator('crm-timeline').locator('.asked').waitFor()
}

export const openDeliveries: Act = async (page) => {
  await page.locator('.hook [aria-expanded]').first().click()
  await page.locator('.deliveries tbody tr').first().waitFor()
}

export const editHook: Act = async (page) => {
  await page.locator('.hook [aria-haspopup=dialog]').first().click()
  await page.locator('dialog.hook-edit[open] .picks').first().waitFor()
}

export const replaceSecret: Act = async (page) => {
  await editHook(page)
  await page.locator('dialog.hook-edit .secret-line .btn').click()
  await page.locator('dialog.hook-secret[open] input').waitFor()
}

export const refusedHook: Act = async (page) => {
  await editHook(page)
  await page.locator('#hook-url').fill('https://localhost/')
  await page.locator('dialog.hook-edit [type=submit]').click()
  await page.locator('dialog.hook-edit .error span').waitFor()
}

/** Everything that comes a moment later is there. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400)
}

/** A rule that says nothing yet. */
export async function saveNothing(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.builder-foot .btn-primary').click()
  await page.locator('crm-rules').locator('.builder .error').first().waitFor()
}

/** A check on save that says nothing yet. */
export async function beginCheck(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.sort').nth(1).click()
  await page.locator('crm-rules').locator('.action').waitFor()
  await saveNothing(page)
  await atRest(page)
}

export async function askForPilot(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.life-acts .btn-primary').click()
  await page.locator('crm-rules').locator('dialog.ask .builder').waitFor()
  await atRest(page)
}

export async function runRule(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.life-acts .btn-primary').click()
  await page.locator('crm-rules').locator('dialog.ask .banner').waitFor()
}

export async function backtest(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.bt-ask .btn-primary').click()
  await page.locator('crm-rules').locator('.bt-sum').waitFor()
}

export async function undoRun(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.acts .btn').first().click()
  await page.locator('crm-rules').locator('.asked .btn-primary').click()
  await page.locator('crm-rules').locator('details summary').click()
}

export async function openSchedule(page: Page): Promise<void> {
  await page.locator('crm-rules').locator('.life-times .btn').click()
  await page.locator('crm-rules').locator('dialog.ask .kind input').nth(2).click()
}

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '../src/rules/messages/en.ts'
import { zhCN } from '../src/rules/messages/zh-CN.ts'
import type { CrmRules } from '../src/rules/rules.ts'
import { FakeServer } from './support/fake-server.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(() => {
  clear()
  sessionStorage.clear()
})

const idle = { rule: 'admin.idle-deals' }

function admin(): FakeServer {
  const fake = new FakeServer()
  fake.objects = fake.objects.map((object) => ({ ...object, permissions: [...object.permissions, 'define'] }))
  return fake
}

function stage(fake: FakeServer, to: 'draft' | 'on' | 'shadow'): FakeServer {
  fake.deciders.deciders = fake.deciders.deciders.map((decider) => ({ ...decider, stage: to }))
  return fake
}

async function open(attributes: Readonly<Record<string, string>> = idle, fake = admin(), lang = 'zh-CN') {
  const mounted = mount<CrmRules>('crm-rules', fake, { attributes, lang })
  const { element, events } = mounted
  await eventually(() => events.map(({ type }) => type)).toContain('crm-load')
  const button = (text: string, root: Element | ShadowRoot = element) => {
    const found = all(root, 'button').find((item) => item.textContent?.trim() === text)
    if (!found) throw new Error(`There is no ${text}`)
    return found
  }
  const press = async (text: string, root?: Element | ShadowRoot) => userEvent.click(button(text, root))
  const toast = () => textOf(one(element, '.toast'))
  return { ...mounted, fake, button, press, toast }
}

describe('Rules', () => {
  it('are listed with how they stand, what they did last and when they run next', async () => {
    const { element, fake, press } = await open({})
    const rows = all(element, 'tbody tr').map(textOf)
    expect(rows[0]).toMatch(/停滞商机回经理 定期检查 · admin\.idle-deals · v2 商机 影子 .* 37 只手动运行/)
    expect(rows[1]).toMatch(/插件有新写法 客户 启用 没有运行过/)
    await press('停滞商机回经理')
    await eventually(() => element.rule).toBe('admin.idle-deals')
    await eventually(() => all(element, '.life').length).toBe(1)
    await press('规则', one(element, '.head'))
    await eventually(() => all(element, 'tbody tr').length).toBe(5)
    expect(fake.count('POST', 'decider')).toBe(0)
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('are written without code: condition, values, a sentence with values from a menu, limits', async () => {
    const { element, fake, press, button } = await open({ object: 'deal', rule: 'new' }, admin(), 'en')
    const [zh, english] = all<HTMLInputElement>(element, '.builder-body > .pair input')
    await userEvent.fill(zh as HTMLInputElement, '大单升级')
    await userEvent.fill(english as HTMLInputElement, 'Large deals first')
    expect(all<HTMLInputElement>(element, '.builder-body > .pair input')[2]?.value).toBe('large-deals-first')
    const when = { and: [{ '===': [{ var: 'status' }, 'open'] }] }
    one(element, 'crm-filter').dispatchEvent(new CustomEvent('crm-change', { detail: { name: '', value: when }, bubbles: true }))
    await userEvent.selectOptions(one(element, '.set-field'), 'priority')
    await eventually(() => all(element, '.set crm-field >>> select').length).toBe(1)
    await userEvent.selectOptions(one(element, '.set crm-field >>> select'), 'high')
    const [area, other] = all<HTMLTextAreaElement>(element, 'textarea')
    await userEvent.fill(area as HTMLTextAreaElement, '')
    all(element, '.say-head button')[0]?.focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => all(element, '.menu-item').length).toBeGreaterThan(5)
    await userEvent.click(all(element, '.menu-item').find((item) => textOf(item) === 'Name') as HTMLElement)
    await eventually(() => area?.value).toBe('{name}')
    await userEvent.type(area as HTMLTextAreaElement, '升为高优先级。')
    await userEvent.fill(other as HTMLTextAreaElement, '{name} is urgent.')
    expect(textOf(one(element, '.meanings'))).toBe('{name} Name')
    await press('Save as draft')
    await eventually(() => element.rule).toBe('admin.large-deals-first')
    const sent = fake.seen.find(({ method, path }) => method === 'POST' && path === 'deciders')?.body
    expect(sent).toMatchObject({
      ...{ name: 'large-deals-first', object: 'deal', label: { 'zh-CN': '大单升级', en: 'Large deals first' } },
      rules: [{ when, set: { priority: 'high' }, because: { 'zh-CN': '{name}升为高优先级。', values: { name: { var: 'name' } } } }],
      limits: { blast: { records: 200, share: 0.05 } },
    })
    await eventually(() => textOf(one(element, '.life .is-now'))).toContain('Draft')
    expect(button('Start shadow')).toBeTruthy()
  })

  it('say at its place what is missing, and what the server objects to', async () => {
    const { element, fake, press } = await open({ object: 'deal', rule: 'new' })
    await press('保存为草稿')
    expect(all(element, '[aria-invalid="true"]').length).toBeGreaterThan(4)
    expect(fake.count('POST', 'deciders')).toBe(0)
    clear()
    const server = admin()
    const refusal = { status: 422, code: 'RULE_TYPE', message: '类型不符：负责人。', path: '/rules/0/set/ownerId' }
    server.refuseNext(({ method, path }) => method === 'POST' && path.endsWith('/versions'), refusal)
    const second = await open(idle, server)
    await userEvent.fill(all<HTMLTextAreaElement>(second.element, 'textarea')[0] as HTMLTextAreaElement, '回到经理。')
    await second.press('保存为 v3')
    await eventually(() => textOf(one(second.element, '.set crm-field'))).toContain('类型不符：负责人。')
  })

  it('move through their life, each step said before it is taken', async () => {
    const { element, press, toast, fake, events } = await open()
    await press('启用')
    await eventually(() => textOf(one(element, 'dialog'))).toContain('超过上限会先停下来')
    expect(fake.count('POST', 'deciders')).toBe(0)
    await press('启用', one(element, 'dialog'))
    await eventually(toast).toContain('现在是「启用」')
    expect(textOf(one(element, '.is-live'))).toContain('启用')
    expect(all(element, '.life .is-done b').map(textOf)).toEqual(['草稿', '影子'])
    await press('退回上一步')
    await eventually(() => textOf(one(element, 'dialog'))).toContain('回到「影子」')
    await press('退回上一步', one(element, 'dialog'))
    await eventually(toast).toContain('现在是「影子」')
    expect(events.filter(({ type }) => type === 'crm-rule').map(({ detail }) => detail.action)).toEqual(['moved', 'moved'])
  })

  it('need a condition for a pilot', async () => {
    const { element, press, fake } = await open()
    await press('试点…')
    await eventually(() => all(element, 'dialog crm-filter').length).toBe(1)
    await press('开始试点', one(element, 'dialog'))
    await eventually(() => textOf(one(element, 'dialog .error'))).toContain('至少要有一个条件')
    const pilot = { and: [{ '===': [{ var: 'priority' }, 'high'] }] }
    const detail = { name: '', value: pilot }
    one(element, 'dialog crm-filter').dispatchEvent(new CustomEvent('crm-change', { detail, bubbles: true }))
    await press('开始试点', one(element, 'dialog'))
    await eventually(() => fake.deciders.deciders[0]?.stage).toBe('pilot')
    expect(fake.deciders.deciders[0]?.pilot).toEqual(pilot)
  })

  it('stop above the limit with the numbers, and go on once they are confirmed', async () => {
    const fake = stage(admin(), 'on')
    const { element, press, toast } = await open(idle, fake)
    await press('立即运行')
    await eventually(() => textOf(one(element, 'dialog'))).toMatch(/还没有改动任何记录.*1,479 条，上限 200 条.*孙悦 812/)
    expect(fake.deciders.runs.length).toBe(2)
    await press('更改这 1,479 条记录')
    await eventually(toast).toContain('已更改 1,479 条记录')
    expect(element.tab).toBe('runs')
    expect(all(element, '.run-row').length).toBe(3)
  })

  it('take a run back, and list the records left alone', async () => {
    const fake = stage(admin(), 'on')
    fake.deciders.left = 2
    const { element, press, toast } = await open({ ...idle, tab: 'runs' }, fake)
    await press('撤销')
    await eventually(() => textOf(one(element, '.asked'))).toContain('37 条记录改回原来的值')
    await press('确认撤销')
    await eventually(toast).toContain('35 条记录已改回，2 条保持不动')
    await userEvent.click(one(element, 'details summary'))
    expect(textOf(one(element, '.left'))).toMatch(/协同办公 80 席 之后有人改过/)
  })

  it('a run that waits is looked at and confirmed, or not carried out', async () => {
    const fake = stage(admin(), 'on')
    const [run] = fake.deciders.runs
    if (!run) throw new Error('There is no run')
    fake.deciders.runs = [
      { ...run, id: 'w-1', status: 'waiting', affected: 0, planned: 1_479 },
      { ...run, id: 'w-2', status: 'waiting', affected: 0, planned: 300 },
    ]
    const { element, press, toast } = await open({ ...idle, tab: 'runs' }, fake)
    await press('不进行', one(element, '[data-run="w-2"]'))
    await eventually(toast).toContain('不会进行')
    await press('核对并确认', one(element, '[data-run="w-1"]'))
    await eventually(() => textOf(one(element, 'dialog'))).toContain('1,479')
    await press('更改这 1,479 条记录')
    await eventually(() => fake.deciders.runs.map(({ status }) => status)).toEqual(['done', 'dismissed'])
  })

  it('run by themselves at times that are set with controls', async () => {
    const { element, press, fake } = await open()
    await press('更改时间')
    await userEvent.click(one(element, 'dialog .kind:nth-of-type(3) input'))
    const days = all<HTMLInputElement>(element, 'dialog .pick input')
    await userEvent.click(days[5] as HTMLElement)
    await userEvent.click(all<HTMLInputElement>(element, 'dialog .pick input')[6] as HTMLElement)
    await userEvent.fill(one<HTMLInputElement>(element, 'dialog input[type=time]'), '06:30')
    await press('保存时间')
    await eventually(() => fake.deciders.deciders[0]?.schedule.times).toEqual({ at: '06:30', weekdays: [1, 2, 3, 4, 5] })
    await eventually(() => textOf(one(element, '.life-times'))).toContain('06:30 运行')
  })

  it('are tried on the past: who gains and loses how many, and which differ most', async () => {
    const { element, press } = await open({ ...idle, tab: 'backtest' })
    await press('回测 v2')
    await eventually(() => textOf(one(element, '.bt-sum'))).toMatch(/2,418.*74 · 3\.1%.*9/)
    const rows = all(element, '.per tbody tr').map(textOf)
    expect(rows[0]).toMatch(/孙悦 0 12 .*-12/)
    expect(all(element, '.bt-most li').length).toBe(6)
  })

  it('show their versions with what changed, in words', async () => {
    const { element } = await open({ ...idle, tab: 'versions' })
    await eventually(() => textOf(one(element, '.vdiff'))).toMatch(/60 天前|60 天/)
    expect(textOf(one(element, '.versions'))).not.toMatch(/[{[]"/)
  })

  it('on save are tried on the saves that have been, beside where they are written', async () => {
    const { element, press } = await open({ rule: 'admin.amount-check' })
    await eventually(() => textOf(one(element, '.builder'))).toMatch(/做什么：拒绝保存/)
    expect(all(element, '.tabs button').map(textOf)).toEqual(['规则', '回测', '版本'])
    expect(all<HTMLTextAreaElement>(element, '.action textarea').map(({ value }) => value)).toEqual([
      '请写明竞争对手。',
      'Name the competitor.',
    ])
    await press('回测 v1')
    await eventually(() => textOf(one(element, '.bt-sum'))).toMatch(/1,000.*31.*2/)
    expect(textOf(one(element, '.cases'))).toContain('会被拒绝')
  })

  it('on save are changed with forms that the actions make; what no control can show is said and kept', async () => {
    const { element, press, fake } = await open({ rule: 'admin.won-deals' }, admin(), 'en')
    await eventually(() => all(element, '.action').length).toBe(4)
    const [task, set, shout, gone] = all(element, '.action').map(textOf)
    expect(task).toMatch(/Create a task.*For whom.*Owner › Leader/)
    expect(set).toContain('computed')
    expect(shout).toMatch(/How loud.*Pitch ?Cannot be edited here.*Also echo/)
    expect(gone).toContain('Nothing is known of this action')
    await userEvent.fill(one<HTMLInputElement>(element, '.action input[type=number]'), '5')
    await userEvent.click(all(element, '.action button').find((item) => item.ariaLabel === 'Move Shout up') as HTMLElement)
    await press('Save as v3')
    await eventually(() => fake.count('POST', 'deciders')).toBe(1)
    const sent = fake.seen.find(({ method, path }) => method === 'POST' && path.endsWith('/versions'))?.body as { save: never }
    const [before] = fake.deciders.versions.get('admin.won-deals')?.slice(1) ?? []
    const [wanted] = before?.save?.rules ?? []
    const [first, second, third, last] = wanted?.do ?? []
    const { into: _, ...head } = before?.save ?? { into: null }
    const later = { ...first, params: { ...first?.params, days: 5 } }
    expect(sent).toEqual({ save: { ...head, rules: [{ ...wanted, do: [later, third, second, last] }] } })
  })

  it('on save show what a version changed, in words', async () => {
    const { element } = await open({ rule: 'admin.won-deals', tab: 'versions' }, admin(), 'en')
    await eventually(() => textOf(one(element, '.vdiff'))).toMatch(/Create a task.*Within how many days: 1.*Within how many days: 2/)
    expect(textOf(one(element, '.versions'))).not.toMatch(/[{[]"/)
  })

  it('on save say at its control what is missing or refused, and in a summary; what was written is kept', async () => {
    const server = admin()
    const refusal = { status: 422, code: 'RULE_TYPE', message: 'It does not fit.', path: '/rules/0/do/0/params/values/priority' }
    server.refuseNext(({ method, path }) => method === 'POST' && path === 'deciders', refusal)
    const { element, press, src } = await open({ object: 'deal', rule: 'new' }, server, 'en')
    await userEvent.click(one(element, '.sort input[value=compute]'))
    await eventually(() => all(element, '.action').length).toBe(1)
    await press('Save as draft')
    expect(textOf(one(element, '.problems'))).toMatch(/Name in Chinese.*Set fields · Fields and values/)
    const [zh, english] = all<HTMLInputElement>(element, '.builder-body > .pair input')
    await userEvent.fill(zh as HTMLInputElement, '加急')
    await userEvent.fill(english as HTMLInputElement, 'Urgent')
    await userEvent.selectOptions(one(element, '.set-field'), 'priority')
    await eventually(() => all(element, '.set crm-field >>> select').length).toBe(1)
    await userEvent.selectOptions(one(element, '.set crm-field >>> select'), 'high')
    await press('Save as draft')
    await eventually(() => textOf(one(element, '.set crm-field'))).toContain('It does not fit.')
    await press('Set fields · Fields and values · Priority', one(element, '.problems'))
    clear()
    const again = mount<CrmRules>('crm-rules', server, { attributes: { object: 'deal', rule: 'new' }, lang: 'en', src })
    await eventually(() => all<HTMLInputElement>(again.element, '.builder-body > .pair input')[1]?.value).toBe('Urgent')
    expect(textOf(one(again.element, '.builder-foot'))).toContain('Brought back')
  })

  it('that have broken are told of above the list and at the rule: what is missing, since when, what to do', async () => {
    const fake = admin()
    fake.deciders.break('admin.amount-check')
    const { element, press } = await open({}, fake, 'en')
    expect(textOf(one(element, '.banner-danger'))).toMatch(/One rule does nothing now.*There is no field “competitor”/)
    expect(textOf(one(element, '[data-rule="admin.amount-check"]'))).toContain('does nothing')
    await press('Large deals need a decision maker', one(element, '.banner-danger'))
    await eventually(() => textOf(one(element, '.page-banner'))).toMatch(
      /does nothing now.*no field “competitor”.*Noticed.*Bring back what is missing/,
    )
  })

  it('are to be read only by who may not define the object, and say why there is nothing', async () => {
    const reader = new FakeServer()
    const { element } = await open(idle, reader)
    await eventually(() => all(element, '.big').length).toBeGreaterThan(0)
    expect(all(element, '.life-acts button, .builder-foot')).toEqual([])
    clear()
    const fake = admin()
    fake.refuseWhile(({ path }) => path === 'deciders', 'offline')
    const offline = mount<CrmRules>('crm-rules', fake)
    await eventually(() => textOf(offline.element)).toContain('没有网络连接')
  })

  it('fit a phone', async () => {
    await page.viewport(390, 844)
    const { element } = await open()
    expect(element.scrollWidth).toBeLessThanOrEqual(390)
    await wide()
  })
})

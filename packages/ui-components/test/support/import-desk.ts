import { userEvent } from 'vitest/browser'
import type { CrmImport } from '../../src/import/import.ts'
import { FakeServer } from './fake-server.ts'
import { all, eventually, mount, one, textOf } from './mount.ts'

/** Five customers; three industries nobody knows, one of them nearly right. */
export const customersFile = [
  '公司名称,类型,行业,电话,邮箱,备注',
  '蓝海科技,company,软件与信息服务,１３８００１３８０００,li@lanhai.example,展会',
  '云杉智造,company,软件业,13912345678,sales@yunshan.example,',
  '汉唐新材,company,软件业,13700000000,,',
  '青禾医疗,company,养殖,13600000000,qinghe@example.com,',
  'Meridian Freight,company,,13500000000,ops@meridian.example,',
].join('\n')

/** A file as somebody would drop it. */
export function fileOf(name: string, text: string): File {
  return new File([text], name, { type: 'text/csv' })
}

/** `<crm-import>` on the page, and the hands that work with it. */
export async function openImport(attributes: Record<string, string> = {}, fake = new FakeServer(), lang = 'zh-CN') {
  const mounted = mount<CrmImport>('crm-import', fake, { attributes, lang })
  const { element, events } = mounted
  await eventually(() => events.map((event) => event.type).filter((type) => type === 'crm-load' || type === 'crm-error')).not.toEqual([])
  await element.updateComplete
  const seen = (path: string) => fake.seen.filter((one) => one.path.startsWith(path))
  const button = (text: string) =>
    all<HTMLButtonElement>(element, 'button').find((one) => one.textContent?.replace(/\s+/g, ' ').trim().startsWith(text))
  const press = async (text: string) => {
    await eventually(() => button(text)?.disabled).toBe(false)
    await userEvent.click(button(text) ?? element)
  }
  const says = (text: string) => eventually(() => textOf(element)).toContain(text)
  const choose = async (files: readonly File[]) => {
    await userEvent.upload(one(element, '.drop-input'), [...files])
    await eventually(() => all(element, '.file .good, .column').length).toBeGreaterThan(0)
  }
  /** The server has read what was changed. */
  const settled = async () => {
    await eventually(() => all(element, '.foot-note .spin').length).toBe(0)
    await eventually(() => all<HTMLButtonElement>(element, '.foot .btn-primary:enabled').length).toBe(1)
  }
  const mapping = () => (seen('imports/preview').at(-1)?.body as { mapping?: unknown } | undefined)?.mapping
  return { ...mounted, fake, seen, press, says, choose, settled, mapping, button }
}

/** As far as the columns of the customers' file. */
export async function openMapping(fake = new FakeServer()) {
  const desk = await openImport({ object: 'customer' }, fake)
  await desk.choose([fileOf('客户.csv', customersFile)])
  await eventually(() => all(desk.element, '.column').length).toBe(6)
  await desk.settled()
  return desk
}

/** As far as the end of the import, with the undecided rows left out. */
export async function openResult(fake = new FakeServer()) {
  const desk = await openMapping(fake)
  await desk.press('试运行')
  await eventually(() => all(desk.element, '.row-line').length).toBeGreaterThan(0)
  await desk.press('导入 ')
  await desk.says('没有导入')
  await eventually(() => all(desk.element, '.bad-row').length).toBe(3)
  return desk
}

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import type { CrmImport } from '../src/import/import.ts'
import { FakeServer } from './support/fake-server.ts'
import { customersFile, fileOf, openImport, openMapping, openResult } from './support/import-desk.ts'
import { all, clear, eventually, mount, one, textOf, wide } from './support/mount.ts'

beforeAll(wide)
afterEach(clear)

const select = (root: Element, label: string) => {
  const found = all<HTMLSelectElement>(root, 'select').find(
    (one) => one.getAttribute('aria-label') === label || one.closest('label')?.textContent?.includes(label),
  )
  if (!found) throw new Error(`There is no choice called ${label}`)
  return found
}
const column = (root: Element, name: string) => {
  const found = all(root, '.column').find((row) => row.querySelector('b')?.textContent === name)
  if (!found) throw new Error(`There is no column ${name}`)
  return found
}
const figures = (root: Element) =>
  Object.fromEntries(
    all(root, '.figure').map((one) => [one.dataset.figure, Number(one.querySelector('.figure-count')?.textContent?.replaceAll(',', ''))]),
  )

describe('Choosing files', () => {
  it('loads what it needs, says so, and offers the objects one may add to', async () => {
    const { element, events, choose, press } = await openImport()
    expect(events.at(-1)?.type).toBe('crm-load')
    await choose([fileOf('whatever.csv', customersFile)])
    expect(textOf(element)).toContain('请选择每个文件的内容')
    const object = select(element, 'whatever.csv 的内容')
    expect([...object.options].map(({ text }) => text)).toEqual(expect.arrayContaining(['客户', '商机', '人员']))
    await userEvent.selectOptions(object, 'customer')
    await press('下一步')
    await eventually(() => all(element, '.column').length).toBe(6)
  })

  it('takes dropped files, by pointer, and those a host hands over', async () => {
    const { element, fake } = await openImport()
    const data = new DataTransfer()
    data.items.add(fileOf('客户.csv', customersFile))
    const drop = one(element, '.drop')
    drop.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }))
    expect(drop.classList.contains('is-over')).toBe(true)
    drop.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
    await eventually(() => all(element, '.file .good').length).toBe(1)
    void element.addFiles([fileOf('产品.csv', 'a,b\n1,2')])
    await eventually(() => all(element, '.file .good').length).toBe(2)
    expect([...fake.imports.files.values()].map(({ name }) => name)).toEqual(['客户.csv', '产品.csv'])
    expect(select(element, '产品.csv 的内容').value).toBe('product')
  })

  it('takes files that a host hands over before it has come up', async () => {
    const fake = new FakeServer()
    const { element } = mount<CrmImport>('crm-import', fake, { attributes: { object: 'customer' } })
    await element.addFiles([fileOf('客户.csv', customersFile)])
    await eventually(() => all(element, '.column').length).toBe(6)
  })

  it('sends the bytes as they are, under the file’s name', async () => {
    const { seen, choose } = await openImport()
    await choose([fileOf('客户.csv', customersFile)])
    const [sent] = seen('imports/files')
    expect(sent?.method).toBe('POST')
    expect(sent?.query.get('name')).toBe('客户.csv')
    expect(sent?.headers.get('content-type')).toBe('application/octet-stream')
    expect(sent?.body).toBe(customersFile)
  })

  it('goes straight on with one file for one object; a workbook asks for its sheet first', async () => {
    const { element, choose } = await openImport({ object: 'customer' })
    await choose([fileOf('客户.csv', customersFile)])
    await eventually(() => all(element, '.column').length).toBe(6)
    clear()
    const fake = new FakeServer()
    fake.imports.sheets = ['名单', '说明']
    const desk = await openImport({ object: 'customer' }, fake)
    await desk.choose([fileOf('客户.xlsx', customersFile)])
    await userEvent.selectOptions(select(desk.element, '客户.xlsx · 名单 的工作表'), '说明')
    await desk.press('下一步')
    await eventually(() => all(desk.element, '.column').length).toBe(6)
    expect(desk.seen('imports/preview').at(-1)?.body).toMatchObject({ sheet: '说明', object: 'customer' })
  })

  it('tells in the server’s words what is wrong with a file, and tries again', async () => {
    const { element, fake, says, press, choose } = await openImport()
    fake.refuseNext(({ path }) => path === 'imports/files', { status: 413, code: 'BODY_TOO_LARGE', message: '内容超过 200 MB。' })
    await userEvent.upload(one(element, '.drop-input'), fileOf('大.csv', 'a\n1'))
    await says('内容超过 200 MB。')
    expect(all<HTMLButtonElement>(element, '.foot .btn-primary:enabled')).toEqual([])
    fake.refuseNext(({ path }) => path === 'imports/files', 'offline')
    await press('重试')
    await says('没有网络连接，文件没有上传。')
    await press('重试')
    await eventually(() => all(element, '.file .good').length).toBe(1)
    fake.refuseNext(({ path }) => path === 'imports/files', {
      status: 415,
      code: 'IMPORT_FILE_OLD_EXCEL',
      message: '这是旧版 Excel 文件。',
      details: {},
    })
    await choose([fileOf('旧.xls', 'x')])
    await says('这是旧版 Excel 文件。')
  })

  it('calls an upload off when its file is taken away', async () => {
    const { element, fake } = await openImport()
    const release = fake.hold(({ path }) => path === 'imports/files')
    await userEvent.upload(one(element, '.drop-input'), fileOf('客户.csv', customersFile))
    await eventually(() => all(element, 'progress').length).toBe(1)
    await userEvent.click(one(element, '[aria-label="移除客户.csv"]'))
    release()
    await eventually(() => all(element, '.file').length).toBe(0)
    expect(fake.imports.files.size).toBe(0)
  })

  it('says who may not import, and where nothing can be', async () => {
    const fake = new FakeServer()
    fake.permissions = { import_job: ['read'] }
    const { says } = await openImport({}, fake)
    await says('没有导入的权限')
    clear()
    const bare = new FakeServer()
    bare.imports.installed = false
    const desk = await openImport({}, bare)
    await desk.says('这里还不能导入')
    clear()
    const offline = new FakeServer()
    offline.refuseNext(({ path }) => path === 'objects', 'offline')
    const lost = await openImport({}, offline)
    await lost.says('没有网络连接')
    await lost.press('重试')
    await eventually(() => all(lost.element, '.drop').length).toBe(1)
  })
})

describe('Mapping', () => {
  it('shows each column with what is in it, the guessed field and why; every guess can be changed', async () => {
    const { element, mapping, settled } = await openMapping()
    expect(textOf(column(element, '公司名称'))).toContain('蓝海科技 · 云杉智造 · 汉唐新材')
    expect(textOf(column(element, '公司名称'))).toContain('与字段标签相同')
    expect(select(element, '「备注」对应的字段').value).toBe('')
    await userEvent.selectOptions(select(element, '「备注」对应的字段'), 'website')
    await settled()
    expect(textOf(column(element, '备注'))).toContain('由你选择')
    expect(mapping()).toMatchObject({ columns: expect.arrayContaining([{ column: '备注', field: 'website' }]) })
    await userEvent.selectOptions(select(element, '「邮箱」对应的字段'), '')
    await settled()
    expect(textOf(one(element, '.panel .count'))).toBeTruthy()
    expect(JSON.stringify(mapping())).not.toContain('邮箱')
  })

  it('asks once for values it does not know; a suggestion is one press, and the row is gone when it is answered', async () => {
    const { element, press, settled, mapping } = await openMapping()
    const values = () => all(element, '.value .value-name').map((name) => textOf(name))
    expect(values()).toEqual(['软件业 2 行', '养殖 1 行'])
    await press('用「软件与信息服务」')
    await settled()
    expect(values()).toEqual(['养殖 1 行'])
    await userEvent.selectOptions(select(element, '「养殖」的意思'), '（空）')
    await settled()
    expect(all(element, '.question')).toEqual([])
    expect(textOf(element)).toContain('没有要决定的了')
    expect(mapping()).toMatchObject({ values: { industry: { 软件业: '软件与信息服务', 养殖: null } } })
  })

  it('shows what was decided in the settings of the column, to be changed or taken back', async () => {
    const { element, press, settled, mapping } = await openMapping()
    await press('用「软件与信息服务」')
    await settled()
    const row = column(element, '行业')
    expect(textOf(row)).toContain('1 项对照')
    await userEvent.click(row.querySelector('.fold') ?? element)
    expect(row.querySelector('.fold')?.getAttribute('aria-expanded')).toBe('true')
    await userEvent.click(one(row, '[aria-label="移除软件业"]'))
    await settled()
    expect(mapping()).not.toHaveProperty('values')
    expect(all(element, '.value')).toHaveLength(2)
  })

  it('matches by a key, and says what happens without one', async () => {
    const { element, settled, mapping } = await openMapping()
    expect(textOf(element)).toContain('没有选择：每一行都新建一条记录。')
    const tick = all(element, '.tick').find((label) => label.textContent?.includes('公司名称'))
    await userEvent.click(tick?.querySelector('input') ?? element)
    await settled()
    expect(mapping()).toMatchObject({ key: ['name'] })
    expect(textOf(element)).toContain('公司名称相同的行更新已有记录')
  })

  it('fills a required field from columns or with one value', async () => {
    const { element, press, settled, mapping, choose } = await openImport({ object: 'deal' })
    await choose([fileOf('商机.csv', '客户,产品,预计金额\n蓝海,标准版,100\n云杉,企业版,200')])
    await eventually(() => all(element, '.column').length).toBe(3)
    await settled()
    expect(textOf(one(element, '.questions'))).toContain('「商机名称」必填')
    await press('填写')
    const line = one(element, '[data-fill=name]')
    await userEvent.selectOptions(select(line, '插入列…'), '客户')
    await settled()
    await userEvent.selectOptions(select(line, '插入列…'), '产品')
    await settled()
    expect(mapping()).toMatchObject({ templates: { name: '{客户} · {产品}' } })
    expect(textOf(line)).toContain('蓝海 · 标准版')
    await userEvent.selectOptions(select(line, '商机名称 怎样填'), 'value')
    const box = one<HTMLInputElement>(line, 'input')
    await userEvent.fill(box, '年度续约')
    // What is typed stays while the server's answer to the last change comes in.
    await settled()
    expect(box.value).toBe('年度续约')
    await userEvent.keyboard('{Enter}')
    await settled()
    expect(mapping()).toMatchObject({ defaults: { name: '年度续约' } })
    expect(mapping()).not.toHaveProperty('templates')
  })

  it('asks for the order of dates that nobody can tell', async () => {
    const { element, settled, mapping, choose } = await openImport({ object: 'deal' })
    await choose([fileOf('商机.csv', '商机名称,预计成交\n甲,03/04/2026\n乙,05/04/2026')])
    await eventually(() => all(element, '.question').length).toBe(1)
    expect(textOf(one(element, '.question'))).toContain('有 2 个日期分不清日和月，如 03/04/2026')
    await userEvent.click(one(element, '.question [type=radio]'))
    await settled()
    expect(mapping()).toMatchObject({
      columns: expect.arrayContaining([{ column: '预计成交', field: 'closeDate', options: { dateOrder: 'dmy' } }]),
    })
    expect(all(element, '.question')).toEqual([])
  })

  it('decides about names nobody has: leave the row out, create, or leave empty', async () => {
    const { element, settled, mapping, choose, says } = await openImport({ object: 'deal' })
    await choose([fileOf('商机.csv', '商机名称,客户\n甲,新公司\n乙,另一家')])
    await eventually(() => all(element, '.value').length).toBe(2)
    await says('2 个名称在「客户」里没有')
    const radios = all<HTMLInputElement>(element, '.question [type=radio]')
    expect(all(element, '.question .seg label').map((label) => label.textContent?.trim())).toEqual(['不导入该行', '新建', '留空'])
    await userEvent.click(radios[1] ?? element)
    await settled()
    expect(mapping()).toMatchObject({ references: { customerId: { missing: 'create' } } })
  })

  it('writes the history: the day of creation, a later change for some rows, and what was there before', async () => {
    const { element, press, settled, mapping, choose } = await openImport({ object: 'deal' })
    await choose([fileOf('商机.csv', '商机名称,接洽,预计成交,结果\n甲,2025-01-02,2025-03-04,赢单')])
    await eventually(() => all(element, '.column').length).toBe(4)
    await settled()
    await userEvent.click(all(element, 'summary')[0] ?? element)
    await userEvent.selectOptions(select(element, '记录创建于'), '接洽')
    await settled()
    await press('添加一次变化')
    await settled()
    await userEvent.selectOptions(select(one(element, '.moment'), '仅当这一列'), '结果')
    await settled()
    const is = all<HTMLInputElement>(element, '.moment input').find((box) => box.closest('label')?.textContent?.includes('等于'))
    await userEvent.fill(is ?? element, '赢单、签约')
    await userEvent.keyboard('{Enter}')
    await settled()
    expect(mapping()).toMatchObject({
      history: { createdAt: '接洽', stages: [{ at: '预计成交', when: { 结果: ['赢单', '签约'] }, set: { stageId: { value: '' } } }] },
    })
  })

  it('keeps a mapping under a name and takes it for the next file, saying which columns are missing', async () => {
    const fake = new FakeServer()
    const { press, settled, element } = await openMapping(fake)
    await press('用「软件与信息服务」')
    await settled()
    await press('保存')
    await eventually(() => fake.imports.saved.map(({ name }) => name)).toEqual(['客户'])
    clear()
    const next = await openImport({ object: 'customer' }, fake)
    await next.choose([fileOf('又一批.csv', '公司名称,行业\n远景,软件业')])
    await eventually(() => all(next.element, '.column').length).toBe(2)
    await next.settled()
    await userEvent.selectOptions(select(next.element, '取用已保存的…'), '客户')
    await next.settled()
    expect(next.mapping()).toMatchObject({ values: { industry: { 软件业: '软件与信息服务' } } })
    await next.says('这个文件没有以下列：类型、电话、邮箱')
    expect(element.isConnected).toBe(false)
  })

  it('tells the server of the other files, whose names a file may use', async () => {
    const { element, press, seen, choose, settled } = await openImport()
    await choose([fileOf('商机.csv', '商机名称,客户\n甲,远方公司'), fileOf('客户.csv', '公司名称\n远方公司')])
    await eventually(() => all(element, '.file .good').length).toBe(2)
    await press('下一步')
    await settled()
    expect(all(element, '.rail-item')).toHaveLength(2)
    const asked = seen('imports/preview').map(({ body }) => (body as { others?: unknown[] }).others?.length ?? 0)
    expect(asked).toEqual([0, 0, 1])
    expect(all(element, '.question')).toEqual([])
  })

  it('says what the file is read as, and reads it another way when that is wrong', async () => {
    const { element, seen, settled } = await openMapping()
    const details = all(element, 'details').find((one) => textOf(one).includes('读取方式'))
    expect(textOf(details ?? element)).toContain('UTF-8 · 逗号')
    await userEvent.click(details?.querySelector('summary') ?? element)
    await userEvent.selectOptions(select(element, '编码'), 'gb18030')
    await eventually(() => all(element, '.column').length).toBe(6)
    await settled()
    expect(seen('imports/preview').at(-1)?.body).toMatchObject({ encoding: 'gb18030' })
    const header = all<HTMLInputElement>(element, 'details input').find((box) =>
      box.closest('label')?.textContent?.includes('列名所在的行'),
    )
    await userEvent.fill(header ?? element, '3')
    await userEvent.keyboard('{Enter}')
    await eventually(() => seen('imports/preview').at(-1)?.body).toMatchObject({ encoding: 'gb18030', header: 3 })
    await eventually(() => all(element, '.column').length).toBe(6)
    await settled()
    await userEvent.click(one(element, '.foot .btn-primary'))
    await eventually(() => seen('imports/dry-run').at(-1)?.body).toMatchObject({ files: [{ encoding: 'gb18030', header: 3 }] })
  })

  it('takes several sheets of a workbook, which is sent once and forgotten with the last of them', async () => {
    const fake = new FakeServer()
    fake.imports.sheets = ['客户', '产品']
    const { element, choose, press, seen } = await openImport({}, fake)
    await choose([fileOf('全部.xlsx', customersFile)])
    await press('再加一个工作表')
    await eventually(() => all(element, '.file').length).toBe(2)
    expect(seen('imports/files')).toHaveLength(1)
    const objects = () => all<HTMLSelectElement>(element, '.file-choice select').map(({ value }) => value)
    expect(objects()).toEqual(['客户', '', '产品', 'product'])
    await userEvent.click(one(element, '[aria-label="移除全部.xlsx · 产品"]'))
    expect(fake.imports.files.size).toBe(1)
    await userEvent.click(one(element, '[aria-label="移除全部.xlsx · 客户"]'))
    await eventually(() => fake.imports.files.size).toBe(0)
  })

  it('tells what a person should know of the file', async () => {
    const fake = new FakeServer()
    const message = { 'zh-CN': '列名「电话」重复。', en: 'The column name “电话” is there twice.' }
    fake.imports.notices = [{ code: 'IMPORT_COLUMN_REPEATED', column: null, field: null, message, hint: null }]
    const { says } = await openMapping(fake)
    await says('列名「电话」重复。')
  })

  it('keeps the later of two quick changes, though the answer to the first comes in between', async () => {
    const { element, fake, settled, seen, mapping } = await openMapping()
    const release = fake.hold(({ path }) => path === 'imports/preview')
    const before = seen('imports/preview').length
    await userEvent.selectOptions(select(element, '「备注」对应的字段'), 'website')
    await eventually(() => seen('imports/preview').length).toBe(before + 1)
    await userEvent.selectOptions(select(element, '「邮箱」对应的字段'), '')
    release()
    await settled()
    expect(select(element, '「备注」对应的字段').value).toBe('website')
    expect(select(element, '「邮箱」对应的字段').value).toBe('')
    expect(JSON.stringify(mapping())).toContain('website')
    expect(JSON.stringify(mapping())).not.toContain('邮箱')
  })

  it('keeps a mapping that the server refuses on the screen, with the reason', async () => {
    const { element, fake, says, press, settled } = await openMapping()
    fake.refuseNext(({ path }) => path === 'imports/preview', {
      status: 422,
      code: 'IMPORT_MAPPING_INVALID',
      message: '两列对应了同一个字段。',
    })
    await userEvent.selectOptions(select(element, '「备注」对应的字段'), 'website')
    await says('两列对应了同一个字段。')
    expect(select(element, '「备注」对应的字段').value).toBe('website')
    expect(all<HTMLButtonElement>(element, '.foot .btn-primary:enabled')).toEqual([])
    await press('重试')
    await settled()
  })
})

describe('The dry run', () => {
  it('counts what would become of the rows, shows each with its reason, and what is repaired before and after', async () => {
    const { element, press, seen } = await openMapping()
    await press('试运行 5 行')
    await eventually(() => figures(element)).toMatchObject({ all: 5, create: 2, refuse: 3 })
    expect(all(element, '.row-line').map((row) => row.dataset.outcome)).toEqual(['refuse', 'refuse', 'refuse'])
    expect(textOf(one(element, '.row-line'))).toContain('「软件业」不是可选项。')
    await userEvent.click(one(element, '[data-figure=create]'))
    await eventually(() => all(element, '.row-line').length).toBe(2)
    expect(one(element, '[data-figure=create]').getAttribute('aria-pressed')).toBe('true')
    await userEvent.click(one(element, '[data-figure=repaired]'))
    await eventually(() => textOf(one(element, '.repair'))).toContain('１３８００１３８０００')
    expect(textOf(one(element, '.repair ins'))).toBe('13800138000')
    expect(textOf(one(element, '.repair'))).toContain('全角改为半角')
    expect(seen('imports/jobs').filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('can be left while it runs, and comes back to the mapping as it was', async () => {
    const { element, fake, press, settled } = await openMapping()
    await press('用「软件与信息服务」')
    await settled()
    const release = fake.hold(({ path }) => path === 'imports/dry-run')
    await press('试运行')
    await eventually(() => textOf(element)).toContain('正在试运行 5 行…')
    await press('取消')
    await eventually(() => all(element, '.column').length).toBe(6)
    release()
    expect(textOf(column(element, '行业'))).toContain('1 项对照')
  })

  it('says why it could not be run, and tries again', async () => {
    const { element, fake, press, says } = await openMapping()
    fake.refuseNext(({ path }) => path === 'imports/dry-run', { status: 422, code: 'IMPORT_CIRCLE', message: '文件互相引用。' })
    await press('试运行')
    await says('文件互相引用。')
    await press('重试')
    await eventually(() => figures(element)).toMatchObject({ all: 5 })
  })
})

describe('The import', () => {
  it('asks the host before it begins, then tells it of the job and of the end', async () => {
    const { element, events, press, says } = await openMapping()
    await press('试运行')
    await eventually(() => all(element, '.row-line').length).toBe(3)
    const veto = (event: Event) => event.preventDefault()
    element.addEventListener('crm-submit', veto)
    await press('导入 2 行')
    expect(element.job).toBe(null)
    element.removeEventListener('crm-submit', veto)
    await press('导入 2 行')
    await says('其余已导入，3 行没有导入')
    expect(element.getAttribute('job')).toBe(element.job)
    expect(events.filter(({ type }) => type === 'crm-job').map(({ detail }) => detail)).toEqual([{ job: element.job }])
    await eventually(() => events.at(-1)?.type).toBe('crm-imported')
    expect(events.at(-1)?.detail).toEqual({ job: element.job, created: 2, updated: 0, unchanged: 0, refused: 3 })
  })

  it('shows how far it is, is cancelled, found again by its id, and goes on', async () => {
    const fake = new FakeServer()
    fake.imports.pace = 1
    const { element, press, src } = await openMapping(fake)
    await press('试运行')
    await eventually(() => all(element, '.row-line').length).toBe(3)
    fake.imports.pace = 0
    await press('导入 2 行')
    await eventually(() => all(element, 'progress').length).toBe(1)
    await press('取消导入')
    await eventually(() => textOf(element)).toContain('导入已取消')
    const id = element.job ?? ''
    clear()
    fake.imports.pace = 1000
    const again = mount('crm-import', fake, { attributes: { job: id }, src })
    await eventually(() => textOf(again.element)).toContain('导入已取消')
    await userEvent.click(all(again.element, 'button').find((button) => button.textContent?.includes('继续导入')) ?? again.element)
    await eventually(() => textOf(again.element)).toContain('3 行没有导入')
  })

  it('asks for the files again when the server has given them up', async () => {
    const fake = new FakeServer()
    fake.imports.pace = 0
    const { element, press, says } = await openMapping(fake)
    await press('试运行')
    await eventually(() => all(element, '.row-line').length).toBe(3)
    await press('导入 2 行')
    await press('取消导入')
    await says('导入已取消')
    fake.refuseNext(({ path }) => path.endsWith('/run'), {
      status: 410,
      code: 'IMPORT_FILE_GONE',
      message: '文件不在了。',
      details: { files: ['客户.csv'] },
    })
    await press('继续导入')
    await says('请再选择：客户.csv')
    fake.imports.pace = 1000
    await userEvent.upload(one(element, '.file-button input'), fileOf('客户.csv', customersFile))
    await says('3 行没有导入')
    expect(fake.seen.filter(({ path }) => path.endsWith('/run')).at(-1)?.body).toMatchObject({ files: [{ file: expect.any(String) }] })
  })

  it('keeps looking when the connection is lost for a while', async () => {
    const fake = new FakeServer()
    fake.imports.pace = 0
    const { element, press, says } = await openMapping(fake)
    await press('试运行')
    await eventually(() => all(element, '.row-line').length).toBe(3)
    await press('导入 2 行')
    await eventually(() => all(element, 'progress').length).toBe(1)
    const isBack = fake.refuseWhile(({ path, method }) => method === 'GET' && /^imports\/jobs\/j\d+$/.test(path), 'offline')
    await says('暂时连不上服务器')
    isBack()
    fake.imports.pace = 1000
    await says('3 行没有导入')
  })

  it('says that a file is already in, and adds nothing', async () => {
    const fake = new FakeServer()
    const first = await openResult(fake)
    await first.press('再导入一个')
    await first.choose([fileOf('客户.csv', customersFile)])
    await eventually(() => all(first.element, '.column').length).toBe(6)
    await first.settled()
    await first.press('试运行')
    await eventually(() => all(first.element, '.row-line').length).toBe(3)
    await first.press('导入 2 行')
    await first.says('这份数据已经在这里了，没有新增任何内容')
  })

  it('lists earlier imports and opens one', async () => {
    const { element, press, says } = await openResult()
    await press('再导入一个')
    expect(element.job).toBe(null)
    await says('最近的导入')
    expect(textOf(one(element, '.job-row'))).toContain('新建 2 · 更新 0 · 未导入 3')
    await userEvent.click(one(element, '.job-row'))
    await says('其余已导入，3 行没有导入')
  })
})

describe('Rows that were left out', () => {
  const cell = (row: Element) => one<HTMLInputElement>(row, '.bad-cell input')

  it('are corrected in place, tried again by Enter, and gone when they are taken', async () => {
    const { element, fake } = await openResult()
    const row = () => all(element, '.bad-row')
    expect(cell(row()[0] ?? element).value).toBe('软件业')
    expect(cell(row()[0] ?? element).getAttribute('aria-invalid')).toBe('true')
    expect([...(cell(row()[0] ?? element).list?.options ?? [])].map(({ value }) => value)).toContain('软件与信息服务')
    await userEvent.fill(cell(row()[0] ?? element), '软件与信息服务')
    await userEvent.keyboard('{Enter}')
    await eventually(() => row().length).toBe(2)
    expect(fake.seen.filter(({ path }) => path.endsWith('/repairs')).at(-1)?.body).toEqual({
      rows: [{ file: 0, row: 3, cells: { 行业: '软件与信息服务' } }],
    })
    await eventually(() => figures(element)).toMatchObject({ create: 3, refuse: 2 })
  })

  it('stay with the new reason when they are refused again', async () => {
    const { element, press } = await openResult()
    await userEvent.fill(cell(all(element, '.bad-row')[0] ?? element), '渔业')
    await press('重试改过的行（1）')
    await eventually(() => textOf(all(element, '.bad-row')[0] ?? element)).toContain('「渔业」不是可选项。')
    expect(all(element, '.bad-row')).toHaveLength(3)
    expect(cell(all(element, '.bad-row')[0] ?? element).value).toBe('渔业')
  })

  it('are all tried at once, and the end is said', async () => {
    const { element, press, says } = await openResult()
    for (const row of all(element, '.bad-row')) await userEvent.fill(cell(row), '软件与信息服务')
    await press('重试改过的行（3）')
    await says('3 行已修正并导入')
    expect(one(element, '[data-announcer]').textContent).toContain('3 行已导入，0 行仍未导入')
  })

  it('can be downloaded as a file', async () => {
    const { press, seen } = await openResult()
    const links: string[] = []
    const note = (event: MouseEvent): void => {
      const link = event.composedPath()[0]
      if (link instanceof HTMLAnchorElement) links.push(link.download)
      event.preventDefault()
    }
    const click = HTMLAnchorElement.prototype.click
    HTMLAnchorElement.prototype.click = function () {
      this.addEventListener('click', note)
      click.call(this)
    }
    await press('下载 CSV')
    await eventually(() => links).toEqual(['客户-未导入.csv'])
    HTMLAnchorElement.prototype.click = click
    expect(Object.fromEntries(seen('imports/jobs').at(-1)?.query ?? [])).toEqual({ format: 'csv', file: '0' })
  })
})

import { describe, expect, test } from 'vitest'
import { openDesk } from './setting.ts'

describe('files that come together', () => {
  const deals = '名称,客户,产品\n一期,远方公司,智能温控阀专业板\n二期,没有这家,智能温控阀专业版\n'
  const customers = '客户名称\n远方公司\n'
  const products = '产品名称,编号\n智能温控阀专业版,P-1\n'

  test('names that other files bring are no question, and misspelt ones are suggested from them', async () => {
    const desk = await openDesk()
    const [deal, customer, product] = await Promise.all(
      [deals, customers, products].map(async (text, index) => (await desk.upload(`${index}.csv`, text)).body.id as string),
    )
    const alone = await desk.send('POST', '/api/imports/preview', { body: { file: deal, object: 'deal' } })
    expect(alone.body.questions.map(({ column, distinct }: { column: string; distinct: number }) => [column, distinct])).toEqual([
      ['客户', 2],
      ['产品', 2],
    ])
    const others = [
      { file: customer, mapping: { object: 'customer', columns: [{ column: '客户名称', field: 'name' }] } },
      { file: product, mapping: { object: 'product', columns: [{ column: '产品名称', field: 'name' }] } },
    ]
    const { mapping } = alone.body
    const together = await desk.send('POST', '/api/imports/preview', { body: { file: deal, object: 'deal', mapping, others } })
    expect(together.body.questions).toMatchObject([
      { column: '客户', values: [{ value: '没有这家', count: 1 }] },
      { column: '产品', values: [{ value: '智能温控阀专业板', nearest: '智能温控阀专业版' }] },
    ])
    const reasons = together.body.sample.map(({ cells }: { cells: { column: string; reason?: unknown }[] }) =>
      cells.filter(({ reason }) => reason).map(({ column }) => column),
    )
    expect(reasons).toEqual([['产品'], ['客户']])
  })

  test('a file of somebody else is not read for its names', async () => {
    const desk = await openDesk()
    const file = (await desk.upload('deals.csv', deals)).body.id as string
    const foreign = (await desk.upload('customers.csv', customers, 'bob')).body.id as string
    const others = [{ file: foreign, mapping: { object: 'customer', columns: [{ column: '客户名称', field: 'name' }] } }]
    const answer = await desk.send('POST', '/api/imports/preview', { body: { file, object: 'deal', others } })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  })

  test('people of a file may own the deals of another', async () => {
    const desk = await openDesk()
    const file = (await desk.upload('deals.csv', '名称,负责人\n一期,钱多多\n')).body.id as string
    const people = (await desk.upload('people.csv', '姓名\n钱多多\n')).body.id as string
    const others = [{ file: people, mapping: { object: '@people', columns: [{ column: '姓名', field: 'name' }] } }]
    const answer = await desk.send('POST', '/api/imports/preview', { body: { file, object: 'deal', others } })
    expect(answer.body.questions).toEqual([])
  })
})

describe('what a preview and a rehearsal show', () => {
  test('different texts of every column, also of those that are not imported', async () => {
    const desk = await openDesk()
    const rows = Array.from({ length: 30 }, (_, index) => `公司${index},${index % 2 === 0 ? '甲' : '乙'},`).join('\n')
    const file = (await desk.upload('a.csv', `客户名称,莫名其妙,空\n${rows}\n`)).body.id as string
    const { body } = await desk.send('POST', '/api/imports/preview', { body: { file, object: 'customer' } })
    expect(body.samples.map((texts: string[]) => texts.length)).toEqual([12, 2, 0])
    expect(body.samples[1]).toEqual(['甲', '乙'])
  })

  test('what a person should know of the file, in both languages', async () => {
    const desk = await openDesk()
    const file = (await desk.upload('a.csv', '客户名称,电话,电话\n甲,,\n')).body.id as string
    const { body } = await desk.send('POST', '/api/imports/preview', { body: { file, object: 'customer' } })
    expect(body.notices).toMatchObject([
      { code: 'IMPORT_COLUMN_REPEATED', message: { 'zh-CN': expect.stringContaining('电话'), en: expect.stringContaining('twice') } },
    ])
  })

  test('each row by the name of its record, with the cells that are put right', async () => {
    const desk = await openDesk()
    const file = (await desk.upload('a.csv', '客户名称,电话\n蓝海科技,１３８００１３８０００\n云杉,abc\n')).body.id as string
    const columns = [
      { column: '客户名称', field: 'name' },
      { column: '电话', field: 'phone' },
    ]
    const mapping = { object: 'customer', columns }
    const { body } = await desk.send('POST', '/api/imports/dry-run', { body: { files: [{ file, mapping }] } })
    expect(body.rows).toMatchObject([
      { name: '蓝海科技', outcome: 'create', marks: [{ column: '电话', original: '１３８００１３８０００', value: '+8613800138000' }] },
      { name: '云杉', outcome: 'refuse', marks: [] },
    ])
  })
})

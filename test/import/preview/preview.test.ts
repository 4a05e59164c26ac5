import { existsSync } from 'node:fs'
import { openTable } from '@guanxi/adapters/import'
import { customer, product } from '@guanxi/core/standard'
import { describe, expect, it } from 'vitest'
import { mavenFolder } from '../../maven/maven-data.ts'
import { engines } from '../../support/engines.ts'
import { placeOn } from '../engine/setting.ts'
import { tableOf } from '../support/files.ts'

const engine = engines.filter(({ name }) => name === 'better-sqlite3')

describe.each(engine)('before an import on $name', (one) => {
  it('a person sees the columns, what they seem to be, and the first rows as they would become', async () => {
    const { importer } = await placeOn(one)
    const rows = [
      ['王丽', '138-0013-8000', '官网'],
      ['李雷', '12', '官网'],
    ]
    const preview = await importer.preview(tableOf(['联系人', '手机', '来源'], rows), 'lead')
    expect(preview.rows).toBe(2)
    expect(preview.mapping.columns.map(({ column, field }) => [column, field])).toEqual([
      ['联系人', 'name'],
      ['手机', 'phone'],
      ['来源', 'source'],
    ])
    const [first, second] = preview.sample
    expect(first?.cells.map(({ value }) => value)).toEqual(['王丽', '+8613800138000', 'website'])
    expect(second?.cells[1]).toMatchObject({ text: '12', reason: { code: 'VALUE_PHONE' } })
    expect(preview.questions).toMatchObject([{ kind: 'refused', column: '手机', count: 1, example: '12' }])
  })

  it('unknown options and names are asked about once each, with the nearest known one', async () => {
    const { session, importer } = await placeOn(one)
    await session.records(product).createMany([{ name: 'GTX Pro' }, { name: 'GTX Basic' }])
    await session.records(customer).create({ name: '蓝海科技' })
    const rows = [
      ['A', 'GTXPro', '蓝海科技', '蓝海'],
      ['B', 'GTXPro', '没有公司', ''],
      ['C', 'GTX Basic', '', ''],
    ]
    const columns = ['name', 'product', 'account', 'source']
    const preview = await importer.preview(tableOf(columns, rows), 'deal')
    expect(preview.questions).toMatchObject([
      {
        kind: 'references',
        column: 'product',
        field: 'productIds',
        object: 'product',
        distinct: 1,
        values: [{ value: 'GTXPro', count: 2, nearest: 'GTX Pro' }],
      },
      {
        kind: 'references',
        column: 'account',
        field: 'customerId',
        object: 'customer',
        values: [{ value: '没有公司', count: 1, nearest: null }],
      },
      { kind: 'options', column: 'source', field: 'source', values: [{ value: '蓝海', count: 1, nearest: null }] },
    ])
  })

  it('dates whose order nothing proves are a question; what the file proves is in the mapping', async () => {
    const { importer } = await placeOn(one)
    const columns = ['name', 'close date']
    const doubtful = await importer.preview(
      tableOf(columns, [
        ['A', '03/04/2026'],
        ['B', '05/06/2026'],
      ]),
      'deal',
    )
    expect(doubtful.questions).toEqual([{ kind: 'dateOrder', column: 'close date', field: 'closeDate', dmy: 0, mdy: 0, either: 2 }])
    const proven = await importer.preview(
      tableOf(columns, [
        ['A', '03/04/2026'],
        ['B', '25/06/2026'],
      ]),
      'deal',
    )
    expect(proven.questions).toEqual([])
    expect(proven.mapping.columns[1]).toMatchObject({ field: 'closeDate', options: { dateOrder: 'dmy' } })
    expect(proven.sample[0]?.cells[1]).toMatchObject({ value: '2026-04-03', mark: { codes: ['DATE_SPELLING', 'DATE_ORDER'] } })
    const mixed = await importer.preview(
      tableOf(columns, [
        ['A', '03/04/2026'],
        ['B', '25/06/2026'],
        ['C', '06/25/2026'],
      ]),
      'deal',
    )
    expect(mixed.questions).toMatchObject([{ kind: 'dateOrder', dmy: 1, mdy: 1, either: 1 }])
  })

  it('names of the same file, or of another that comes along, are not missing', async () => {
    const { importer } = await placeOn(one)
    const columns = ['name', 'parent company']
    const own = await importer.preview(
      tableOf(columns, [
        ['Child', 'Parent'],
        ['Parent', ''],
      ]),
      'customer',
    )
    expect(own.mapping.columns).toEqual([
      { column: 'name', field: 'name' },
      { column: 'parent company', field: 'parentId' },
    ])
    expect(own.questions).toEqual([])
    const coming = new Map([['customer', new Set(['Acme'])]])
    const contacts = await importer.preview(
      tableOf(
        ['name', 'customer'],
        [
          ['Ann', 'Acme'],
          ['Ben', 'Beta'],
        ],
      ),
      'contact',
      { coming },
    )
    expect(contacts.questions).toMatchObject([{ kind: 'references', values: [{ value: 'Beta', count: 1 }] }])
  })

  it.skipIf(!existsSync(mavenFolder))('the Maven pipeline asks about its broken names, counted over all rows', async () => {
    const { importer } = await placeOn(one)
    const accounts = await importer.preview(await openTable({ path: `${mavenFolder}accounts.csv` }), 'customer')
    expect(accounts).toMatchObject({
      rows: 85,
      questions: [{ kind: 'options', column: 'sector', values: [{ value: 'technolgy', count: 12, nearest: 'technology' }] }],
    })
    const products = await importer.preview(await openTable({ path: `${mavenFolder}products.csv` }), 'product')
    expect(products.questions).toEqual([])
    const names = { product: new Set(['GTX Basic', 'GTX Pro', 'MG Special', 'MG Advanced', 'GTX Plus Pro', 'GTX Plus Basic', 'GTK 500']) }
    const pipeline = await importer.preview(await openTable({ path: `${mavenFolder}sales_pipeline.csv` }), 'deal', {
      coming: new Map(Object.entries(names)),
    })
    const product = pipeline.questions.find((question) => question.kind === 'references' && question.column === 'product')
    expect(pipeline.rows).toBe(8800)
    expect(product).toMatchObject({ distinct: 1, values: [{ value: 'GTXPro', count: 1480, nearest: 'GTX Pro' }] })
  })
})

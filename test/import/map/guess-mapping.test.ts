import { existsSync, readFileSync } from 'node:fs'
import { guessMapping, importing, openTable, peopleObject, personDefinition, type TableRow } from '@guanxi/adapters/import'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm, defineObject, definePlugin, type ObjectDefinition } from '@guanxi/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { mavenFolder } from '../../maven/maven-data.ts'
import { northwindFolder } from '../northwind/mappings.ts'
import { tableOf } from '../support/files.ts'

const definitions = new Map<string, ObjectDefinition>()

const order = defineObject('order', {
  type: 'object',
  required: ['orderId'],
  properties: {
    orderId: { kind: 'text' },
    customerId: { kind: 'reference', to: 'customer' },
    orderDate: { kind: 'date' },
    requiredDate: { kind: 'date' },
    freight: { kind: 'money' },
    shipCity: { kind: 'text' },
  },
})
const orders = definePlugin({
  id: 'orders',
  version: '1.0.0',
  core: '*',
  requires: { standard: '*' },
  setup: (recorder) => void recorder.object(order),
})

beforeAll(async () => {
  const crm = createCrm({ store: sqlite(':memory:', { driver: 'better-sqlite3' }), plugins: [importing(), orders()], tenant: 'test' })
  await crm.open()
  const session = crm.as({ id: 'ada', roles: ['admin'] })
  await session.definitions.addField('deal', 'engagedOn', { format: 'date', label: { 'zh-CN': '接洽日期', en: 'Engage date' } })
  await session.definitions.addField('deal', 'opportunityId', { type: 'string', label: { 'zh-CN': '原编号', en: 'Opportunity id' } })
  for (const definition of await session.definitions.list()) definitions.set(definition.name, definition)
  definitions.set(peopleObject, personDefinition)
  await crm.close()
})

function definitionOf(object: string): ObjectDefinition {
  const definition = definitions.get(object)
  if (!definition) throw new Error(`no object ${object}`)
  return definition
}

async function guessed(object: string, columns: readonly string[], rows: readonly TableRow[]): Promise<Record<string, string | null>> {
  const guesses = guessMapping(
    columns,
    rows.map(({ cells }) => cells),
    definitionOf(object),
  )
  return Object.fromEntries(guesses.map(({ column, field }) => [column, field]))
}

async function guessedFile(object: string, path: string): Promise<Record<string, string | null>> {
  const table = await openTable({ path })
  for await (const { rows } of table.rows()) return guessed(object, table.columns, rows)
  return {}
}

async function guessedRows(object: string, columns: readonly string[], ...rows: string[][]): Promise<Record<string, string | null>> {
  for await (const part of tableOf(columns, rows).rows()) return guessed(object, columns, part.rows)
  return {}
}

describe.skipIf(!existsSync(mavenFolder))('the columns of the Maven files are recognised', () => {
  it('accounts', async () => {
    expect(await guessedFile('customer', `${mavenFolder}accounts.csv`)).toEqual({
      account: 'name',
      sector: 'industry',
      year_established: 'foundedYear',
      revenue: 'annualRevenue',
      employees: 'employees',
      office_location: 'region',
      subsidiary_of: 'parentId',
    })
  })

  it('products', async () => {
    expect(await guessedFile('product', `${mavenFolder}products.csv`)).toEqual({
      product: 'name',
      series: 'category',
      sales_price: 'price',
    })
  })

  it('sales teams', async () => {
    expect(await guessedFile(peopleObject, `${mavenFolder}sales_teams.csv`)).toEqual({
      sales_agent: 'name',
      manager: 'manager',
      regional_office: 'parentTeam',
    })
  })

  it('the pipeline', async () => {
    expect(await guessedFile('deal', `${mavenFolder}sales_pipeline.csv`)).toEqual({
      opportunity_id: 'custom.opportunityId',
      sales_agent: 'ownerId',
      product: 'productIds',
      account: 'customerId',
      deal_stage: 'stageId',
      engage_date: 'custom.engagedOn',
      close_date: 'closeDate',
      close_value: 'amount',
    })
  })
})

describe.skipIf(!existsSync(northwindFolder))('the columns of the Northwind files are recognised', () => {
  it('customers', async () => {
    expect(await guessedFile('customer', `${northwindFolder}customers.csv`)).toMatchObject({
      companyName: 'name',
      address: 'address',
      region: 'region',
      phone: 'phone',
    })
  })

  it('orders', async () => {
    const columns = readFileSync(`${northwindFolder}orders.csv`, 'utf8').split('\n')[0]
    expect(columns).toContain('orderID')
    expect(await guessedFile('order', `${northwindFolder}orders.csv`)).toMatchObject({
      orderID: 'orderId',
      customerID: 'customerId',
      orderDate: 'orderDate',
      requiredDate: 'requiredDate',
      freight: 'freight',
      shipCity: 'shipCity',
      employeeID: 'ownerId',
      shipRegion: null,
    })
  })
})

describe('columns are recognised by their labels, their usual names, and what they hold', () => {
  it('a Chinese list of leads', async () => {
    const columns = ['联系人', '公司名称', '手机号码', '邮箱', '职位', '线索来源', '负责人', '备注', '序号']
    expect(await guessedRows('lead', columns, ['王丽', '蓝海科技', '13800138000', 'a@b.cn', '经理', '展会', '张三', '', '1'])).toEqual({
      联系人: 'name',
      公司名称: 'companyName',
      手机号码: 'phone',
      邮箱: 'email',
      职位: 'title',
      线索来源: 'source',
      负责人: 'ownerId',
      备注: 'description',
      序号: null,
    })
  })

  it('an English list of leads, written in another way', async () => {
    const columns = ['Full Name', 'COMPANY', 'mobile phone', 'E-Mail', 'job_title', 'Lead source']
    const guesses = await guessedRows('lead', columns, ['Ann Lee', 'Acme', '+1 202 555 0143', 'ann@acme.com', 'CTO', 'Fair'])
    expect(Object.values(guesses)).toEqual(['name', 'companyName', 'phone', 'email', 'title', 'source'])
  })

  it('a column without a telling name, by its cells', async () => {
    const rows = ['13800138000', '13900139000', '13700137000'].map((phone, index) => [`x${index}`, phone, `p${index}@example.com`])
    expect(await guessedRows('lead', ['A', 'B', 'C'], ...rows)).toEqual({ A: null, B: 'phone', C: 'email' })
  })

  it('a telling name whose cells are something else is only a weak guess', async () => {
    const rows = ['blue', 'red', 'green'].map((word) => [word])
    expect(await guessedRows('deal', ['amount'], ...rows)).toEqual({ amount: null })
  })

  it('attack:I05 a header named like a property of every object is only a name', async () => {
    expect(await guessedRows('lead', ['__proto__', 'constructor', '"><img onerror=alert(1)>'], ['a', 'b', 'c'])).toEqual({
      ['__proto__']: null,
      constructor: null,
      '"><img onerror=alert(1)>': null,
    })
  })
})

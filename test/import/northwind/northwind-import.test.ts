import { existsSync } from 'node:fs'
import { createImporter, importing, type JobResult } from '@guanxi/adapters/import'
import { type Crm, createCrm, defineObject, definePlugin, type Identity, type RecordOf, type Session } from '@guanxi/core'
import { customer } from '@guanxi/core/standard'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, engines } from '../../support/engines.ts'
import { fileAt } from '../support/files.ts'
import { mappings, northwindFolder } from './mappings.ts'

const admin: Identity = { id: 'importer', kind: 'integration', roles: ['admin'], tenant: 'northwind', locale: 'en' }

const shipper = defineObject('shipper', {
  type: 'object',
  required: ['name'],
  properties: { name: { kind: 'text' }, number: { kind: 'integer', unique: true } },
})
const territory = defineObject('territory', {
  type: 'object',
  required: ['name'],
  properties: { name: { kind: 'text' }, number: { kind: 'text', unique: true } },
})
const salesOrder = defineObject(
  'sales_order',
  {
    type: 'object',
    required: ['number'],
    properties: {
      number: { kind: 'text', unique: true },
      customerId: { kind: 'reference', to: 'customer', index: true },
      orderDate: { kind: 'date', index: true },
      requiredDate: { kind: 'date' },
      shippedDate: { kind: 'date' },
      shipperId: { kind: 'reference', to: 'shipper' },
      freight: { kind: 'money' },
      shipName: { kind: 'text' },
      shipPostalCode: { kind: 'text' },
    },
  },
  { nameField: 'number' },
)
const orderLine = defineObject('order_line', {
  type: 'object',
  required: ['name', 'orderId', 'productId', 'unitPrice', 'quantity', 'discount'],
  properties: {
    name: { kind: 'text' },
    orderId: { kind: 'reference', to: 'sales_order', index: true },
    productId: { kind: 'reference', to: 'product', index: true },
    unitPrice: { kind: 'money' },
    quantity: { kind: 'integer' },
    discount: { kind: 'decimal', scale: 2 },
  },
})
type Order = RecordOf<typeof salesOrder>
type Line = RecordOf<typeof orderLine>

const trading = definePlugin({
  id: 'trading',
  version: '1.0.0',
  core: '*',
  requires: { standard: '*' },
  setup(recorder) {
    for (const object of [shipper, territory, salesOrder, orderLine]) recorder.object(object)
  },
})

const isThere = existsSync(`${northwindFolder}orders.csv`)
if (!isThere) process.stderr.write(`\nThe Northwind import: SKIPPED, because ${northwindFolder} is absent; nothing of it was checked.\n`)

const files = () => Object.entries(mappings).map(([name, mapping]) => fileAt(`${northwindFolder}${name}`, mapping))

describe.skipIf(!isThere).each(engines.filter(({ name }) => name !== 'sqlite3'))('Northwind, imported on $name', (engine) => {
  let database: Database
  let crm: Crm
  let session: Session
  let result: JobResult

  beforeAll(async () => {
    database = await engine.create()
    crm = createCrm({ store: database.store(), plugins: [importing(), trading()] })
    await crm.open()
    session = crm.as(admin)
    const importer = createImporter(crm, admin)
    const rehearsed = await importer.dryRun(files())
    expect(rehearsed).toMatchObject({ refused: 0, problems: [], created: rehearsed.rowsTotal })
    expect(await session.records(salesOrder).count()).toBe(0)
    result = await importer.import(files())
  }, 240_000)

  afterAll(async () => {
    await crm?.close()
    await database?.drop()
  })

  it('comes in whole, what others refer to first, the word NULL as nothing', async () => {
    expect(result).toMatchObject({ state: 'done', created: 91 + 77 + 3 + 9 + 53 + 830 + 2155, refused: 0 })
    const nulls = result.repairs.filter(({ code }) => code === 'EMPTY_WORD')
    expect(nulls.map(({ column, count }) => [column, count])).toEqual(
      expect.arrayContaining([
        ['region', 60],
        ['shippedDate', 21],
        ['shipPostalCode', 19],
      ]),
    )
    expect(await session.records(customer).count({ where: { region: { isNull: true } } })).toBe(60)
    expect(await session.records(salesOrder).count({ where: { shippedDate: { isNull: true } } })).toBe(21)
  })

  it('keeps leading zeros, accents, and the same name twice', async () => {
    const { records } = await session.records(territory).find({ where: { number: '01581' } })
    expect(records).toMatchObject([{ name: 'Westboro' }])
    expect(await session.records(territory).count({ where: { name: 'NewYork' } })).toBe(2)
    const { records: suppers } = await session.records(customer).find({ where: { familyId: 'BERGS' } })
    expect(suppers).toMatchObject([{ name: 'Berglunds snabbköp', address: 'Berguvsvägen  8' }])
  })

  it('is worth what its README says, and so is each employee', async () => {
    const orders = new Map((await all<Order>(session, 'sales_order')).map((order) => [order.id, order]))
    const people = new Map((await session.directory.people()).map(({ id, name }) => [id, name]))
    let gross = 0
    let net = 0
    const byEmployee: Record<string, number> = {}
    for (const line of await all<Line>(session, 'order_line')) {
      // Units of a hundredth of a cent, because discounts are in hundredths.
      const amount = line.unitPrice.minor * line.quantity
      const value = amount * (100 - Math.round(Number(line.discount) * 100))
      gross += amount
      net += value
      const name = people.get(orders.get(line.orderId)?.ownerId ?? '') ?? ''
      byEmployee[name] = (byEmployee[name] ?? 0) + value
    }
    expect(gross / 100).toBe(1_354_458.59)
    expect(net / 10_000).toBe(1_265_793.0395)
    const rounded = Object.fromEntries(Object.entries(byEmployee).map(([name, value]) => [name, Math.round(value / 100) / 100]))
    expect(rounded).toEqual({
      Peacock: 232_890.85,
      Leverling: 202_812.84,
      Davolio: 192_107.6,
      Fuller: 166_537.76,
      Callahan: 126_862.28,
      King: 124_568.24,
      Dodsworth: 77_308.07,
      Suyama: 73_913.13,
      Buchanan: 68_792.28,
    })
    const freight = await session.records('sales_order').aggregate({ measures: ['sum:freight', 'min:orderDate', 'max:orderDate'] })
    expect(freight).toMatchObject([{ values: { 'sum:freight': 6_494_269, 'min:orderDate': '1996-07-04', 'max:orderDate': '1998-05-06' } }])
  })

  it('was ordered and shipped when it was, says the change log', async () => {
    const { records } = await session.records(salesOrder).find({ where: { number: '10248' } })
    const { entries } = await session.records(salesOrder).changes(records[0]?.id ?? '')
    expect(
      entries.map(({ at, operation, values }) => [new Date(at).toISOString().slice(0, 10), operation, values?.shippedDate?.[1]]),
    ).toEqual([
      ['1996-07-16', 'update', '1996-07-16'],
      ['1996-07-04', 'create', undefined],
    ])
  })

  it('adds nothing the second time', async () => {
    const importer = createImporter(crm, admin)
    const { job } = await importer.start(files())
    expect(await importer.run(job.id, files())).toMatchObject({ created: 0, updated: 0, refused: 0, unchanged: 3218, nothingNew: true })
  }, 120_000)
})

async function all<T>(session: Session, object: string): Promise<(T & { id: string; ownerId: string | null })[]> {
  const found: unknown[] = []
  let cursor: string | undefined
  do {
    const page = await session.records(object).find({ limit: 500, ...(cursor !== undefined && { cursor }) })
    found.push(...page.records)
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
  return found as (T & { id: string; ownerId: string | null })[]
}

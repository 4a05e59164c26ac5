import type { Crm, Identity, NewRecord, Session } from '@guanxi/core'
import { type Customer, customer, deal, pipeline, product, type Stage, stage } from '@guanxi/core/standard'
import { corrected, dollars } from './corrections.ts'
import type { MavenData, Row } from './maven-data.ts'
import { type DealIds, type DealRow, dealAt, readDealRow } from './maven-deal.ts'

/** What was brought in, and what had to be put right on the way. */
export interface MavenReport {
  readonly customers: number
  readonly products: number
  readonly people: number
  readonly deals: number
  /** Corrections, each with the number of rows it concerned. */
  readonly mapped: Readonly<Record<string, number>>
}

const importer: Identity = { id: 'maven-import', kind: 'integration', name: 'Maven import', roles: ['admin'], tenant: 'maven' }
const chunk = 1000

const stages: readonly (Pick<Stage, 'name' | 'probability' | 'forecastCategory' | 'outcome'> & { nameEn: string })[] = [
  { name: '探询', nameEn: 'Prospecting', probability: 10, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '洽谈', nameEn: 'Engaging', probability: 40, forecastCategory: 'pipeline', outcome: 'open' },
  { name: '赢单', nameEn: 'Won', probability: 100, forecastCategory: 'closed', outcome: 'won' },
  { name: '输单', nameEn: 'Lost', probability: 0, forecastCategory: 'omitted', outcome: 'lost' },
]

/** Brings the whole data set into a CRM through its public API. */
export async function loadMaven(crm: Crm<never>, data: MavenData): Promise<MavenReport> {
  const session = crm.as(importer)
  const mapped: Record<string, number> = {}
  const people = await loadPeople(crm, data.agents)
  const products = await loadProducts(session, data.products)
  const customers = await loadCustomers(session, data.accounts, mapped)
  const ids: DealIds = { people, products, customers, stages: await loadPipeline(session) }
  await session.definitions.addField('deal', 'engagedOn', { format: 'date', label: { 'zh-CN': '接洽日期', en: 'Engaged on' } })
  await session.definitions.addField('deal', 'opportunityId', { type: 'string', label: { 'zh-CN': '原编号', en: 'Opportunity id' } })
  const rows = data.pipeline.map((row) => readDealRow(row, mapped))
  const deals = await loadDeals(session, rows, ids)
  return { customers: customers.size, products: products.size, people: people.size, deals, mapped }
}

async function loadPeople(crm: Crm<never>, agents: readonly Row[]): Promise<Map<string, string>> {
  const managers = [...new Set(agents.map((row) => `${row.manager}`))]
  const offices = [...new Set(agents.map((row) => `${row.regional_office}`))]
  const officeOf = new Map(agents.map((row) => [`${row.manager}`, `${row.regional_office}`]))
  await crm.directory.put({
    tenant: importer.tenant,
    teams: [
      ...offices.map((name) => ({ id: slug(name), name })),
      ...managers.map((name) => ({ id: slug(name), name: `Team ${name}`, parentId: slug(officeOf.get(name) ?? '') })),
    ],
    people: [
      ...managers.map((name) => ({ id: slug(name), name, roles: ['manager'], teamIds: [slug(name)] })),
      ...agents.map((row) => ({
        id: slug(`${row.sales_agent}`),
        name: `${row.sales_agent}`,
        roles: ['rep'],
        teamIds: [slug(`${row.manager}`)],
      })),
    ],
  })
  return new Map(agents.map((row) => [`${row.sales_agent}`, slug(`${row.sales_agent}`)]))
}

async function loadProducts(session: Session, rows: readonly Row[]): Promise<Map<string, string>> {
  const values = rows.map((row) => ({
    name: `${row.product}`,
    sku: slug(`${row.product}`),
    category: row.series,
    price: dollars(row.sales_price),
  }))
  const { ids } = await session.records(product).createMany(values)
  return new Map(rows.map((row, index) => [`${row.product}`, ids[index] ?? '']))
}

/** Parents first, so that every subsidiary finds its own. */
async function loadCustomers(session: Session, rows: readonly Row[], mapped: Record<string, number>): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const load = async (part: readonly Row[]): Promise<void> => {
    const made = await session.records(customer).createMany(part.map((row) => customerOf(row, ids, mapped)))
    for (const [index, row] of part.entries()) ids.set(`${row.account}`, made.ids[index] ?? '')
  }
  await load(rows.filter((row) => !row.subsidiary_of))
  await load(rows.filter((row) => row.subsidiary_of))
  return ids
}

function customerOf(row: Row, ids: ReadonlyMap<string, string>, mapped: Record<string, number>): NewRecord<Customer> {
  const parent = row.subsidiary_of ? ids.get(row.subsidiary_of) : null
  if (parent === undefined) throw new Error(`${row.account} belongs to ${row.subsidiary_of}, which is not there`)
  return {
    name: `${row.account}`,
    kind: 'company',
    industry: corrected(row.sector, 'technolgy', 'technology', mapped) as Customer['industry'],
    region: corrected(row.office_location, 'Philipines', 'Philippines', mapped),
    foundedYear: Number(row.year_established),
    employees: Number(row.employees),
    annualRevenue: { minor: Math.round(Number(row.revenue) * 100_000_000), currency: 'USD' },
    parentId: parent,
  }
}

async function loadPipeline(session: Session): Promise<Map<string, string>> {
  const { id } = await session.records(pipeline).create({ name: 'Maven', nameEn: 'Maven', order: 2 })
  const { ids } = await session.records(stage).createMany(stages.map((each, index) => ({ ...each, pipelineId: id, order: index + 1 })))
  return new Map(stages.map((each, index) => [each.nameEn, ids[index] ?? '']))
}

/** A thousand at a time, each with the day it became true; those of an unknown day are of today. */
async function loadDeals(session: Session, rows: readonly DealRow[], ids: DealIds): Promise<number> {
  const records = session.records(deal)
  const dated = rows.filter((row) => row.at !== null).toSorted((a, b) => Number(a.at) - Number(b.at))
  const undated = rows.filter((row) => row.at === null)
  let count = 0
  for (const part of [...chunks(dated), ...chunks(undated)]) {
    const times = part.map(({ at }) => at).filter((at) => at !== null)
    const made = await records.createMany(
      part.map((row) => dealAt(row, ids)),
      times.length > 0 ? { at: times } : {},
    )
    count += made.ids.length
  }
  return count
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / chunk) }, (_, index) => list.slice(index * chunk, (index + 1) * chunk))
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

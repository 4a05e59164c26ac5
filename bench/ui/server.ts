import { columns, type SampleDeal, sampleFields } from './sample.ts'

const all = ['read', 'create', 'update', 'delete', 'restore']
const words = (text: string) => ({ 'zh-CN': text, en: text })
const option = (value: string) => ({ value, label: words(value) })
const plain = { layer: 'object', sortable: true, operators: ['eq', 'in', 'isNull'] } as const

const customer = {
  name: 'customer',
  label: words('Customer'),
  pluralLabel: words('Customers'),
  nameField: 'field0',
  permissions: all,
  fields: sampleFields(200).map(({ name, kind, label, required, options }) => ({
    ...plain,
    name,
    kind,
    label: words(label),
    required,
    ...(options.length > 0 && { options: options.map(option) }),
  })),
}

const deal = {
  name: 'deal',
  label: words('Deal'),
  pluralLabel: words('Deals'),
  nameField: 'name',
  columns: ['name', 'customer', 'stage', 'amount', 'closeDate', 'owner'],
  boards: ['stage'],
  permissions: all,
  fields: [
    { ...plain, name: 'name', kind: 'text', label: words('Name'), required: true },
    { ...plain, name: 'customer', kind: 'text', label: words('Customer') },
    { ...plain, name: 'stage', kind: 'choice', label: words('Stage'), options: columns.map(option) },
    { ...plain, name: 'amount', kind: 'money', label: words('Amount'), summable: true },
    { ...plain, name: 'closeDate', kind: 'date', label: words('Close date') },
    { ...plain, name: 'owner', kind: 'text', label: words('Owner') },
  ],
}

/** The HTTP interface in the page itself: what a server would answer, without a network in between. */
export function answering(deals: SampleDeal[]): typeof fetch {
  const byStage = new Map(columns.map((column) => [column as string, deals.filter(({ stage }) => stage === column)]))
  const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  return async (input, init) => {
    const url = new URL(String(input), location.href)
    const path = url.pathname.replace(/^.*\/api\//, '')
    if (path === 'me') return json({ identity: { id: 'u1', name: 'Ana Duarte', roles: [], teams: [] }, now: Date.now() })
    if (path === 'objects/customer') return json(customer)
    if (path === 'objects/deal') return json(deal)
    if (path === 'aggregate/deal') return json({ rows: sums(byStage, url.searchParams.get('group')) })
    if (path === 'records/deal') return json(page(url, deals, byStage))
    const found = init?.method === 'PATCH' ? deals.find(({ id }) => path === `records/deal/${id}`) : undefined
    if (!found) return new Response(JSON.stringify({ error: { code: 'NOT_FOUND', message: 'Not found.' } }), { status: 404 })
    return json({ ...found, ...JSON.parse(String(init?.body)), version: found.version + 1 })
  }
}

function page(url: URL, deals: readonly SampleDeal[], byStage: ReadonlyMap<string, readonly SampleDeal[]>) {
  const where = JSON.parse(url.searchParams.get('where') ?? '{}') as { stage?: string }
  const found = where.stage === undefined ? deals : (byStage.get(where.stage) ?? [])
  const start = Number(url.searchParams.get('cursor') ?? url.searchParams.get('skip') ?? 0)
  const end = start + Number(url.searchParams.get('limit') ?? 50)
  const total = url.searchParams.get('count') === 'true' ? { total: found.length } : {}
  return { records: found.slice(start, end), cursor: end < found.length ? String(end) : null, ...total }
}

function sums(byStage: ReadonlyMap<string, readonly SampleDeal[]>, group: string | null) {
  const row = (found: readonly SampleDeal[], key: object) => ({
    group: { ...key, currency: 'EUR' },
    values: { count: found.length, 'sum:amount': found.reduce((sum, { amount }) => sum + amount.minor, 0) },
  })
  if (group !== 'stage') return [row([...byStage.values()].flat(), {})]
  return [...byStage].map(([stage, found]) => row(found, { stage }))
}

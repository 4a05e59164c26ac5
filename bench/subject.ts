import { before, defineObject, definePlugin, type NewRecord, type RecordOf } from '@guanxi/core'
import type { Subject } from './contenders/guanxi.ts'
import { pageSize } from './operation.ts'

/** Options of the three choices. */
export const statuses = ['open', 'working', 'won', 'lost'] as const
const sources = ['web', 'fair', 'partner', 'call'] as const
const grades = ['a', 'b', 'c'] as const

/** The object that is measured: 25 fields, none of them searched. */
export const benchLead = defineObject(
  'bench_lead',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: false },
      company: { kind: 'text', maxLength: 200 },
      position: { kind: 'text', maxLength: 100 },
      phone: { kind: 'text', maxLength: 40 },
      email: { kind: 'text', maxLength: 200 },
      address: { kind: 'text', maxLength: 500 },
      city: { kind: 'text', maxLength: 100 },
      website: { kind: 'text', maxLength: 200 },
      department: { kind: 'text', maxLength: 100 },
      campaign: { kind: 'text', maxLength: 100 },
      product: { kind: 'text', maxLength: 100 },
      notes: { kind: 'text', maxLength: 1_000 },
      employees: { kind: 'integer', minimum: 0, maximum: 10_000_000 },
      score: { kind: 'integer', minimum: 0, maximum: 100 },
      visits: { kind: 'integer', minimum: 0 },
      amount: { kind: 'decimal', scale: 2, minimum: 0 },
      discount: { kind: 'decimal', scale: 2, minimum: 0, maximum: 100 },
      received: { kind: 'date' },
      contacted: { kind: 'date' },
      due: { kind: 'date' },
      subscribed: { kind: 'boolean' },
      qualified: { kind: 'boolean' },
      status: { kind: 'choice', enum: statuses },
      source: { kind: 'choice', enum: sources },
      grade: { kind: 'choice', enum: grades },
    },
  },
  { indexes: [['status', 'amount']] },
)

/** A record of {@link benchLead}. */
export interface BenchLead extends RecordOf<typeof benchLead> {}

/** Grades by score: the one hook of the object, and it really changes what was sent. */
const gradeByScore = before(benchLead, { id: 'grade', on: ['create', 'update'], fields: ['score'], reads: ['score'] }, (change) => {
  change.set({ grade: gradeOf(change.next.score ?? 0) })
})

const gradeOf = (score: number): 'a' | 'b' => (score >= 50 ? 'a' : 'b')

/** The plugin that brings object and hook. */
export const benchPlugin = definePlugin({
  id: 'bench',
  version: '1.0.0',
  core: '*',
  setup(recorder) {
    recorder.object(benchLead)
    recorder.hook(gradeByScore)
  },
})

/** Fields in the order of the definition; also the columns of the bare tables. */
export const fieldNames = Object.keys(benchLead.schema.properties) as readonly (keyof BenchLead)[]

/** The n-th record, as a caller would send it. Every field has a value; amounts are spread out, so that sorting has something to do. */
export function subject(n: number): NewRecord<BenchLead> {
  return {
    name: `Customer ${n}`,
    company: `Company ${n % 7_919} Ltd.`,
    position: pick(['Buyer', 'Head of Sales', 'Director', 'Engineer'], n),
    phone: `+86 138 ${String(10_000_000 + (n % 80_000_000))}`,
    email: `customer.${n}@example.com`,
    address: `${1 + (n % 400)} Harbour Road, Block ${n % 30}`,
    city: pick(['Shanghai', 'Shenzhen', 'Chengdu', 'Hangzhou', 'Xiamen'], n),
    website: `https://www.company-${n % 7_919}.example.com`,
    department: pick(['Purchasing', 'Sales', 'Production'], n),
    campaign: `Spring fair ${2020 + (n % 7)}`,
    product: pick(['Basic', 'Professional', 'Enterprise'], n),
    notes: `Asked for an offer of ${n % 90} pieces; wants an answer within ${1 + (n % 14)} days and a visit afterwards.`,
    employees: (n * 37) % 5_000,
    score: 2 * ((n * 13) % 51),
    visits: n % 25,
    amount: `${(n * 7_907) % 1_000_003}.${String(10 + (n % 90))}`,
    discount: `${n % 30}.50`,
    received: dayOf(n),
    contacted: dayOf(n + 3),
    due: dayOf(n + 17),
    subscribed: n % 2 === 0,
    qualified: n % 3 === 0,
    status: pick(statuses, n),
    source: pick(sources, n),
    grade: 'c',
  }
}

function pick<T>(values: readonly T[], n: number): T {
  return values[n % values.length] as T
}

function dayOf(n: number): string {
  return `2025-${twoDigits(1 + (n % 12))}-${twoDigits(1 + (n % 28))}`
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** The object as Guanxi contenders measure it. */
export const benchSubject: Subject = {
  object: 'bench_lead',
  record: (n) => ({ ...subject(n) }),
  patch: (version) => ({ score: version % 2 === 0 ? 31 : 71 }),
  page: (n) => ({ where: { status: pick(statuses, n) }, sort: ['amount'], limit: pageSize }),
}

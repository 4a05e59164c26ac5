import fc from 'fast-check'
import { currencies, dates, fractions, instants, money, people, teams, text, wholes } from './values.ts'

type Row = Record<string, unknown>

/** Records of each object, and which of them are deleted afterwards. */
export interface Sample {
  readonly company: readonly Row[]
  readonly guest: readonly Row[]
  readonly order: readonly Row[]
  readonly task: readonly Row[]
  readonly remark: readonly Row[]
  readonly deleted: readonly { readonly object: string; readonly id: string }[]
}

const id = (object: number, index: number): string =>
  `01900000-0000-7000-${(0x8000 + object).toString(16)}-${index.toString(16).padStart(12, '0')}`

export const companyId = (index: number): string => id(1, index)
export const personId = (index: number): string => id(2, index)
const orderId = (index: number): string => id(3, index)
const counts = { companies: 12, people: 10, orders: 120, tasks: 160, remarks: 140 } as const

const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4 })
const whole = fc.constantFrom(...wholes)
const fraction = fc.constantFrom(...fractions)
const day = fc.constantFrom(...dates)
const moment = fc.constantFrom(...instants)
const pieces = fc.constantFrom(0, 1, -1, 3, 7, 10, -1000, 1000)
const decimal = (scale: number): fc.Arbitrary<string> =>
  fc.constantFrom(0, 1, -1, 50, 100, 12_345, -99_999).map((units) => (units / 10 ** scale).toFixed(scale))
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values])
const reference = (make: (index: number) => string, count: number): fc.Arbitrary<string> => fc.nat(count - 1).map(make)

const company = (index: number): fc.Arbitrary<Row> =>
  fc.record({
    id: fc.constant(companyId(index)),
    name: orNull(text),
    level: orNull(fc.constantFrom('A', 'B', 'C')),
    employees: orNull(fc.constantFrom(0, 1, 50, 1_000_000)),
    score: orNull(fraction),
    active: orNull(fc.boolean()),
    founded: orNull(day),
    revenue: orNull(money),
    parentId: index === 0 ? fc.constant(null) : orNull(fc.nat(index - 1).map(companyId)),
  })

const person = (index: number): fc.Arbitrary<Row> =>
  fc.record({
    id: fc.constant(personId(index)),
    name: orNull(text),
    age: orNull(fc.constantFrom(0, 18, 65)),
    companyId: orNull(reference(companyId, counts.companies)),
  })

const order = (index: number): fc.Arbitrary<Row> =>
  fc.record({
    id: fc.constant(orderId(index)),
    title: orNull(text),
    note: orNull(text),
    companyId: orNull(reference(companyId, counts.companies)),
    amount: orNull(money),
    price: orNull(decimal(2)),
    rate: orNull(decimal(4)),
    count: orNull(whole),
    pieces: orNull(pieces),
    ratio: orNull(fraction),
    hot: orNull(fc.boolean()),
    closeDate: orNull(day),
    signedAt: orNull(moment),
    stage: orNull(fc.constantFrom('new', 'open', 'won', 'lost')),
    tags: some(['a', 'b', 'c']),
    reviewerId: orNull(fc.constantFrom(...people)),
    ownerId: orNull(fc.constantFrom(...people)),
    teamId: orNull(fc.constantFrom(...teams)),
    peopleIds: fc.uniqueArray(reference(personId, counts.people), { maxLength: 3 }),
    custom: fc.record(
      {
        grade: orNull(fc.constantFrom('x', 'y', 'z')),
        size: orNull(whole),
        share: orNull(fraction),
        words: orNull(text),
        due: orNull(day),
        seenAt: orNull(moment),
        vip: orNull(fc.boolean()),
        labels: some(['p', 'q']),
        budget: orNull(money),
        discount: orNull(decimal(3)),
      },
      { requiredKeys: [] },
    ),
  })

const task = (): fc.Arbitrary<Row> =>
  fc.record({
    orderId: orNull(reference(orderId, counts.orders)),
    subject: orNull(text),
    hours: orNull(decimal(1)),
    weight: orNull(whole),
    cost: orNull(fc.record({ minor: fc.constantFrom(0, 5, 700, 2 ** 53 - 1), currency: fc.constantFrom(...currencies) })),
    done: orNull(fc.boolean()),
    dueAt: orNull(moment),
    day: orNull(day),
  })

/** An id alone does not say what is meant: some remarks point to a company that has the id of an order. */
const remark = (): fc.Arbitrary<Row> =>
  fc.record({
    about: fc.oneof(
      { weight: 4, arbitrary: reference(orderId, 40).map((of) => ({ object: 'order', id: of })) },
      { weight: 2, arbitrary: reference(companyId, counts.companies).map((of) => ({ object: 'company', id: of })) },
      { weight: 1, arbitrary: reference(orderId, counts.orders).map((of) => ({ object: 'company', id: of })) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    text: orNull(text),
    happenedAt: orNull(moment),
    minutes: orNull(fc.constantFrom(0, 5, 10_000)),
    guestId: orNull(reference(personId, counts.people)),
  })

/** A sample, the same for the same seed. */
export function sampleOf(seed: number): Sample {
  const draw = <T>(arbitrary: fc.Arbitrary<T>, salt: number): T => fc.sample(arbitrary, { seed: seed * 1000 + salt, numRuns: 1 })[0] as T
  const list = (make: (index: number) => fc.Arbitrary<Row>, count: number, salt: number): Row[] =>
    Array.from({ length: count }, (_, index) => draw(make(index), salt + index))
  return {
    company: list(company, counts.companies, 0),
    guest: list(person, counts.people, 100),
    order: list(order, counts.orders, 200),
    task: list((index) => task().map((row) => ({ ...row, id: id(4, index) })), counts.tasks, 400),
    remark: list((index) => remark().map((row) => ({ ...row, id: id(5, index) })), counts.remarks, 600),
    deleted: [
      { object: 'company', id: companyId(2) },
      { object: 'company', id: companyId(5) },
      { object: 'guest', id: personId(3) },
      { object: 'task', id: id(4, 7) },
      { object: 'task', id: id(4, 8) },
      { object: 'remark', id: id(5, 3) },
      { object: 'remark', id: id(5, 4) },
      { object: 'order', id: orderId(9) },
    ],
  }
}

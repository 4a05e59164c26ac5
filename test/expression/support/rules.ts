import fc from 'fast-check'
import { companyId, personId } from './sample.ts'
import { currencies, dates, fractions, hostileTexts, instants, people, wholes } from './values.ts'

type Logic = unknown
type Arb = fc.Arbitrary<Logic>

/** Fields of one object by type, as rules name them. */
interface Scope {
  readonly text: readonly string[]
  readonly int: readonly string[]
  readonly num: readonly string[]
  readonly decimal: readonly string[]
  readonly bool: readonly string[]
  readonly date: readonly string[]
  readonly instant: readonly string[]
  readonly choice: Readonly<Record<string, readonly string[]>>
  readonly codes: Readonly<Record<string, readonly string[]>>
  readonly money: readonly string[]
  readonly id: readonly string[]
  readonly person: readonly string[]
  readonly sets: Readonly<Record<string, Scope>>
}

const noSets = { codes: {}, sets: {} } as const

const task: Scope = {
  ...noSets,
  text: ['subject'],
  int: ['weight'],
  num: [],
  decimal: ['hours'],
  bool: ['done'],
  date: ['day'],
  instant: ['dueAt', 'createdAt'],
  choice: {},
  money: ['cost'],
  id: [],
  person: [],
}

const person: Scope = {
  ...noSets,
  text: ['name', 'companyId.name'],
  int: ['age', 'companyId.employees'],
  num: ['companyId.score'],
  decimal: [],
  bool: ['companyId.active'],
  date: [],
  instant: [],
  choice: { 'companyId.level': ['A', 'B', 'C'] },
  money: [],
  id: ['companyId'],
  person: [],
}

const remark: Scope = {
  ...noSets,
  text: ['text', 'guestId.name'],
  int: ['minutes', 'guestId.age'],
  num: [],
  decimal: [],
  bool: [],
  date: [],
  instant: ['happenedAt', 'happenedAt', 'createdAt'],
  choice: {},
  money: [],
  id: [],
  person: [],
}

const states = ['active', 'onboarding', 'away', 'suspended', 'left']

export const order: Scope = {
  text: [
    ...['title', 'note', 'custom.words', 'companyId.name', 'companyId.parentId.name'],
    ...['ownerId.name', 'reviewerId.leaderId.email', 'teamId', 'teamId.parentId.name'],
  ],
  int: ['count', 'pieces', 'pieces', 'custom.size', 'companyId.employees', 'companyId.parentId.employees'],
  num: ['ratio', 'custom.share', 'companyId.score'],
  decimal: ['price', 'rate', 'custom.discount'],
  bool: ['hot', 'custom.vip', 'companyId.active'],
  date: ['closeDate', 'custom.due', 'companyId.founded'],
  instant: ['signedAt', 'custom.seenAt', 'createdAt', 'ownerId.awayFrom'],
  choice: {
    stage: ['new', 'open', 'won', 'lost'],
    'custom.grade': ['x', 'y', 'z'],
    'companyId.level': ['A', 'B', 'C'],
    'ownerId.state': states,
    'reviewerId.leaderId.state': states,
  },
  codes: { tags: ['a', 'b', 'c'], 'custom.labels': ['p', 'q'], 'reviewerId.roles': ['a', 'b', 'c'] },
  money: ['amount', 'custom.budget', 'companyId.revenue'],
  id: ['companyId', 'companyId.parentId'],
  person: ['reviewerId', 'ownerId', 'ownerId.leaderId', 'teamId.leaderId', 'reviewerId.leaderId.leaderId', 'ownerId.teamId'],
  sets: { tasks: task, peopleIds: person, remarks: remark, 'companyId.remarks': remark },
}

const field = (names: readonly string[]): Arb => fc.constantFrom(...names).map((name) => ({ var: name }))
const op = (name: string, ...of: Arb[]): Arb => fc.tuple(...of).map((args) => ({ [name]: args }))
const oneOf = (...of: readonly (Arb | false)[]): Arb => fc.oneof(...of.filter((arb) => arb !== false))
const currency = fc.constantFrom(...currencies)
const comparison = fc.constantFrom('<', '<=', '>', '>=', '===', '!==', '==', '!=')
const compare = (left: Arb, right: Arb): Arb => fc.tuple(comparison, left, right).map(([name, a, b]) => ({ [name]: [a, b] }))
const between = (value: Arb, bound: Arb): Arb =>
  fc.tuple(fc.constantFrom('<', '<='), bound, value, bound).map(([name, a, b, c]) => ({ [name]: [a, b, c] }))
const among = (value: Arb, constants: readonly unknown[]): Arb =>
  fc.tuple(value, fc.subarray([...constants])).map(([needle, list]) => ({ in: [needle, list] }))

const wholeText = fc.constantFrom(...hostileTexts)
const wholeNumber = fc.constantFrom(...wholes)
const smallWhole = fc.constantFrom(0, 1, -1, 3, 7, 10)
const fraction = fc.constantFrom(...fractions, 100.5, 3, 12_345)
const moment = fc.constantFrom(...instants)
const day = fc.constantFrom(...dates)

/** A value of each type, `depth` levels of operators deep. */
export function texts(scope: Scope, depth: number): Arb {
  if (depth === 0) return oneOf(field(scope.text), field(scope.text))
  const inner = texts(scope, depth - 1)
  const part = fc
    .nat(3)
    .chain((start) => fc.option(fc.nat(4), { nil: undefined }).map((length) => (length === undefined ? [start] : [start, length])))
  return oneOf(
    field(scope.text),
    fc.tuple(inner, part).map(([a, rest]) => ({ substr: [a, ...rest] })),
    op('lower', inner),
    fc.array(oneOf(inner, wholeText, field(scope.int), smallWhole), { minLength: 1, maxLength: 3 }).map((of) => ({ cat: of })),
    op('??', inner, oneOf(inner, wholeText)),
    // Constants only, so that nothing but the compiler says how they are ordered.
    fc.tuple(conditions(scope, depth - 1), wholeText, wholeText).map(([test, a, b]) => ({ if: [test, a, b] })),
    fc.tuple(conditions(scope, depth - 1), inner).map(([test, a]) => ({ if: [test, a] })),
  )
}

export function numbers(scope: Scope, depth: number): Arb {
  const plain = oneOf(
    field(scope.int),
    scope.num.length > 0 && field(scope.num),
    scope.decimal.length > 0 && field(scope.decimal),
    fc
      .tuple(field(scope.money.length > 0 ? scope.money : ['none']), currency)
      .map(([a, c]) => (scope.money.length > 0 ? { minor: [{ inCurrency: [a, c] }] } : 5)),
  )
  if (depth === 0) return plain
  const inner = numbers(scope, depth - 1)
  const operand = oneOf(inner, inner, fraction, smallWhole)
  const names = Object.keys(scope.sets)
  return oneOf(
    plain,
    fc.tuple(fc.constantFrom('+', '-', '*', '/'), inner, operand).map(([name, a, b]) => ({ [name]: [a, b] })),
    op('/', operand, inner),
    op('%', field(scope.int), oneOf(field(scope.int), smallWhole)),
    fc.tuple(fc.constantFrom('max', 'min'), inner, operand).map(([name, a, b]) => ({ [name]: [a, b] })),
    op('-', inner),
    op('??', inner, operand),
    fc.tuple(conditions(scope, depth - 1), inner, operand).map(([test, a, b]) => ({ if: [test, a, b] })),
    fc.tuple(inner, fc.nat(3)).map(([a, digits]) => ({ round: [a, digits] })),
    op('length', texts(scope, depth - 1)),
    op('daysBetween', instantsOf(scope, depth - 1), oneOf(instantsOf(scope, depth - 1), moment)),
    scope.date.length > 0 && op('daysBetween', field(scope.date), oneOf(field(scope.date), day, fc.constant({ today: [] }))),
    names.length > 0 && overRows(scope, depth),
  )
}

function overRows(scope: Scope, depth: number): Arb {
  return fc.constantFrom(...Object.keys(scope.sets)).chain((name) => {
    const inside = scope.sets[name] as Scope
    const where = conditions(inside, depth - 1)
    const summed = oneOf(
      field(inside.int),
      inside.decimal.length > 0 && field(inside.decimal),
      inside.money.length > 0 && fc.tuple(field(inside.money), currency).map(([a, c]) => ({ minor: [{ inCurrency: [a, c] }] })),
    )
    return oneOf(
      op('count', fc.constant({ var: name })),
      op('count', fc.constant({ var: name }), where),
      op('sum', fc.constant({ var: name }), summed),
      op('sum', fc.constant({ var: name }), summed, where),
      fc
        .tuple(fc.constantFrom('minOf', 'maxOf'), oneOf(field(inside.int), summed))
        .map(([fn, value]) => ({ [fn]: [{ var: name }, value] })),
    )
  })
}

function instantsOf(scope: Scope, depth: number): Arb {
  if (scope.instant.length === 0) return fc.constant({ ago: 'P30D' })
  if (depth === 0) return field(scope.instant)
  return oneOf(
    field(scope.instant),
    fc.tuple(field(scope.instant), fc.constantFrom(0, 1, -30, 7)).map(([at, days]) => ({ addDays: [at, days] })),
    scope.int.includes('pieces') && fc.tuple(field(scope.instant)).map(([at]) => ({ addHours: [at, { var: 'pieces' }] })),
    op('??', field(scope.instant), moment),
    Object.keys(scope.sets).length > 0 && instantOfRows(scope),
  )
}

function instantOfRows(scope: Scope): Arb {
  const timed = Object.entries(scope.sets).filter(([, { instant }]) => instant.length > 0)
  return fc
    .constantFrom(...timed)
    .chain(([name, { instant }]) =>
      fc.tuple(fc.constantFrom('minOf', 'maxOf'), field(instant)).map(([fn, value]) => ({ [fn]: [{ var: name }, value] })),
    )
}

const constantMoment: Arb = oneOf(
  moment,
  fc.constantFrom('P30D', 'PT4H', 'P1M', 'P2Y', 'P1W').map((length) => ({ ago: length })),
  fc.constantFrom('P30D', 'P1M').map((length) => ({ fromNow: length })),
  fc.tuple(fc.constantFrom('day', 'week', 'month', 'quarter', 'year'), fc.integer({ min: -2, max: 2 })).map((args) => ({ startOf: args })),
  fc.constant({ now: [] }),
)

function leaves(scope: Scope, depth: number): Arb {
  const text = texts(scope, depth)
  const number = numbers(scope, depth)
  const choices = Object.entries(scope.choice).map(([name, values]) => {
    const value = fc.constant({ var: name })
    return oneOf(
      fc.tuple(fc.constantFrom('===', '!=='), fc.constantFrom(...values)).map(([eq, code]) => ({ [eq]: [{ var: name }, code] })),
      among(value, values),
      fc.constant({ '!!': [{ var: name }] }),
    )
  })
  const codes = Object.entries(scope.codes).map(([name, values]) =>
    oneOf(
      fc
        .tuple(fc.constantFrom('hasAny', 'hasAll', 'hasNone'), fc.subarray([...values]))
        .map(([has, list]) => ({ [has]: [{ var: name }, list] })),
      fc.constant({ '!!': [{ var: name }] }),
    ),
  )
  const everything = [
    ...scope.text,
    ...scope.int,
    ...scope.bool,
    ...scope.date,
    ...scope.instant,
    ...scope.money,
    ...scope.id,
    ...Object.keys(scope.choice),
  ]
  return oneOf(
    compare(text, oneOf(text, wholeText)),
    between(text, wholeText),
    among(text, hostileTexts),
    fc
      .tuple(
        fc.constantFrom('contains', 'icontains', 'startsWith', 'istartsWith', 'endsWith', 'iendsWith'),
        text,
        oneOf(wholeText, fc.constant('')),
      )
      .map(([name, a, b]) => ({ [name]: [a, b] })),
    op('in', oneOf(text, wholeText), text),
    op('iequals', text, oneOf(text, wholeText)),
    compare(number, oneOf(number, number, fraction, wholeNumber)),
    between(number, fraction),
    among(field(scope.int), wholes),
    scope.num.length > 0 && among(field(scope.num), fractions),
    scope.decimal.length > 0 && among(field(scope.decimal), [0, 0.5, 123.45, -999.99, 1]),
    compare(instantsOf(scope, depth), oneOf(constantMoment, instantsOf(scope, depth))),
    scope.date.length > 0 &&
      compare(
        field(scope.date),
        oneOf(
          day,
          field(scope.date),
          constantMoment.filter((value) => typeof value === 'object'),
          fc.constant({ today: [] }),
        ),
      ),
    fc.tuple(field(everything), fc.constantFrom('===', '!==')).map(([value, eq]) => ({ [eq]: [value, null] })),
    field(everything.filter((name) => !scope.date.includes(name) && !scope.instant.includes(name) && !scope.money.includes(name))).map(
      (value) => ({ '!!': [value] }),
    ),
    scope.bool.length > 0 &&
      fc.tuple(field(scope.bool), fc.boolean(), fc.constantFrom('===', '!==')).map(([value, is, eq]) => ({ [eq]: [value, is] })),
    scope.bool.length > 0 &&
      op(
        '===',
        field(scope.bool),
        oneOf(
          field(scope.bool),
          number.map((a) => ({ '>': [a, 0] })),
        ),
      ),
    scope.money.length > 0 && moneyTests(scope),
    scope.id.length > 0 && idTests(scope),
    scope.person.length > 0 && personTests(scope),
    fc
      .subarray([...everything, ...Object.keys(scope.codes)], { minLength: 1, maxLength: 4 })
      .map((names) => ({ '!': [{ missing: names }] })),
    fc
      .tuple(fc.nat(3), fc.subarray(everything, { minLength: 1, maxLength: 4 }))
      .map(([least, names]) => ({ '!': [{ missing_some: [least, names] }] })),
    ...choices,
    ...codes,
  )
}

function moneyTests(scope: Scope): Arb {
  const minor = fc.constantFrom(0, 1, 100, 12_345, 1_000_000)
  const literal = fc.tuple(minor, currency).map(([amount, code]) => ({ money: [amount, code] }))
  const inOne = (code: string): Arb => field(scope.money).map((value) => ({ inCurrency: [value, code] }))
  return oneOf(
    compare(field(scope.money), literal),
    compare(literal, field(scope.money)),
    currency.chain((code) => compare(inOne(code), oneOf(inOne(code), field(scope.money)))),
    currency.chain((code) => {
      const sum = fc.tuple(fc.constantFrom('+', '-'), inOne(code), inOne(code)).map(([name, a, b]) => ({ [name]: [a, b] }))
      return compare(
        sum,
        minor.map((amount) => ({ money: [amount, code] })),
      )
    }),
    currency.chain((code) =>
      compare(
        op(
          '??',
          inOne(code),
          minor.map((amount) => ({ money: [amount, code] })),
        ),
        inOne(code),
      ),
    ),
  )
}

function idTests(scope: Scope): Arb {
  const known = fc.nat(13).map(companyId)
  return oneOf(
    fc.tuple(fc.constantFrom('===', '!=='), field(scope.id), oneOf(known, field(scope.id))).map(([eq, a, b]) => ({ [eq]: [a, b] })),
    among(field(scope.id), [companyId(0), companyId(2), companyId(7), companyId(99)]),
  )
}

function personTests(scope: Scope): Arb {
  return oneOf(
    fc
      .tuple(
        fc.constantFrom('===', '!=='),
        field(scope.person),
        oneOf(fc.constantFrom(...people), fc.constantFrom({ var: '$.actor.id' }, { var: '$.actor.personId' }), field(scope.person)),
      )
      .map(([eq, a, b]) => ({ [eq]: [a, b] })),
    op('in', field(scope.person), fc.constant({ var: '$.actor.teamIds' })),
    among(field(scope.person), people),
  )
}

function sets(scope: Scope, depth: number): Arb {
  return fc.constantFrom(...Object.keys(scope.sets)).chain((name) => {
    const where = conditions(scope.sets[name] as Scope, depth)
    return oneOf(
      fc.tuple(fc.constantFrom('some', 'none', 'all'), where).map(([fn, test]) => ({ [fn]: [{ var: name }, test] })),
      fc.constant({ '!!': [{ var: name }] }),
      name === 'peopleIds' &&
        fc
          .tuple(fc.constantFrom('hasAny', 'hasAll', 'hasNone'), fc.uniqueArray(fc.nat(9).map(personId), { maxLength: 2 }))
          .map(([has, ids]) => ({ [has]: [{ var: name }, ids] })),
    )
  })
}

/** A condition over one record. */
export function conditions(scope: Scope, depth: number): Arb {
  if (depth <= 0) return leaves(scope, 0)
  const inner = conditions(scope, depth - 1)
  return fc.oneof(
    { weight: 4, arbitrary: leaves(scope, depth) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom('and', 'or'), fc.array(inner, { maxLength: 3 })).map(([name, of]) => ({ [name]: of })),
    },
    { weight: 2, arbitrary: op('!', inner) },
    { weight: 1, arbitrary: fc.tuple(inner, inner, inner).map((of) => ({ '!!': [{ if: of }] })) },
    { weight: Object.keys(scope.sets).length > 0 ? 2 : 0, arbitrary: Object.keys(scope.sets).length > 0 ? sets(scope, depth - 1) : inner },
  )
}

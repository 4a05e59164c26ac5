import { compileExpression, ExpressionError, importJsonLogic, normaliseExpression } from '@guanxi/core/expression'
import { describe, expect, it } from 'vitest'

const text = (name: string) => ({ name, kind: 'text' })

const task = { name: 'task', fields: [text('title'), { name: 'hours', kind: 'integer' }] }
const person = {
  name: 'person',
  fields: [
    ...['firstName', 'middleName', 'lastName', 'job', 'jobPrefix', 'email', 'atSign'].map(text),
    { name: 'age', kind: 'integer', minimum: 0, maximum: 200 },
    { name: 'iq', kind: 'integer', minimum: 0, maximum: 300 },
    { name: 'height', kind: 'decimal', scale: 2 },
    { name: 'isMusician', kind: 'boolean' },
    { name: 'isCreative', kind: 'boolean' },
    { name: 'born', kind: 'date' },
    { name: 'seen', kind: 'instant' },
    { name: 'gender', kind: 'choice', options: [{ value: 'M' }, { value: 'F' }] },
    { name: 'tags', kind: 'multiChoice', options: [{ value: 'S' }, { value: 'T' }] },
    { name: 'wage', kind: 'money' },
    { name: 'tasks', kind: 'children', to: 'task', by: 'personId' },
  ],
}
const about = { object: person, objects: (name: string) => (name === 'task' ? task : undefined) }

const people = {
  steve: {
    firstName: 'Steve',
    middleName: 'Siro',
    lastName: 'Vai',
    job: 'Programmer',
    jobPrefix: 'Prog',
    email: 'steve@vai.com',
    atSign: '@',
    age: 26,
    iq: 26,
    height: '1.80',
    isMusician: true,
    isCreative: true,
    born: '1960-06-06',
    seen: 1_700_000_000_000,
    gender: 'M',
    tags: ['S', 'T'],
    wage: { minor: 500, currency: 'CNY' },
    related: { tasks: [{ title: 'Solo', hours: 3 }, { title: 'Score', hours: 1 }, { title: 'Rest' }] },
  },
  ada: {
    firstName: 'Ada',
    middleName: 'Ada',
    lastName: 'ab',
    job: 'Manager',
    jobPrefix: 'Prog',
    email: 'ada.fr',
    atSign: '@',
    age: 13,
    iq: 140,
    height: '1.65',
    isMusician: false,
    isCreative: true,
    born: '2013-12-10',
    gender: 'F',
    tags: ['T'],
    related: { tasks: [{ title: 'Solo', hours: 8 }] },
  },
  /** Nothing is known of. */
  nobody: { tags: [], related: { tasks: [] } },
}

/** Who an export holds for, or how and where it is refused. */
function answer(logic: unknown): string {
  try {
    const rule = compileExpression(importJsonLogic(logic, about), { ...about, expect: 'condition' })
    return Object.entries(people)
      .flatMap(([name, record]) => (rule.evaluate(record) === true ? [name] : []))
      .join(' ')
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.code} ${error.path}`
    throw error
  }
}

const of = (field: string) => ({ var: field })

/** What its `formatQuery(query, 'jsonlogic')` gives for each operator, as its documentation and own tests (version 8) have it. */
const exports: readonly (readonly [what: string, logic: unknown, holds: string])[] = [
  ['=', { '==': [of('firstName'), 'Steve'] }, 'steve'],
  ['= with a number as text', { '==': [of('age'), '26'] }, 'steve'],
  ['= with a parsed number', { '==': [of('age'), 26] }, 'steve'],
  ['= of a decimal', { '==': [of('height'), '1.8'] }, 'steve'],
  ['= yes', { '==': [of('isMusician'), true] }, 'steve'],
  ['= no', { '==': [of('isMusician'), false] }, 'ada'],
  ['= yes as text', { '==': [of('isMusician'), 'true'] }, 'steve'],
  ['= of a choice', { '==': [of('gender'), 'M'] }, 'steve'],
  ['= nothing typed yet', { '==': [of('firstName'), ''] }, ''],
  ['!=', { '!=': [of('job'), 'Programmer'] }, 'ada nobody'],
  ['<', { '<': [of('age'), 26] }, 'ada'],
  ['< with a number as text', { '<': [of('age'), '26'] }, 'ada'],
  ['<=', { '<=': [of('age'), 26] }, 'steve ada'],
  ['>', { '>': [of('age'), 13] }, 'steve'],
  ['>=', { '>=': [of('age'), '13'] }, 'steve ada'],
  ['contains', { in: ['@', of('email')] }, 'steve'],
  ['doesNotContain', { '!': { in: ['ab', of('lastName')] } }, 'steve nobody'],
  ['beginsWith', { startsWith: [of('job'), 'Prog'] }, 'steve'],
  ['doesNotBeginWith', { '!': { startsWith: [of('job'), 'Man'] } }, 'steve nobody'],
  ['endsWith', { endsWith: [of('email'), 'com'] }, 'steve'],
  ['doesNotEndWith', { '!': { endsWith: [of('email'), 'fr'] } }, 'steve nobody'],
  ['null', { '==': [of('firstName'), null] }, 'nobody'],
  ['notNull', { '!=': [of('lastName'), null] }, 'steve ada'],
  ['in', { in: [of('firstName'), ['Ada', 'This']] }, 'ada'],
  ['in, numbers as text', { in: [of('age'), ['13', '26']] }, 'steve ada'],
  ['in nothing', { in: [of('firstName'), []] }, ''],
  ['notIn', { '!': { in: [of('firstName'), ['Ada', 'This']] } }, 'steve nobody'],
  ['between', { '<=': [12, of('age'), 14] }, 'ada'],
  ['between, numbers as text', { '<=': ['12', of('age'), '14'] }, 'ada'],
  ['between texts', { '<=': ['Aa', of('firstName'), 'B'] }, 'ada'],
  ['between days', { '<=': ['1960-01-01', of('born'), '1960-12-31'] }, 'steve'],
  ['notBetween', { '!': { '<=': [12, of('age'), 14] } }, 'steve nobody'],
  ['notBetween, numbers as text', { '!': { '<=': ['12', of('age'), '14'] } }, 'steve nobody'],
  ['= of another field', { '==': [of('age'), of('iq')] }, 'steve nobody'],
  ['= of another yes or no', { '==': [of('isMusician'), of('isCreative')] }, 'steve nobody'],
  ['!= of another field', { '!=': [of('firstName'), of('middleName')] }, 'steve'],
  ['< of another field', { '<': [of('age'), of('iq')] }, 'ada'],
  ['contains another field', { in: [of('atSign'), of('email')] }, 'steve'],
  ['doesNotContain another field', { '!': { in: [of('atSign'), of('email')] } }, 'ada nobody'],
  ['in other fields', { in: [of('firstName'), [of('middleName'), of('lastName')]] }, 'ada nobody'],
  ['notIn other fields', { '!': { in: [of('firstName'), [of('middleName'), of('lastName')]] } }, 'steve'],
  ['between other fields', { '<=': [of('firstName'), of('middleName'), of('lastName')] }, 'ada'],
  ['notBetween other fields', { '!': { '<=': [of('firstName'), of('middleName'), of('lastName')] } }, 'steve nobody'],
  ['a group with not', { '!': { or: [{ '==': [of('gender'), 'M'] }, { '!=': [of('job'), 'Manager'] }] } }, 'ada'],
  [
    'groups in groups',
    { and: [{ or: [{ '==': [of('gender'), 'M'] }, { '>': [of('age'), 12] }] }, { '!': { and: [{ '<': [of('age'), 20] }] } }] },
    'steve',
  ],
  [
    'independent combinators',
    { or: [{ and: [{ '==': [of('firstName'), 'Ada'] }, { '==': [of('middleName'), 'Ada'] }] }, { '==': [of('lastName'), 'Vai'] }] },
    'steve ada',
  ],
  ['a group of one', { and: [{ '<=': [12, of('age'), 14] }] }, 'ada'],
  ['no rule, or none that is valid', false, 'steve ada nobody'],
  ['some', { some: [of('tasks'), { in: ['S', of('title')] }] }, 'steve ada'],
  ['all', { all: [of('tasks'), { in: ['S', of('title')] }] }, 'ada'],
  ['none', { none: [of('tasks'), { in: ['S', of('title')] }] }, 'nobody'],
  ['at least', { '>=': [howMany(of('tasks'), { in: ['S', of('title')] }), 2] }, 'steve'],
  ['at most', { '<=': [howMany(of('tasks'), { in: ['S', of('title')] }), 1] }, 'ada nobody'],
  ['exactly', { '==': [howMany(of('tasks'), { in: ['S', of('title')] }), 1] }, 'ada'],
  ['at least the half', { '>=': [howMany(of('tasks'), { '>': [of('hours'), '2'] }), { '*': [howMany(of('tasks')), 0.5] }] }, 'ada nobody'],
]

/** Adding one for each row: the library counts so. */
function howMany(rows: unknown, test?: unknown): unknown {
  return { reduce: [test ? { filter: [rows, test] } : rows, { '+': [1, of('accumulator')] }, 0] }
}

/** What stays ambiguous, or would need the library's own conversions, is named instead of guessed. */
const refused: readonly (readonly [what: string, logic: unknown, answer: string])[] = [
  ['a number that is none', { and: [{ '>': [of('age'), 'NaN'] }] }, 'RULE_TYPE /and/0/>/1'],
  ['between of which one is no number', { '<=': ['0', of('age'), 'abc'] }, 'RULE_TYPE /<=/2'],
  ['between of nothing', { '<=': [{}, of('age'), {}] }, 'RULE_SHAPE /<=/0'],
  ['a text compared with a parsed number', { '==': [of('firstName'), 26] }, 'RULE_TYPE /===/1'],
  ['an option that is not there', { '==': [of('gender'), 'X'] }, 'RULE_TYPE /===/1'],
  ['a time without a zone', { '>': [of('seen'), '2026-01-01T10:00'] }, 'RULE_TYPE />/1'],
  ['an amount without a currency', { '>': [of('wage'), 5] }, 'RULE_TYPE />/1'],
  ['two amounts without a currency', { '==': [of('wage'), of('wage')] }, 'RULE_TYPE /===/0'],
  ['starts with another field', { startsWith: [of('job'), of('jobPrefix')] }, 'RULE_SHAPE /startsWith/1'],
  ['ends with another field', { '!': { endsWith: [of('job'), of('jobPrefix')] } }, 'RULE_SHAPE /!/endsWith/1'],
  ['contains on a number', { in: ['2', of('age')] }, 'RULE_TYPE /in/1'],
  ['fields of other types', { '==': [of('age'), of('firstName')] }, 'RULE_TYPE /===/1'],
  ['a field that is not there', { and: [{ '==': [of('shoe'), 'M'] }] }, 'RULE_FIELD /and/0/===/0/var'],
  ['a custom operator', { and: [{ custom_operator: [of('firstName'), 'v1'] }] }, 'RULE_OP /and/0/custom_operator'],
  ['match modes over a list of options', { some: [of('tags'), { in: ['S', of('')] }] }, 'RULE_TYPE /some/0'],
  ['another reduce', { '>': [{ reduce: [of('tasks'), { '+': [of('current'), of('accumulator')] }, 0] }, 1] }, 'RULE_OP />/0/reduce'],
]

describe("react-querybuilder's JsonLogic export", () => {
  it.each(exports)('%s', (_, logic, holds) => expect(answer(logic)).toBe(holds))

  it.each(exports)('%s, wherever a condition may be written', (_, logic, holds) => {
    const rule = compileExpression(normaliseExpression(logic, about), { ...about, expect: 'condition' })
    const found = Object.entries(people).flatMap(([name, record]) => (rule.evaluate(record) === true ? [name] : []))
    expect(found.join(' ')).toBe(holds)
  })

  it.each(refused)('is refused: %s', (_, logic, expected) => expect(answer(logic)).toBe(expected))
})

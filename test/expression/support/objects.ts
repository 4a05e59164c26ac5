import { defineObject, definePlugin, type ObjectHandle } from '@guanxi/core'

/** Objects with a field of every kind that expressions know, in columns, and relations of every sort. */
export const company = defineObject('company', {
  type: 'object',
  properties: {
    name: { type: 'string' },
    level: { enum: ['A', 'B', 'C'] },
    employees: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    score: { type: 'number' },
    active: { type: 'boolean' },
    founded: { kind: 'date' },
    revenue: { kind: 'money' },
    parentId: { kind: 'reference', to: 'company' },
    remarks: { kind: 'children', to: 'remark', by: 'about' },
  },
})

export const person = defineObject('guest', {
  type: 'object',
  properties: {
    name: { type: 'string' },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    companyId: { kind: 'reference', to: 'company' },
  },
})

export const order = defineObject('order', {
  type: 'object',
  properties: {
    title: { type: 'string' },
    note: { kind: 'longText' },
    companyId: { kind: 'reference', to: 'company' },
    amount: { kind: 'money' },
    price: { kind: 'decimal', scale: 2, minimum: -100_000, maximum: 100_000 },
    rate: { kind: 'decimal', scale: 4 },
    count: { type: 'integer' },
    pieces: { type: 'integer', minimum: -1_000, maximum: 1_000 },
    ratio: { type: 'number' },
    hot: { type: 'boolean' },
    closeDate: { kind: 'date' },
    signedAt: { kind: 'instant' },
    stage: { enum: ['new', 'open', 'won', 'lost'] },
    tags: { type: 'array', items: { enum: ['a', 'b', 'c'] } },
    reviewerId: { kind: 'user' },
    peopleIds: { kind: 'links', to: 'guest' },
    tasks: { kind: 'children', to: 'task', by: 'orderId' },
    remarks: { kind: 'children', to: 'remark', by: 'about' },
  },
})

/** About an order, a company, or nothing: some have the id of an order and the name of another object. */
export const remark = defineObject(
  'remark',
  {
    type: 'object',
    properties: {
      about: { kind: 'anyReference' },
      text: { type: 'string' },
      happenedAt: { kind: 'instant' },
      minutes: { type: 'integer', minimum: 0, maximum: 10_000 },
      guestId: { kind: 'reference', to: 'guest' },
    },
  },
  { indexes: [['about', 'happenedAt']] },
)

export const task = defineObject('task', {
  type: 'object',
  properties: {
    orderId: { kind: 'reference', to: 'order' },
    subject: { type: 'string' },
    hours: { kind: 'decimal', scale: 1 },
    weight: { type: 'integer' },
    cost: { kind: 'money' },
    done: { type: 'boolean' },
    dueAt: { kind: 'instant' },
    day: { kind: 'date' },
  },
})

/** Fields of the tenant's admins, in `ext`. */
export const adminFields = {
  grade: { enum: ['x', 'y', 'z'] },
  size: { type: 'integer' },
  share: { type: 'number' },
  words: { type: 'string' },
  due: { kind: 'date' },
  seenAt: { kind: 'instant' },
  vip: { type: 'boolean' },
  labels: { type: 'array', items: { enum: ['p', 'q'] } },
  budget: { kind: 'money' },
  discount: { kind: 'decimal', scale: 3 },
} as const

export const shop = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '*',
  setup(p) {
    for (const handle of [company, person, order, task, remark]) p.object(handle as ObjectHandle<object>)
  },
})

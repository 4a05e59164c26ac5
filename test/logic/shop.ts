import { defineObject, definePlugin, type ObjectHandle, type Plugin, type RecordOf } from '@guanxi/core'

const words = (en: string) => ({ 'zh-CN': en, en })

const customerDefinition = defineObject('customer', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 100 },
    level: { enum: ['A', 'B'] },
    sales: { kind: 'children', to: 'sale', by: 'customerId' },
    openSales: { kind: 'integer', formula: { logic: { count: [{ var: 'sales' }, { '===': [{ var: 'state' }, 'open'] }] } } },
    wonValue: {
      kind: 'money',
      formula: {
        logic: { sum: [{ var: 'sales' }, { inCurrency: [{ var: 'amount' }, 'CNY'] }, { '===': [{ var: 'state' }, 'won'] }] },
        currency: 'CNY',
      },
    },
    smallest: { kind: 'decimal', formula: { logic: { minOf: [{ var: 'sales' }, { var: 'total' }] } } },
    lastSale: { kind: 'instant', formula: { logic: { maxOf: [{ var: 'sales' }, { var: 'createdAt' }] } } },
    hasLost: { kind: 'boolean', formula: { logic: { some: [{ var: 'sales' }, { '===': [{ var: 'state' }, 'lost'] }] } } },
    isBusy: { kind: 'boolean', formula: { logic: { '>=': [{ var: 'openSales' }, 2] } } },
  },
})
export interface Customer extends RecordOf<typeof customerDefinition> {}
export const customer: ObjectHandle<Customer> = customerDefinition

const saleDefinition = defineObject('sale', {
  type: 'object',
  required: ['title'],
  properties: {
    title: { type: 'string', maxLength: 60 },
    state: { enum: ['open', 'won', 'lost'], default: 'open' },
    customerId: { kind: 'reference', to: 'customer' },
    amount: { kind: 'money' },
    probability: { type: 'integer', minimum: 0, maximum: 100 },
    pieces: { type: 'integer', minimum: 0, maximum: 100_000 },
    price: { kind: 'decimal', scale: 2, minimum: 0, maximum: 1_000_000 },
    weight: { type: 'number' },
    signed: { kind: 'date' },
    weighted: {
      kind: 'money',
      help: words('Amount by probability.'),
      formula: {
        mode: 'stored',
        currency: 'amount',
        logic: { '/': [{ '*': [{ minor: [{ var: 'amount' }] }, { var: 'probability' }] }, 100] },
      },
    },
    total: { kind: 'decimal', scale: 2, index: true, formula: { mode: 'stored', logic: { '*': [{ var: 'pieces' }, { var: 'price' }] } } },
    grade: {
      kind: 'choice',
      options: [{ value: 'big' }, { value: 'small' }],
      formula: { mode: 'stored', logic: { if: [{ '>=': [{ var: 'total' }, 100] }, 'big', 'small'] } },
    },
    age: { kind: 'integer', formula: { logic: { daysBetween: [{ var: 'createdAt' }, { now: [] }] } } },
    label: { kind: 'text', formula: { logic: { cat: [{ var: 'title' }, ' · ', { var: 'customer.name' }] } } },
    ratio: { kind: 'number', formula: { logic: { '/': [{ var: 'weight' }, { var: 'pieces' }] } } },
    doubled: { kind: 'money', formula: { currency: 'weighted', logic: { '*': [{ minor: [{ var: 'weighted' }] }, 2] } } },
    customerLevel: { kind: 'text', formula: { logic: { var: 'customer.level' } } },
  },
})
export interface Sale extends RecordOf<typeof saleDefinition> {}
export const sale: ObjectHandle<Sale> = saleDefinition

/** A shop whose fields compute themselves. */
export const shop: () => Plugin = definePlugin({
  id: 'shop',
  version: '1.0.0',
  core: '*',
  setup(p) {
    p.object(customer)
    p.object(sale)
  },
}) as () => Plugin

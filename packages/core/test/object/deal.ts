import { compileDefinition } from '../../src/object/compile-definition.ts'
import { defineObject } from '../../src/object/define-object.ts'
import type { OverlayField } from '../../src/object/overlay.ts'

/** A deal with a field of every kind that lives in a row. */
export const deal = defineObject('deal', {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', maxLength: 100 },
    customerId: { kind: 'reference', to: 'customer' },
    amount: { kind: 'money', index: true },
    price: { kind: 'decimal', scale: 3 },
    probability: { type: 'integer', minimum: 0, maximum: 100 },
    score: { type: 'number' },
    isBig: { type: 'boolean', default: false },
    closeDate: { kind: 'date' },
    stageSince: { kind: 'instant', readOnly: true },
    status: { enum: ['open', 'won', 'lost', 'dead'], options: [{ value: 'dead', retired: true }], default: 'open' },
    tags: { type: 'array', items: { enum: ['a', 'b', 'c'] } },
    phone: { kind: 'phone', search: true },
    email: { kind: 'email', unique: true, search: true },
    website: { kind: 'url' },
    subject: { kind: 'anyReference' },
    productIds: { kind: 'links', to: 'product' },
    reviewerId: { kind: 'user' },
    contract: { kind: 'file' },
    description: { kind: 'longText' },
  },
})

export const overlay: readonly OverlayField[] = [
  { id: 'f_color', name: 'color', property: { enum: ['red', 'blue'] } },
  { id: 'f_budget', name: 'budget', property: { kind: 'money' } },
  { id: 'f_labels', name: 'labels', property: { type: 'array', items: { enum: ['x', 'y'] } } },
  { id: 'f_weight', name: 'weight', property: { kind: 'decimal' } },
  { id: 'f_note', name: 'note', property: { type: 'string', default: 'none' } },
]

export const dealDefinition = compileDefinition({ handle: deal, author: 'sales', overlay })

/** A complete record of {@link dealDefinition}, as the API spells it. */
export const dealRecord = {
  id: '0190a5f0-0000-7000-8000-000000000001',
  version: 3,
  createdAt: 1_700_000_000_000,
  createdBy: 'u1',
  updatedAt: 1_700_000_000_001,
  updatedBy: 'u2',
  deletedAt: null,
  ownerId: 'u1',
  teamId: null,
  name: '蓝海科技',
  customerId: '0190a5f0-0000-7000-8000-000000000002',
  amount: { minor: 12_300, currency: 'CNY' },
  price: '1.250',
  probability: 0,
  score: 0.5,
  isBig: false,
  closeDate: '2026-03-16',
  stageSince: null,
  status: 'open',
  tags: ['a', 'c'],
  phone: '+8613800138000',
  email: null,
  website: 'https://example.com/',
  subject: { object: 'lead', id: '0190a5f0-0000-7000-8000-000000000003' },
  productIds: ['0190a5f0-0000-7000-8000-000000000004'],
  reviewerId: 'u3',
  contract: { id: 'x', name: 'a.pdf', size: 3, type: 'application/pdf' },
  description: null,
  custom: { color: 'red', budget: { minor: 5, currency: 'USD' }, labels: [], weight: '1.50', note: null },
}

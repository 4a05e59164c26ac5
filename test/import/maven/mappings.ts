import type { ImportMapping } from '@guanxi/adapters/import'

/** What a person decides about the four files, once: columns, misspelt names, what the dates mean. */

export const people: ImportMapping = {
  object: '@people',
  columns: [
    { column: 'sales_agent', field: 'name' },
    { column: 'manager', field: 'manager' },
    { column: 'regional_office', field: 'parentTeam' },
  ],
}

export const products: ImportMapping = {
  object: 'product',
  columns: [
    { column: 'product', field: 'name' },
    { column: 'series', field: 'category' },
    { column: 'sales_price', field: 'price', options: { currency: 'USD' } },
  ],
  key: ['name'],
}

export const accounts: ImportMapping = {
  object: 'customer',
  columns: [
    { column: 'account', field: 'name' },
    { column: 'sector', field: 'industry' },
    { column: 'year_established', field: 'foundedYear' },
    { column: 'revenue', field: 'annualRevenue', options: { currency: 'USD', multiplyBy: 1_000_000 } },
    { column: 'employees', field: 'employees' },
    { column: 'office_location', field: 'region' },
    { column: 'subsidiary_of', field: 'parentId' },
  ],
  key: ['name'],
  values: { industry: { technolgy: 'technology' }, region: { Philipines: 'Philippines' } },
}

export const pipeline: ImportMapping = {
  object: 'deal',
  columns: [
    { column: 'opportunity_id', field: 'custom.opportunityId' },
    { column: 'sales_agent', field: 'ownerId' },
    { column: 'product', field: 'productIds' },
    { column: 'account', field: 'customerId' },
    { column: 'deal_stage', field: 'stageId' },
    { column: 'engage_date', field: 'custom.engagedOn' },
    { column: 'close_date', field: 'closeDate' },
    { column: 'close_value', field: 'amount', options: { currency: 'USD' } },
  ],
  key: ['custom.opportunityId'],
  templates: { name: '{account} · {product}' },
  values: { productIds: { GTXPro: 'GTX Pro' } },
  references: { stageId: { where: { pipelineId: 'Maven' } } },
  zone: 'UTC',
  history: {
    createdAt: 'engage_date',
    start: { stageId: 'Engaging' },
    stages: [
      {
        at: 'close_date',
        when: { deal_stage: ['Won'] },
        set: { stageId: { value: 'Won' }, amount: { column: 'close_value' }, closeDate: { column: 'close_date' } },
      },
      {
        at: 'close_date',
        when: { deal_stage: ['Lost'] },
        set: {
          stageId: { value: 'Lost' },
          amount: { column: 'close_value' },
          closeDate: { column: 'close_date' },
          lostReason: { value: 'other' },
        },
      },
    ],
  },
}

import type { Knex } from 'knex'

export type OrderStatus = 'paid' | 'packing' | 'shipped' | 'delivered' | 'refunded'

/** An order of the shop. It names a customer of the CRM by id; the CRM knows nothing of orders. */
export interface ShopOrder {
  readonly number: string
  readonly customerId: string
  readonly items: string
  readonly totalMinor: number
  readonly currency: string
  readonly status: OrderStatus
  readonly placedAt: number
}

/** The shop's own table, made by the shop. */
export async function createOrderTable(shop: Knex): Promise<void> {
  if (await shop.schema.hasTable('shop_order')) return
  await shop.schema.createTable('shop_order', (table) => {
    table.text('number').primary()
    table.text('customer_id').notNullable().index()
    table.text('items').notNullable()
    table.bigInteger('total_minor').notNullable()
    table.text('currency').notNullable()
    table.text('status').notNullable()
    table.bigInteger('placed_at').notNullable().index()
  })
}

export async function insertOrders(shop: Knex, orders: readonly ShopOrder[]): Promise<void> {
  const rows = orders.map(({ number, customerId, items, totalMinor, currency, status, placedAt }) => ({
    number,
    customer_id: customerId,
    items,
    total_minor: totalMinor,
    currency,
    status,
    placed_at: placedAt,
  }))
  await shop.batchInsert('shop_order', rows, 50)
}

interface OrderRow {
  number: string
  customer_id: string
  items: string
  /** Text on PostgreSQL, whose whole numbers may be larger than ours. */
  total_minor: number | string
  currency: string
  status: OrderStatus
  placed_at: number | string
}

/** Newest first. */
export async function recentOrders(shop: Knex, limit: number, customerId?: string): Promise<ShopOrder[]> {
  const rows = await shop<OrderRow>('shop_order')
    .where(customerId ? { customer_id: customerId } : {})
    .orderBy('placed_at', 'desc')
    .limit(limit)
  return rows.map((row) => ({
    number: row.number,
    customerId: row.customer_id,
    items: row.items,
    totalMinor: Number(row.total_minor),
    currency: row.currency,
    status: row.status,
    placedAt: Number(row.placed_at),
  }))
}

/** Orders and sales since a time, in one currency. */
export async function salesSince(shop: Knex, since: number, currency: string): Promise<{ orders: number; totalMinor: number }> {
  const row = await shop('shop_order')
    .where('placed_at', '>=', since)
    .whereNot({ status: 'refunded' })
    .where({ currency })
    .count({ orders: '*' })
    .sum({ total: 'total_minor' })
    .first()
  return { orders: Number(row?.orders ?? 0), totalMinor: Number(row?.total ?? 0) }
}

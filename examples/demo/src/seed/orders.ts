import type { OrderStatus, ShopOrder } from '../orders.ts'
import { catalogue } from './catalogue.ts'
import type { SeedDeal } from './deals.ts'
import { day, type World } from './world.ts'

/** Won deals are followed by orders in the shop, one to three each. */
export function planOrders({ chance, now }: World, deals: readonly SeedDeal[]): ShopOrder[] {
  const placed = deals
    .filter((each) => each.won)
    .flatMap(({ buyer, to }) =>
      Array.from({ length: chance.between(1, 3) }, () => ({
        buyer,
        at: to + chance.between(0, 70) * day + chance.between(0, 9 * 60) * 60_000,
      })),
    )
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at - b.at)
  return placed.map(({ buyer, at }, index) => {
    const lines = Array.from({ length: chance.between(1, 3) }, () => ({
      item: chance.pick(catalogue),
      quantity: chance.between(2, 40) * 10,
    }))
    const yuan = lines.reduce((total, { item, quantity }) => total + (item.price?.minor ?? 0) * quantity, 0)
    return {
      number: `SO-${String(20418 + index)}`,
      customerId: buyer.id,
      items: lines.map(({ item, quantity }) => `${item.name} × ${quantity}`).join('，'),
      totalMinor: buyer.company.chinese ? yuan : Math.round(yuan / 7),
      currency: buyer.company.chinese ? 'CNY' : 'USD',
      status: statusAfter((now - at) / day, chance.next()),
      placedAt: at,
    }
  })
}

function statusAfter(days: number, luck: number): OrderStatus {
  if (luck < 0.03) return 'refunded'
  if (days < 2) return 'paid'
  if (days < 5) return 'packing'
  return days < 14 ? 'shipped' : 'delivered'
}

import { html, type Markup } from '../html.ts'
import type { ShopOrder } from '../orders.ts'
import type { Speech } from '../words.ts'

/** Orders as rows; with names of customers where they are not all the same one's. */
export function ordersTable(say: Speech, orders: readonly ShopOrder[], names?: ReadonlyMap<string, string>): Markup {
  if (orders.length === 0) return html`<p class="empty">${say('noOrders')}</p>`
  const rows = orders.map(
    (order) => html`<tr>
      <th scope="row">${order.number}</th>
      ${names && html`<td><a class="link" href="/customers/${order.customerId}">${names.get(order.customerId) ?? '—'}</a></td>`}
      <td class="wide">${order.items}</td>
      <td class="number">${say.money(order.totalMinor, order.currency)}</td>
      <td><span class="badge ${order.status}">${say(order.status)}</span></td>
      <td class="wide">${say.day(order.placedAt)}</td>
    </tr>`,
  )
  return html`<div class="scroll"><table>
    <thead><tr><th>${say('order')}</th>${names && html`<th>${say('customer')}</th>`}<th class="wide">${say('items')}</th><th class="number">${say('amount')}</th><th>${say('status')}</th><th class="wide">${say('date')}</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`
}

import { batch } from '../../hook/hook.ts'
import { customer } from '../object/customer.ts'
import { deal } from '../object/deal.ts'

/** A customer with open deals is not deleted. */
export const customerWithOpenDeals = batch.before(
  customer,
  { id: 'customer-open-deals', on: ['delete'], reads: [], database: true },
  async (changes, context) => {
    const customerId = { in: changes.map((change) => change.id) }
    const count = await context.records(deal).count({ where: { customerId, status: 'open' } })
    if (count > 0) context.reject('STANDARD_HAS_OPEN_CHILDREN', { count })
  },
)

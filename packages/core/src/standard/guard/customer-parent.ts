import { before, type HookContext } from '../../hook/hook.ts'
import { customer } from '../object/customer.ts'

const deepest = 50

/** A customer is never its own parent, however many levels up. A new one has no children yet. */
export const customerParent = before(
  customer,
  { id: 'customer-parent', on: ['update'], fields: ['parentId'], reads: [], database: true },
  async (change, context) => {
    let above = change.next.parentId ?? null
    for (let level = 0; above !== null; level++) {
      if (above === change.id || level === deepest) context.reject('STANDARD_PARENT_CYCLE', {}, 'parentId')
      above = await parentOf(above, context)
    }
  },
)

async function parentOf(id: string, context: HookContext): Promise<string | null> {
  const { records } = await context.records(customer).find({ where: { id }, fields: ['parentId'], limit: 1 })
  return records[0]?.parentId ?? null
}

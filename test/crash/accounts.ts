import { defineLedger, defineObject, definePlugin, type ObjectHandle, type RecordOf } from '@guanxi/core'

const words = { 'zh-CN': '甲', en: 'A' }

const orderDefinition = defineObject('order_line', { type: 'object', required: ['name'], properties: { name: { type: 'string' } } })
interface OrderLine extends RecordOf<typeof orderDefinition> {}
export const orderLine: ObjectHandle<OrderLine> = orderDefinition

/** Points that come and go, never below 0. */
export const points = defineLedger('accounts.points', { label: words, unit: 'count', bound: 'floor' })
/** Places, each taken once: {@link places} of them an account. */
export const seats = defineLedger('accounts.seats', { label: words, unit: 'count' })

export const places = 40

/** Few accounts, so that everybody meets at the same rows. */
export const names = ['a', 'b', 'c'] as const

export const accounts = definePlugin({
  id: 'accounts',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(orderLine)
    plugin.ledger(points)
    plugin.ledger(seats)
  },
})

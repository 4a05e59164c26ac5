import { before, defineLedger, defineObject, definePlugin, type ObjectHandle, type RecordOf } from '@guanxi/core'

const words = { 'zh-CN': '甲', en: 'A' }

const claimDefinition = defineObject('claim', {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, rep: { type: 'string' }, note: { type: 'string' } },
})
export interface Claim extends RecordOf<typeof claimDefinition> {}
export const claim: ObjectHandle<Claim> = claimDefinition

/** Claims of a rep: never more than a ceiling. */
export const claims = defineLedger('books.claims', { label: words, unit: 'count' })
/** Points of a customer: never below a floor. */
export const points = defineLedger('books.points', { label: words, unit: 'count', bound: 'floor' })

/** Every claim with a rep is posted by a hook; nothing else posts. */
export const books = definePlugin({
  id: 'books',
  version: '1.0.0',
  core: '^0.1.0',
  setup(plugin) {
    plugin.object(claim)
    plugin.ledger(claims)
    plugin.ledger(points)
    plugin.hook(
      before(claim, { id: 'post', on: ['create'], reads: ['rep'] }, (change) => {
        const { rep } = change.next
        if (rep) change.post({ ledger: claims, account: rep, amount: 1, key: `claim:${change.id}`, limit: 3, reason: 'claimed' })
      }),
    )
  },
})

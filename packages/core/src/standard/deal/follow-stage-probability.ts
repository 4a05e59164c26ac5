import { before } from '../../hook/hook.ts'
import { deal } from '../object/deal.ts'

/** Emptying the probability ends the override: the deal takes its stage's again. */
export const followStageProbability = before(
  deal,
  {
    id: 'deal-probability',
    on: ['update'],
    fields: ['probability'],
    reads: ['probability', 'stageProbability'],
    after: ['standard:deal-stage'],
  },
  (change) => {
    if (change.next.probability === null) change.set({ probability: change.previous?.stageProbability ?? null })
  },
)

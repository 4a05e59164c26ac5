import type { NewRecord } from '@guanxi/core'
import { type Deal, deal } from '@guanxi/core/standard'
import { catalogue } from './catalogue.ts'
import type { SeedCustomer } from './customers.ts'
import { uuidv7 } from './ids.ts'
import { entered, type Happening } from './time-line.ts'
import { dateOf, day, daysAgo, type World } from './world.ts'

/** A deal of the seed and the time it was open. */
export interface SeedDeal {
  readonly id: string
  readonly buyer: SeedCustomer
  readonly from: number
  readonly to: number
  readonly won: boolean
}

const names = {
  zh: [
    '春季餐厨补货',
    '露营季首批',
    '酒店布草年框',
    '中秋礼盒定制',
    '庭院灯饰方案',
    '门店开业配货',
    '双十一备货',
    '亚麻系列试单',
    '园艺工具补货',
    '样板间软装',
  ],
  en: [
    'Spring kitchen refill',
    'Camping launch',
    'Hotel linen frame',
    'Garden lighting',
    'Store opening',
    'Holiday gift sets',
    'Linen trial order',
    'Summer outdoor range',
    'Private label cookware',
    'Show-flat furnishing',
  ],
}
const reasons = ['price', 'competitor', 'no_budget', 'no_decision', 'timing', 'no_response'] as const
const rivals = ['远洋优选', '橙屋供应链', 'Baxter & Rowe', 'Northline Sourcing']

/** 400 deals: where they stand today, and how they got there. Stages by their order, 0 to 5. */
export function planDeals(
  world: World,
  buyers: readonly SeedCustomer[],
  stageIds: readonly string[],
  productIds: readonly string[],
): SeedDeal[] {
  return Array.from({ length: 400 }, () => {
    const end = Number(world.chance.weighted({ '0': 58, '1': 52, '2': 44, '3': 34, '4': 124, '5': 88 }))
    return planDeal(world, world.chance.pick(buyers), end, stageIds, productIds)
  })
}

function planDeal(world: World, buyer: SeedCustomer, end: number, stageIds: readonly string[], productIds: readonly string[]): SeedDeal {
  const { chance, happenings } = world
  const steps = Array.from({ length: end === 5 ? chance.between(1, 4) : end }, () => chance.between(4, 18))
  const length = steps.reduce((total, step) => total + step, 0)
  const oldest = Math.max(length + 1, Math.floor((world.now - buyer.since) / day))
  const idle =
    end < 4
      ? Math.min(chance.weighted({ '0': 6, '1': 3 }) === '0' ? chance.between(0, 11) : chance.between(14, 45), Math.max(0, oldest - length))
      : chance.between(1, Math.max(2, oldest - length))
  const start = Math.max(buyer.since, daysAgo(world, length + idle))
  const id = uuidv7(start, chance)
  const amount = { minor: chance.between(12, buyer.company.chinese ? 480 : 90) * 100_000, currency: buyer.company.chinese ? 'CNY' : 'USD' }
  const values: NewRecord<Deal> = {
    id,
    name: dealName(world, buyer.company.chinese),
    customerId: buyer.id,
    contactId: buyer.contactId,
    ownerId: buyer.ownerId,
    teamId: buyer.teamId,
    amount,
    closeDate: dateOf(end < 4 ? world.now + chance.between(-6, 75) * day : start + length * day),
    source: chance.pick(['event', 'referral', 'website', 'outbound'] as const),
    productIds: [chance.pick(productIds)],
  }
  happenings.push(entered(world.session, deal, '3-deal', start, values))
  let at = start
  steps.forEach((step, index) => {
    at = Math.min(world.now, at + step * day)
    const last = index === steps.length - 1
    happenings.push(last && end === 5 ? lost(world, at, id, stageIds[5]) : moved(world, at, id, stageIds[index + 1], index + 1))
  })
  return { id, buyer, from: start, to: end < 4 ? daysAgo(world, idle) : at, won: end === 4 }
}

/** A theme, or an item and how many. */
function dealName({ chance }: World, chinese: boolean): string {
  if (chance.chance(0.5)) return chance.pick(chinese ? names.zh : names.en)
  const [zh = '', ...en] = chance.pick(catalogue).name.split(' ')
  const count = chance.between(2, 40) * 50
  return chinese ? `${zh} ${count} 件` : `${en.join(' ')}, ${count} pcs`
}

/** Deals that reach one stage on one day are moved together. */
function moved({ session }: World, at: number, id: string, stageId: string | undefined, place: number): Happening {
  const run = (ids: readonly unknown[]) => session.records(deal).updateMany({ ids: ids as string[], maxAffected: ids.length }, { stageId })
  return { at, kind: `4-stage-${place}`, value: id, run }
}

function lost({ session, chance }: World, at: number, id: string, stageId: string | undefined): Happening {
  const lostReason = chance.pick(reasons)
  const competitor = lostReason === 'competitor' ? chance.pick(rivals) : null
  const run = () => session.records(deal).update({ id, version: 'any' }, { stageId, lostReason, competitor })
  return { at, kind: `4-stage-lost-${id}`, value: id, run }
}

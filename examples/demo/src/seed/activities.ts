import type { NewRecord } from '@guanxi/core'
import { type Activity, activity } from '@guanxi/core/standard'
import type { SeedCustomer } from './customers.ts'
import type { SeedDeal } from './deals.ts'
import type { SeedLead } from './leads.ts'
import { entered } from './time-line.ts'
import { dateOf, day, type World } from './world.ts'

const talk = {
  zh: {
    call: ['电话沟通报价', '确认样品尺寸', '询问补货计划', '跟进付款进度'],
    visit: ['上门拜访看陈列', '带样品到店', '参观对方仓库'],
    meeting: ['视频会议过方案', '与采购和财务三方会'],
    im: ['微信发送新品图册', '微信确认颜色和数量'],
    email: ['发送正式报价单', '发送合同草稿', '发送检测报告'],
    note: ['整理需求', '记录竞品报价'],
    next: ['寄送样品', '更新报价', '约下次会议', '等待对方确认', '准备合同'],
  },
  en: {
    call: ['Call about the quote', 'Checked sample sizes', 'Asked about restocking'],
    visit: ['Visited the showroom', 'Walked the store with the buyer'],
    meeting: ['Video call on the proposal', 'Meeting with buyer and finance'],
    im: ['Sent the new catalogue', 'Agreed colours and quantities'],
    email: ['Sent the formal quote', 'Sent the draft contract', 'Sent test reports'],
    note: ['Summed up the requirements', 'Noted a competing quote'],
    next: ['Send samples', 'Update the quote', 'Book the next call', 'Wait for approval', 'Prepare the contract'],
  },
}

/** 2,000 follow-ups over the year, on days when there was something to follow up. Gives when each lead was first reached. */
export function planActivities(
  world: World,
  deals: readonly SeedDeal[],
  leads: readonly SeedLead[],
  customers: readonly SeedCustomer[],
): Map<string, number> {
  const { chance, now } = world
  const owned = leads.filter((each) => each.ownerId !== null)
  const followed = new Map<string, number>()
  for (let count = 0; count < 2000; count++) {
    const about = chance.weighted({ deal: 56, lead: 24, customer: 20 })
    if (about === 'deal') {
      const { id, buyer, from, to } = chance.pick(deals)
      log(world, { object: 'deal', id }, buyer.ownerId, between(world, from, to), buyer.company.chinese)
    } else if (about === 'customer') {
      const { id, ownerId, since, company } = chance.pick(customers)
      log(world, { object: 'customer', id }, ownerId, between(world, since, now), company.chinese)
    } else {
      const { id, ownerId, from, chinese } = chance.pick(owned)
      const at = between(world, from, Math.min(now, from + 20 * day))
      const reached = log(world, { object: 'lead', id }, ownerId ?? '', at, chinese)
      if (reached) followed.set(id, Math.min(at, followed.get(id) ?? at))
    }
  }
  return followed
}

/** An evening at least one day after the start, so that what it is about exists by then. */
function between({ chance, now }: World, from: number, to: number): number {
  const days = Math.max(0, Math.floor((to - from) / day))
  return Math.min(now, from + chance.between(0, days) * day + 7 * 60 * 60 * 1000)
}

/** True when it counts as a follow-up. */
function log(world: World, subject: { object: string; id: string }, ownerId: string, at: number, chinese: boolean): boolean {
  const { chance } = world
  const words = chinese ? talk.zh : talk.en
  const kind = chance.weighted({ call: 38, visit: 12, meeting: 10, im: 18, email: 16, note: 6 })
  const outcome = kind === 'note' ? null : chance.weighted({ information: 42, commitment: 24, objection: 14, refused: 6, not_reached: 14 })
  const planned = outcome !== 'refused' && chance.chance(0.5)
  const values: NewRecord<Activity> = {
    kind,
    subject,
    ownerId,
    summary: chance.pick(words[kind]),
    outcome,
    occurredAt: at - chance.between(0, 6 * 60) * 60_000,
    durationSec: kind === 'call' ? chance.between(40, 1500) : null,
    nextStep: planned ? chance.pick(words.next) : null,
    nextStepOn: planned ? dateOf(at + chance.between(1, 10) * day) : null,
  }
  world.happenings.push(entered(world.session, activity, '5-activity', at, values))
  return outcome !== null && outcome !== 'not_reached'
}

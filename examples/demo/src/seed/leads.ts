import type { NewRecord } from '@guanxi/core'
import { customer, type Lead, lead } from '@guanxi/core/standard'
import { uuidv7 } from './ids.ts'
import { chinesePerson, companies, phone, westernPerson } from './names.ts'
import { entered } from './time-line.ts'
import { daysAgo, repsFor, type World } from './world.ts'

/** A lead of the seed; followed up when somebody owns it. */
export interface SeedLead {
  readonly id: string
  readonly ownerId: string | null
  readonly from: number
  readonly chinese: boolean
}

const channels = {
  event: ['广交会', '法兰克福春季展', 'Maison show'],
  website: ['官网询盘'],
  search_ads: ['百度推广', 'Search campaign'],
  own_media: ['小红书', '公众号'],
  referral: ['老客户介绍'],
  purchased: ['海关数据'],
} as const

/** 300 leads, most of the last four months. */
export function planLeads(world: World): SeedLead[] {
  const { chance } = world
  return companies(chance, 300, 0.3).map(({ name, domain, chinese, city }) => {
    const person = chinese ? chinesePerson(chance) : westernPerson(chance)
    const owner = chance.chance(0.62) ? chance.pick(repsFor(chinese)) : null
    const from = daysAgo(world, chance.chance(0.7) ? chance.between(0, 60) : chance.between(60, 320))
    const source = chance.pick(Object.keys(channels) as (keyof typeof channels)[])
    const id = uuidv7(from, chance)
    const values: NewRecord<Lead> = {
      id,
      receivedAt: from - chance.between(0, 14 * 60) * 60_000,
      name: person.name,
      companyName: name,
      title: chinese ? chance.pick(['采购', '老板', '店长', '品类经理']) : chance.pick(['Buyer', 'Owner', 'Category manager']),
      phone: phone(chance, chinese),
      email: `${person.spelt}@${domain}`,
      address: city,
      source,
      channel: chance.pick(channels[source]),
      needType: chance.pick(['批发采购', '定制贴牌', '礼品团购', '门店配货']),
      urgency: chance.weighted({ low: 3, normal: 5, high: 2 }),
      grade: chance.weighted({ excellent: 2, good: 4, fair: 3, poor: 1 }),
      industry: chance.pick(['retail', 'trade', 'hospitality'] as const),
      companySize: chance.pick(['1-20', '21-100', '101-500', '501-2000'] as const),
      ...(owner ? { ownerId: owner.id, teamId: owner.team } : { status: chance.chance(0.6) ? 'pooled' : 'raw', ownerId: null }),
    }
    world.happenings.push(entered(world.session, lead, '3-lead', from, values))
    return { id, ownerId: owner?.id ?? null, from, chinese }
  })
}

/** Some of those being followed turn out to be nothing, some become customers. */
export function planEndings(world: World, leads: readonly SeedLead[], followed: ReadonlyMap<string, number>): void {
  const { chance, happenings, session } = world
  for (const { id, chinese } of leads) {
    const since = followed.get(id)
    if (since === undefined) continue
    const at = since + chance.between(2, 12) * 24 * 60 * 60 * 1000
    const ending = chance.weighted({ none: 70, invalid: 14, converted: 16 })
    if (ending === 'none' || at > world.now) continue
    const patch =
      ending === 'invalid'
        ? { status: ending, invalidReason: chance.pick(['no_need', 'unreachable', 'competitor'] as const) }
        : { status: ending }
    const run = async () => {
      const { convertedCustomerId } = await session.records(lead).update({ id, version: 'any' }, patch)
      const known = { region: chinese ? '华东' : '海外', scale: 'smb', valueTier: 'V-A', phone: phone(chance, chinese) } as const
      if (convertedCustomerId) await session.records(customer).update({ id: convertedCustomerId, version: 'any' }, known)
    }
    happenings.push({ at, kind: `6-lead-ending-${id}`, value: id, run })
  }
}

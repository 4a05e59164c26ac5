import type { NewRecord } from '@guanxi/core'
import { type Contact, type Customer, contact, customer } from '@guanxi/core/standard'
import { uuidv7 } from './ids.ts'
import { chinesePerson, companies, type MadeCompany, phone, westernPerson } from './names.ts'
import { entered } from './time-line.ts'
import { daysAgo, repsFor, type World } from './world.ts'

/** A customer of the seed, and what the other parts need of it. */
export interface SeedCustomer {
  readonly id: string
  readonly contactId: string
  readonly company: MadeCompany
  readonly ownerId: string
  readonly teamId: string
  readonly since: number
}

const roles = ['decision_maker', 'influencer', 'user', 'finance', 'gatekeeper'] as const
const titles = {
  zh: ['采购经理', '总经理', '品类负责人', '运营主管', '财务经理'],
  en: ['Buyer', 'Managing director', 'Category lead', 'Operations lead', 'Finance lead'],
}
const industryOf = { zh: ['retail', 'trade', 'hospitality', 'manufacturing'], en: ['retail', 'trade', 'hospitality'] } as const

/** 200 customers with their people, each entered when they were won over. */
export function planCustomers(world: World): SeedCustomer[] {
  return companies(world.chance, 200, 0.35).map((company, index) => planCustomer(world, company, index))
}

function planCustomer(world: World, company: MadeCompany, index: number): SeedCustomer {
  const { chance, happenings, session } = world
  const owner = chance.pick(repsFor(company.chinese))
  const since = daysAgo(world, 370 - Math.floor(index / 5) * 8)
  const id = uuidv7(since, chance)
  const own = { ownerId: owner.id, teamId: owner.team }
  happenings.push(entered(session, customer, '1-customer', since, { id, ...own, ...customerValues(world, company) }))
  const contactId = uuidv7(since, chance)
  for (let place = 0; place < (chance.chance(0.55) ? 1 : 2); place++) {
    const person = { ...contactValues(world, company, place), ...own, customerId: id, ...(place === 0 && { id: contactId }) }
    happenings.push(entered(session, contact, '2-contact', since, person))
  }
  return { id, contactId, company, ownerId: owner.id, teamId: owner.team, since }
}

function customerValues({ chance }: World, company: MadeCompany): NewRecord<Customer> {
  const { name, legalName, city, domain, chinese } = company
  const scale = chance.chance(0.15) ? 'ka' : 'smb'
  const revenue = chance.between(2, scale === 'ka' ? 900 : 80)
  return {
    name,
    legalName,
    kind: 'company',
    scale,
    region: chinese ? (['广州', '深圳', '佛山', '东莞', '厦门'].includes(city) ? '华南' : '华东') : '海外',
    address: chinese
      ? `${city}市${chance.pick(['滨江', '高新', '江北', '工业园'])}区${chance.between(1, 300)}号`
      : `${chance.between(1, 220)} ${chance.pick(['Quay', 'Mill', 'Station', 'Market'])} Street, ${city}`,
    industry: chance.pick(chinese ? industryOf.zh : industryOf.en),
    source: chance.pick(['event', 'referral', 'website', 'own_media', 'outbound', 'partner']),
    valueTier: chance.weighted({ 'V-A': 25, 'V-B': 28, 'V-C': 24, 'V-D': 13, 'V-E': 7, 'V-S': 3 }),
    milestoneLevel: chance.weighted({ 'M-D': 2, 'M-C': 4, 'M-B': 3, 'M-A': 3 }),
    side: 'demand',
    phone: phone(chance, chinese),
    email: `${chinese ? 'caigou' : 'purchasing'}@${domain}`,
    website: `https://${domain}`,
    employees: chance.between(8, scale === 'ka' ? 4000 : 240),
    annualRevenue: { minor: revenue * 100_000_000, currency: chinese ? 'CNY' : 'USD' },
    foundedYear: chance.between(1988, 2021),
    tags: chance.chance(0.2) ? [chance.pick(['vip', 'partner', 'reference', 'at_risk', 'seasonal'] as const)] : [],
  }
}

function contactValues({ chance }: World, { chinese, domain }: MadeCompany, place: number): NewRecord<Contact> {
  const { name, spelt } = chinese ? chinesePerson(chance) : westernPerson(chance)
  const part = place === 0 ? chance.between(0, 1) : chance.between(2, 4)
  return {
    name,
    title: (chinese ? titles.zh : titles.en)[part],
    role: roles[part],
    isKeyPerson: place === 0,
    phone: phone(chance, chinese),
    email: `${spelt}@${domain}`,
  }
}

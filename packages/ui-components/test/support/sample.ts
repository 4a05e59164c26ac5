import type { CrmRecord, Person } from '../../src/client/types.ts'

const DAY = 86_400_000

/** The people of the sample. */
export const people: readonly Person[] = [
  { id: 'u-li', name: '李蔚然' },
  { id: 'u-wang', name: '王璟' },
  { id: 'u-zhao', name: '赵一鸣' },
  { id: 'u-chen', name: '陈思远' },
  { id: 'u-sun', name: '孙悦' },
  { id: 'u-zhou', name: '周楠' },
  { id: 'u-lin', name: '林可' },
  { id: 'u-ana', name: 'Ana Duarte' },
]

const stages = [
  ['s1', '初步接触', 'First contact', 10, 'open', 14],
  ['s2', '需求确认', 'Qualified', 30, 'open', 14],
  ['s3', '方案报价', 'Proposal', 60, 'open', 10],
  ['s4', '商务谈判', 'Negotiation', 90, 'open', 10],
  ['s5', '赢单', 'Won', 100, 'won', 0],
  ['s6', '输单', 'Lost', 0, 'lost', 0],
] as const

const named = [
  ['星桥软件', '协同办公 80 席', 's1', 96_000, 12, 1, 'u-lin', 'software'],
  ['Norhaven Trading', '跨境履约看板 · APAC pilot', 's1', 180_000, 45, 3, 'u-li', 'logistics'],
  ['禾木家居', '门店客户管理 · 12 店', 's1', 72_000, 30, 11, 'u-zhou', 'retail'],
  ['瀚海冷链物流（苏州）', '车队与客户对账一体化', 's1', 240_000, 60, 6, 'u-chen', 'logistics'],
  ['云杉智造', '二期：设备台账与售后工单', 's2', 480_000, 16, 2, 'u-li', 'manufacturing'],
  ['青禾医疗', '院外随访 · 三家医院试点', 's2', 320_000, 28, 8, 'u-sun', 'medical'],
  ['Kestrel Robotics', 'Service contracts, China entity', 's2', 264_000, 40, 4, 'u-wang', 'manufacturing'],
  ['睿科检测', '报告交付与回款跟踪', 's2', 288_000, 27, 1, 'u-chen', 'medical'],
  ['北辰物流', '干线运力撮合平台 · 需求侧', 's2', 156_000, 20, 16, 'u-zhao', 'logistics'],
  ['澄明光电', '渠道返利与合同管理', 's3', 560_000, 13, 3, 'u-wang', 'manufacturing'],
  ['Alder & Pine', 'Showroom CRM, 40 seats', 's3', 198_000, 19, 4, 'u-lin', 'retail'],
  ['汉唐新材', '样品申请到订单全流程', 's3', 412_000, 22, 8, 'u-li', 'manufacturing'],
  ['云帆教育', '校区续费与转介绍', 's3', 130_000, -4, 5, 'u-zhou', 'education'],
  ['蓝湾港务', '集团版 · 4 家子公司', 's4', 1_280_000, 1, 2, 'u-li', 'logistics'],
  ['Meridian Freight', 'Renewal + 60 seats', 's4', 345_000, 8, 3, 'u-wang', 'logistics'],
  ['德润食品', '经销商订货与客诉', 's4', 226_000, 15, 6, 'u-sun', 'retail'],
] as const

const parts = ['华信', '远景', '盛和', '东方', '启明', '长青', '天工', '海纳', '中科', '新源', '安泰', '博远']
const trades = ['科技', '智能', '物流', '医疗', '食品', '新材', '电子', '环保', '制药', '装备']
const topics = ['客户管理一期', '售后工单', '渠道订货', '移动外勤', '合同回款', '数据看板', '会员运营', '设备巡检']

/** Records by object, written around `now`; `deals` of them are made up beside the named ones. */
export function sampleRecords(now: number, deals = 40): Record<string, CrmRecord[]> {
  const at = (days: number) => now - days * DAY
  const date = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 10)
  const stamp = (id: string, days: number, ownerId: string) => ({
    id,
    version: 1,
    createdAt: at(days + 40),
    createdBy: 'u-wang',
    updatedAt: at(days),
    updatedBy: 'u-li',
    deletedAt: null,
    ownerId,
    teamId: null,
    custom: {},
  })
  const made = Array.from({ length: deals }, (_, index) => {
    const name = `${parts[index % parts.length]}${trades[(index * 7) % trades.length]}`
    const stage = stages[index % 10 < 6 ? 0 : (index % 5) + 1]?.[0] ?? 's1'
    return [
      name,
      `${topics[index % topics.length]} · ${index + 1} 期`,
      stage,
      40_000 + ((index * 37) % 60) * 10_000,
      (index % 50) - 3,
      index % 20,
      people[index % 7]?.id ?? 'u-li',
      'software',
    ] as const
  })
  const all = [...named, ...made]
  const names = [...new Set(all.map(([name]) => name))]
  const customers = names.map((name, index) => {
    const [, , , amount = 0, , days = 0, owner = 'u-li', industry = 'software'] = all.find(([one]) => one === name) ?? []
    return {
      ...stamp(`c${index}`, days, owner),
      name,
      kind: 'company',
      valueTier: ['V-A', 'V-C', 'V-E', 'V-S'][index % 4],
      milestoneLevel: index % 2 === 0 ? 'M-A' : 'M-B',
      industry,
      scale: index % 3 === 0 ? 'ka' : 'smb',
      phone: `+86138${String(10_000_000 + index * 8_137).slice(0, 8)}`,
      email: `contact${index}@example.com`,
      employees: 40 + index * 13,
      annualRevenue: { minor: amount * 250, currency: index % 9 === 1 ? 'USD' : 'CNY' },
      signedAt: index % 4 === 3 ? null : at(days * 9 + 20),
      tags: index % 2 === 0 ? ['port', 'frame'] : ['mes'],
    }
  })
  const deal = all.map(([name, title, stageId, amount, due, idle, ownerId], index) => ({
    ...stamp(`d${index}`, idle, ownerId),
    name: title,
    customerId: `c${names.indexOf(name)}`,
    pipelineId: 'p1',
    stageId,
    amount: { minor: amount * 100, currency: index === 1 || index === 6 ? 'USD' : 'CNY' },
    closeDate: date(due),
    probability: null,
    priority: index % 5 === 0 ? 'high' : 'normal',
    status: stageId === 's5' ? 'won' : stageId === 's6' ? 'lost' : 'open',
    source: ['exhibition', 'website', 'referral', 'phone'][index % 4],
    needs: ['crm', 'service'],
    productIds: index % 2 === 0 ? ['pr1', 'pr2'] : ['pr1'],
    competitor: null,
    lostReason: null,
    description: '三条产线共用一套设备台账，售后工单需要回到客户档案。',
    stageSince: at(idle + 1),
    lastProgressAt: at(idle),
    custom: { budgetApproved: index % 3 === 0, demoAt: at(-3), discount: '0.95' },
  }))
  const activity = deal.flatMap((one, index) =>
    [index % 4, 9 + index].map((ago, at) => ({
      ...stamp(`a${index}-${at}`, ago, one.ownerId as string),
      summary: at === 0 ? '电话跟进' : '上门拜访',
      dealId: one.id,
      occurredAt: now - ago * DAY,
      kind: at === 0 ? 'call' : 'visit',
      durationSec: 600 * (at + 1),
    })),
  )
  return {
    deal,
    activity,
    customer: customers,
    product: [
      { ...stamp('pr1', 90, 'u-li'), name: 'Guanxi 标准版' },
      { ...stamp('pr2', 90, 'u-li'), name: '实施服务 · 10 人天' },
    ],
    pipeline: [
      { ...stamp('p1', 200, 'u-li'), name: '新签', nameEn: 'New business', order: 1, isDefault: true },
      { ...stamp('p2', 200, 'u-li'), name: '续约', nameEn: 'Renewals', order: 2, isDefault: false },
    ],
    stage: [
      ...stages.map(([id, name, nameEn, probability, outcome, idleLimitDays], order) => ({
        ...stamp(id, 200, 'u-li'),
        pipelineId: 'p1',
        name,
        nameEn,
        order,
        probability,
        outcome,
        idleLimitDays,
      })),
      {
        ...stamp('r1', 200, 'u-li'),
        pipelineId: 'p2',
        name: '续约洽谈',
        nameEn: 'Renewing',
        order: 0,
        probability: 70,
        outcome: 'open',
        idleLimitDays: 30,
      },
    ],
  }
}

import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { industries } from '../industry.ts'
import { sources } from '../source.ts'
import { option, says, words } from '../words.ts'

/** Only companies have a register, staff and revenue. */
const companyOnly = { hidden: { '===': [{ var: 'kind' }, 'person'] } } as const

const customerDefinition = defineObject(
  'customer',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('名称', 'Name', '日常使用的名称。', 'The name in daily use.') },
      legalName: {
        kind: 'text',
        maxLength: 200,
        search: true,
        when: companyOnly,
        ...says('法定名称', 'Legal name', '营业执照上的名称。', 'The name in the register.'),
      },
      kind: {
        kind: 'choice',
        default: 'company',
        options: [option('company', '企业', 'Company'), option('person', '个人', 'Person')],
        ...says('类型', 'Kind', '企业或个人。', 'A company or a person.'),
      },
      uscc: {
        kind: 'text',
        maxLength: 18,
        index: true,
        search: true,
        when: companyOnly,
        ...says(
          '统一社会信用代码',
          'USCC',
          '十八位，最后一位是校验码。',
          'Unified social credit code: 18 characters, the last one checks the others.',
        ),
      },
      phone: { kind: 'phone', search: true, ...says('电话', 'Phone', '总机或主要电话。', 'Switchboard or main number.') },
      email: { kind: 'email', search: true, ...says('邮箱', 'E-mail', '主要的邮箱地址。', 'The main e-mail address.') },
      website: { kind: 'url', ...says('网站', 'Website', '官方网站。', 'The official site.') },
      address: { kind: 'text', maxLength: 500, ...says('地址', 'Address', '办公或送货地址。', 'Office or delivery address.') },
      region: { kind: 'text', maxLength: 100, index: true, ...says('区域', 'Region', '销售区域。', 'Sales region.') },
      industry: {
        kind: 'choice',
        index: true,
        options: industries,
        ...says('行业', 'Industry', '所属行业。', 'Industry of the customer.'),
      },
      scale: {
        kind: 'choice',
        options: [option('ka', '大客户', 'Key account'), option('smb', '中小客户', 'Small or medium')],
        ...says('客户规模', 'Scale', '大客户或中小客户。', 'Key account, or small and medium business.'),
      },
      valueTier: {
        kind: 'choice',
        index: true,
        options: [
          option('V-A', 'V-A 潜在', 'V-A prospect'),
          option('V-B', 'V-B 首单', 'V-B first order'),
          option('V-C', 'V-C 成长', 'V-C growing'),
          option('V-D', 'V-D 高价值', 'V-D high value'),
          option('V-E', 'V-E 高价值高频', 'V-E high value, high frequency'),
          option('V-S', 'V-S 头部', 'V-S head'),
        ],
        ...says('值级', 'Value tier', '按价值和频次；V-A 最低，V-S 最高。', 'By value and frequency; V-A is lowest, V-S highest.'),
      },
      milestoneLevel: {
        kind: 'choice',
        options: [
          option('M-D', 'M-D 线索', 'M-D lead'),
          option('M-C', 'M-C 接触', 'M-C contact'),
          option('M-B', 'M-B 方案', 'M-B proposal'),
          option('M-A', 'M-A 合同', 'M-A contract'),
        ],
        ...says('程级', 'Milestone level', '按进程；M-D 是线索，M-A 是合同。', 'By progress; M-D is a lead, M-A a contract.'),
      },
      side: {
        kind: 'choice',
        options: [option('demand', '需求方', 'Demand'), option('supply', '供给方', 'Supply'), option('both', '双方', 'Both')],
        ...says('市场方', 'Side', '双边市场中的位置。', 'Side of a two-sided market.'),
      },
      parentId: { kind: 'reference', to: 'customer', ...says('上级客户', 'Parent', '所属的母公司。', 'The company it belongs to.') },
      familyId: {
        kind: 'text',
        maxLength: 100,
        index: true,
        ...says('集团', 'Family', '同一集团的客户写同一个标识。', 'Customers of one group share one mark.'),
      },
      employees: {
        kind: 'integer',
        minimum: 0,
        when: companyOnly,
        ...says('员工人数', 'Employees', '大约的人数。', 'Roughly how many people.'),
      },
      annualRevenue: { kind: 'money', when: companyOnly, ...says('年营业额', 'Annual revenue', '最近一年。', 'Of the last year.') },
      foundedYear: {
        kind: 'integer',
        minimum: 1000,
        maximum: 2200,
        when: companyOnly,
        ...says('成立年份', 'Founded', '四位年份。', 'Year, four digits.'),
      },
      source: { kind: 'choice', options: sources, ...says('来源', 'Source', '客户从哪里来。', 'Where the customer came from.') },
      signedAt: { kind: 'instant', ...says('成交时间', 'Signed', '首次成交的时间。', 'When the first business was signed.') },
      protectedUntil: {
        kind: 'instant',
        readOnly: true,
        ...says('保护到期', 'Protected until', '到期前不会退回公海。', 'It stays out of the pool until then.'),
      },
      lockState: {
        kind: 'choice',
        readOnly: true,
        default: 'open',
        options: [option('open', '未锁定', 'Open'), option('locked', '锁定', 'Locked')],
        ...says('锁定', 'Lock', '锁定后不参与自动流转。', 'Automatic moves leave a locked customer alone.'),
      },
      tags: {
        kind: 'multiChoice',
        options: [
          option('vip', '重点关注', 'VIP'),
          option('partner', '合作伙伴', 'Partner'),
          option('reference', '标杆客户', 'Reference'),
          option('at_risk', '有流失风险', 'At risk'),
          option('seasonal', '季节性采购', 'Seasonal buyer'),
        ],
        ...says('标签', 'Tags', '可以选多个。', 'Several may be chosen.'),
      },
      description: { kind: 'longText', ...says('备注', 'Notes', '团队应当知道的事。', 'What the team should know.') },
      contacts: {
        kind: 'children',
        to: 'contact',
        by: 'customerId',
        ...says('联系人', 'Contacts', '客户的联系人。', 'The customer’s contacts.'),
      },
      deals: { kind: 'children', to: 'deal', by: 'customerId', ...says('商机', 'Deals', '客户的商机。', 'The customer’s deals.') },
      openDeals: {
        kind: 'integer',
        formula: { logic: { count: [{ var: 'deals' }, { '===': [{ var: 'status' }, 'open'] }] } },
        ...says('进行中的商机', 'Open deals', '您能看到的、还没有结果的商机数。', 'How many deals that you may see are still open.'),
      },
      wonValue: {
        kind: 'money',
        formula: {
          logic: { sum: [{ var: 'deals' }, { inCurrency: [{ var: 'amount' }, 'CNY'] }, { '===': [{ var: 'status' }, 'won'] }] },
          currency: 'CNY',
        },
        ...says(
          '赢单金额（人民币）',
          'Won value (CNY)',
          '您能看到的、以人民币计的赢单合计。',
          'What deals in CNY that you may see have brought.',
        ),
      },
      activities: {
        kind: 'children',
        to: 'activity',
        by: 'subject',
        ...says('活动记录', 'Activities', '与客户的往来。', 'What happened with the customer.'),
      },
    },
  },
  {
    label: words('客户', 'Customer'),
    pluralLabel: words('客户', 'Customers'),
    help: words('与我们有生意往来或正在洽谈的企业或个人。', 'A company or person we do business or talk with.'),
    nameField: 'name',
    boards: ['valueTier'],
    columns: ['name', 'industry', 'region', 'valueTier', 'phone', 'ownerId', 'updatedAt'],
    indexes: [['ownerId', 'name']],
    sections: [
      {
        label: words('基本信息', 'Basics'),
        fields: ['name', 'legalName', 'kind', 'uscc', 'industry', 'region', 'source', 'ownerId', 'tags'],
      },
      { label: words('联系方式', 'Contact'), fields: ['phone', 'email', 'website', 'address'] },
      { label: words('规模', 'Size'), fields: ['scale', 'employees', 'annualRevenue', 'foundedYear', 'parentId', 'familyId'] },
      {
        label: words('分级', 'Levels'),
        fields: ['valueTier', 'milestoneLevel', 'side', 'openDeals', 'wonValue', 'signedAt', 'protectedUntil', 'lockState'],
      },
      { label: words('备注', 'Notes'), fields: ['description'] },
    ],
  },
)

/** 客户: a company or person we do business or talk with. */
export interface Customer extends RecordOf<typeof customerDefinition> {}

export const customer: ObjectHandle<Customer> = customerDefinition

import type { FieldKind, FieldView, ObjectView, Words } from '../../src/client/types.ts'

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en })
const ALL = ['read', 'create', 'update', 'delete', 'restore', 'import']
const sortable = new Set<FieldKind>([
  'text',
  'integer',
  'number',
  'decimal',
  'money',
  'boolean',
  'date',
  'instant',
  'choice',
  'reference',
  'user',
])

const groupable = new Set<FieldKind>(['text', 'integer', 'boolean', 'date', 'choice', 'reference', 'user'])
const ordered = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'isNull']
const texts = ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull']
const chosen = ['eq', 'ne', 'in', 'isNull']
const several = ['hasAny', 'hasAll', 'hasNone']
const operators: Partial<Record<FieldKind, readonly string[]>> = {
  text: texts,
  longText: ['contains', 'isNull'],
  phone: texts,
  email: texts,
  url: ['eq', 'ne', 'contains', 'startsWith', 'isNull'],
  integer: ordered,
  number: ordered,
  decimal: ordered,
  date: ordered,
  instant: ordered,
  money: ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'isNull'],
  boolean: ['eq', 'ne', 'isNull'],
  choice: chosen,
  reference: chosen,
  user: chosen,
  multiChoice: several,
  links: several,
}

function field(name: string, kind: FieldKind, zh: string, en: string, more: Partial<FieldView> = {}): FieldView {
  return {
    name,
    kind,
    label: words(zh, en),
    layer: 'object',
    author: 'standard',
    sortable: sortable.has(kind),
    groupable: groupable.has(kind),
    operators: operators[kind] ?? [],
    ...more,
  }
}

function options(...list: readonly (readonly [string, string, string])[]): Pick<FieldView, 'options'> {
  return { options: list.map(([value, zh, en]) => ({ value, label: words(zh, en) })) }
}

const system: readonly FieldView[] = [
  field('id', 'text', '编号', 'ID', { layer: 'system', readOnly: true }),
  field('version', 'integer', '版本', 'Version', { layer: 'system', readOnly: true }),
  field('createdAt', 'instant', '创建时间', 'Created', { layer: 'system', readOnly: true }),
  field('createdBy', 'user', '创建人', 'Created by', { layer: 'system', readOnly: true }),
  field('updatedAt', 'instant', '更新时间', 'Updated', { layer: 'system', readOnly: true }),
  field('updatedBy', 'user', '更新人', 'Updated by', { layer: 'system', readOnly: true }),
  field('ownerId', 'user', '负责人', 'Owner', { layer: 'system' }),
]

const deal: ObjectView = {
  name: 'deal',
  label: words('商机', 'deal'),
  pluralLabel: words('商机', 'Deals'),
  nameField: 'name',
  columns: ['name', 'customerId', 'stageId', 'amount', 'closeDate', 'status', 'ownerId', 'updatedAt'],
  boards: ['stageId', 'status'],
  permissions: ALL,
  sections: [
    { label: words('商机', 'Deal'), fields: ['name', 'customerId', 'ownerId', 'amount', 'closeDate', 'source'] },
    { label: words('进展', 'Progress'), fields: ['pipelineId', 'stageId', 'probability', 'priority', 'competitor', 'lostReason'] },
    { label: words('内容', 'Contents'), fields: ['productIds', 'needs', 'description'] },
  ],
  fields: [
    ...system,
    field('name', 'text', '商机名称', 'Name', { required: true, maxLength: 80, search: true }),
    field('customerId', 'reference', '客户', 'Customer', { to: 'customer' }),
    field('pipelineId', 'reference', '销售管道', 'Pipeline', { to: 'pipeline' }),
    field('stageId', 'reference', '阶段', 'Stage', { to: 'stage' }),
    field('amount', 'money', '预计金额', 'Amount', { summable: true }),
    field('closeDate', 'date', '预计成交', 'Close date'),
    field('probability', 'integer', '把握', 'Probability', {
      minimum: 0,
      maximum: 100,
      help: words('留空则按阶段的默认值', 'Empty: the stage’s default'),
    }),
    field('priority', 'choice', '优先级', 'Priority', {
      required: true,
      default: 'normal',
      ...options(['low', '低', 'Low'], ['normal', '普通', 'Normal'], ['high', '高', 'High']),
    }),
    field('status', 'choice', '状态', 'Status', {
      readOnly: true,
      ...options(['open', '进行中', 'Open'], ['won', '赢单', 'Won'], ['lost', '输单', 'Lost']),
    }),
    field('competitor', 'text', '竞争对手', 'Competitor'),
    field('lostReason', 'text', '输单原因', 'Lost reason'),
    field(
      'source',
      'choice',
      '来源',
      'Source',
      options(
        ['exhibition', '展会', 'Trade fair'],
        ['website', '官网', 'Website'],
        ['referral', '转介绍', 'Referral'],
        ['phone', '电话', 'Phone'],
        ['partner', '渠道伙伴', 'Partner'],
      ),
    ),
    field(
      'needs',
      'multiChoice',
      '需求',
      'Needs',
      options(
        ['crm', '客户管理', 'CRM'],
        ['service', '售后工单', 'Service'],
        ['report', '报表', 'Reporting'],
        ['mobile', '移动端', 'Mobile'],
        ['integration', '系统对接', 'Integration'],
      ),
    ),
    field('productIds', 'links', '产品', 'Products', { to: 'product' }),
    field('activities', 'children', '活动记录', 'Activities', { to: 'activity', by: 'dealId', readOnly: true }),
    field('description', 'longText', '说明', 'Description', { maxLength: 2000 }),
    field('stageSince', 'instant', '进入阶段', 'In stage since', { readOnly: true }),
    field('lastProgressAt', 'instant', '最近进展', 'Last progress', { readOnly: true }),
    field('custom.budgetApproved', 'boolean', '预算已批', 'Budget approved', { layer: 'tenant', author: 'tenant' }),
    field('custom.demoAt', 'instant', '演示时间', 'Demo at', { layer: 'tenant', author: 'tenant' }),
    field('custom.discount', 'decimal', '折扣率', 'Discount', {
      layer: 'tenant',
      author: 'tenant',
      scale: 2,
      minimum: 0,
      maximum: 1,
      help: words('0 到 1 之间，两位小数', 'Between 0 and 1, two decimals'),
    }),
  ],
}

const activity: ObjectView = {
  name: 'activity',
  label: words('活动记录', 'activity'),
  pluralLabel: words('活动记录', 'Activities'),
  nameField: 'summary',
  permissions: ALL,
  fields: [
    ...system,
    field('summary', 'text', '摘要', 'Summary'),
    field('dealId', 'reference', '商机', 'Deal', { to: 'deal' }),
    field('occurredAt', 'instant', '发生时间', 'When'),
    field('kind', 'choice', '方式', 'Kind', options(['call', '电话', 'Call'], ['visit', '拜访', 'Visit'])),
    field('durationSec', 'integer', '时长', 'Duration', { minimum: 0 }),
  ],
}

const customer: ObjectView = {
  name: 'customer',
  label: words('客户', 'customer'),
  pluralLabel: words('客户', 'Customers'),
  nameField: 'name',
  columns: [
    'name',
    'valueTier',
    'milestoneLevel',
    'scale',
    'industry',
    'phone',
    'annualRevenue',
    'employees',
    'signedAt',
    'ownerId',
    'tags',
  ],
  boards: [],
  permissions: ALL,
  sections: [
    { label: words('公司', 'Company'), fields: ['name', 'kind', 'uscc', 'industry', 'scale', 'website', 'address'] },
    { label: words('联系方式', 'Contact'), fields: ['phone', 'email'] },
    { label: words('规模与归属', 'Size and owner'), fields: ['employees', 'annualRevenue', 'signedAt', 'ownerId', 'tags'] },
  ],
  fields: [
    ...system,
    field('name', 'text', '公司名称', 'Name', { required: true, maxLength: 120, search: true }),
    field('kind', 'choice', '类型', 'Kind', {
      required: true,
      default: 'company',
      ...options(['company', '公司', 'Company'], ['person', '个人', 'Person']),
    }),
    field('uscc', 'text', '统一社会信用代码', 'Credit code', { unique: true, minLength: 18, maxLength: 18 }),
    field('phone', 'phone', '电话', 'Phone', { search: true }),
    field('email', 'email', '邮箱', 'E-mail'),
    field('website', 'url', '官网', 'Website'),
    field(
      'industry',
      'choice',
      '行业',
      'Industry',
      options(
        ['software', '软件与信息服务', 'Software'],
        ['manufacturing', '装备制造', 'Manufacturing'],
        ['logistics', '物流', 'Logistics'],
        ['medical', '医疗', 'Medical'],
        ['retail', '零售', 'Retail'],
        ['education', '教育', 'Education'],
      ),
    ),
    field(
      'valueTier',
      'choice',
      '值级',
      'Value tier',
      options(
        ['V-A', 'V-A 潜在', 'V-A prospect'],
        ['V-C', 'V-C 成长', 'V-C growing'],
        ['V-E', 'V-E 高价高频', 'V-E frequent'],
        ['V-S', 'V-S 头部', 'V-S key'],
      ),
    ),
    field('milestoneLevel', 'choice', '程级', 'Milestone', options(['M-A', 'M-A 合同', 'M-A contract'], ['M-B', 'M-B 商机', 'M-B deal'])),
    field('scale', 'choice', '规模', 'Scale', options(['ka', '大客户', 'Key account'], ['smb', '中小客户', 'SMB'])),
    field('address', 'text', '地址', 'Address'),
    field('deals', 'children', '商机', 'Deals', { to: 'deal', by: 'customerId', readOnly: true }),
    field('employees', 'integer', '员工人数', 'Employees', { minimum: 0 }),
    field('annualRevenue', 'money', '近 365 天成交', 'Revenue, 365 days', { summable: true }),
    field('signedAt', 'instant', '首次签约', 'First signed'),
    field(
      'tags',
      'multiChoice',
      '标签',
      'Tags',
      options(['port', '港口', 'Port'], ['renewal', 'Renewal', 'Renewal'], ['mes', 'MES', 'MES'], ['frame', '年框', 'Frame contract']),
    ),
  ],
}

const small = (name: string, zh: string, en: string, fields: readonly FieldView[]): ObjectView => ({
  name,
  label: words(zh, en.toLowerCase()),
  pluralLabel: words(zh, `${en}s`),
  nameField: 'name',
  permissions: ALL,
  fields: [...system, field('name', 'text', '名称', 'Name', { required: true, search: true }), ...fields],
})

/** Definitions as a server sends them: a part of the standard objects, every kind of field among them. */
export const definitions: readonly ObjectView[] = [
  deal,
  customer,
  activity,
  small('product', '产品', 'Product', []),
  small('pipeline', '销售管道', 'Pipeline', [field('order', 'integer', '顺序', 'Order'), field('isDefault', 'boolean', '默认', 'Default')]),
  small('stage', '阶段', 'Stage', [
    field('nameEn', 'text', '英文名称', 'English name'),
    field('pipelineId', 'reference', '销售管道', 'Pipeline', { to: 'pipeline' }),
    field('order', 'integer', '顺序', 'Order'),
    field('probability', 'integer', '概率', 'Probability'),
  ]),
  small('segment', '细分', 'Segment', [
    field('object', 'text', '对象', 'Object', { required: true }),
    field('condition', 'longText', '条件', 'Condition', { required: true }),
    field('shared', 'boolean', '共享', 'Shared'),
  ]),
  small('saved_view', '视图', 'View', [
    field('object', 'text', '对象', 'Object', { required: true }),
    field('shared', 'boolean', '共享', 'Shared'),
    field('settings', 'longText', '设置', 'Settings'),
  ]),
]

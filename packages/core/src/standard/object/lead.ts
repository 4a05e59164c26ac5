import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { industries } from '../industry.ts'
import { sources } from '../source.ts'
import { option, says, words } from '../words.ts'

const leadDefinition = defineObject(
  'lead',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: {
        kind: 'text',
        maxLength: 200,
        search: true,
        ...says('姓名', 'Name', '联系人的姓名；不知道时写公司名。', 'Name of the person; the company where it is not known.'),
      },
      companyName: { kind: 'text', maxLength: 200, search: true, ...says('公司', 'Company', '所在公司的名称。', 'Name of the company.') },
      title: { kind: 'text', maxLength: 100, ...says('职务', 'Job title', '在公司里的职务。', 'Position in the company.') },
      phone: { kind: 'phone', search: true, ...says('电话', 'Phone', '主要的联系电话。', 'The main phone number.') },
      email: { kind: 'email', search: true, ...says('邮箱', 'E-mail', '主要的邮箱地址。', 'The main e-mail address.') },
      address: { kind: 'text', maxLength: 500, ...says('地址', 'Address', '通讯或上门地址。', 'Where to write or visit.') },
      status: {
        kind: 'choice',
        index: true,
        default: 'raw',
        options: [
          option('raw', '待清洗', 'Raw'),
          option('pooled', '公海中', 'In the pool'),
          option('owned', '已归属', 'Owned'),
          option('following', '跟进中', 'Following'),
          option('converted', '已转化', 'Converted'),
          option('invalid', '无效', 'Invalid'),
          option('quarantined', '隔离', 'Quarantined'),
          option('duplicate', '重复', 'Duplicate'),
        ],
        ...says('状态', 'Status', '线索走到哪一步；只能按规定的路径变动。', 'How far the lead has come; it moves along fixed paths only.'),
      },
      grade: {
        kind: 'choice',
        options: [
          option('excellent', '优质', 'Excellent'),
          option('good', '良好', 'Good'),
          option('fair', '一般', 'Fair'),
          option('poor', '较差', 'Poor'),
        ],
        ...says('分级', 'Grade', '线索的质量。', 'Quality of the lead.'),
      },
      urgency: {
        kind: 'choice',
        default: 'normal',
        options: [option('low', '不急', 'Low'), option('normal', '一般', 'Normal'), option('high', '紧急', 'High')],
        ...says('紧急程度', 'Urgency', '对方多久内需要答复。', 'How soon an answer is needed.'),
      },
      needType: { kind: 'text', maxLength: 100, ...says('需求类型', 'Need', '对方想要什么。', 'What they are looking for.') },
      industry: { kind: 'choice', options: industries, ...says('行业', 'Industry', '公司所属的行业。', 'Industry of the company.') },
      companySize: {
        kind: 'choice',
        options: [
          option('1-20', '1–20 人', '1–20 people'),
          option('21-100', '21–100 人', '21–100 people'),
          option('101-500', '101–500 人', '101–500 people'),
          option('501-2000', '501–2,000 人', '501–2,000 people'),
          option('2001+', '2,000 人以上', 'Over 2,000 people'),
        ],
        ...says('规模', 'Company size', '公司的人数。', 'Number of people in the company.'),
      },
      source: { kind: 'choice', options: sources, ...says('来源', 'Source', '线索从哪里来。', 'Where the lead came from.') },
      channel: {
        kind: 'text',
        maxLength: 200,
        ...says('渠道', 'Channel', '具体的渠道，如展会或广告名称。', 'The channel in detail, e.g. the fair or the ad.'),
      },
      description: { kind: 'longText', ...says('说明', 'Description', '需求和背景。', 'Needs and background.') },
      invalidReason: {
        kind: 'choice',
        options: [
          option('wrong_number', '空号或错号', 'Wrong number'),
          option('unreachable', '多次联系不上', 'Could not be reached'),
          option('no_need', '没有需求', 'No need'),
          option('out_of_area', '不在服务范围', 'Outside our area'),
          option('competitor', '同行', 'Competitor'),
          option('test_data', '测试或虚假信息', 'Test or false data'),
          option('other', '其他', 'Other'),
        ],
        ...says('无效原因', 'Reason it is invalid', '标为无效时必填。', 'Needed to mark the lead as invalid.'),
      },
      duplicateOfId: {
        kind: 'reference',
        to: 'lead',
        ...says('重复于', 'Duplicate of', '与哪条线索重复。', 'The lead this one repeats.'),
      },
      receivedAt: {
        kind: 'instant',
        index: true,
        ...says('入库时间', 'Received', '收到线索的时间；不填为现在。', 'When the lead came in; now unless given.'),
      },
      statusSince: {
        kind: 'instant',
        readOnly: true,
        ...says('状态起始', 'In status since', '进入当前状态的时间。', 'When it entered its status.'),
      },
      ownedSince: {
        kind: 'instant',
        readOnly: true,
        ...says('归属起始', 'Owned since', '归属当前负责人的时间。', 'When the present owner got it.'),
      },
      firstValidFollowUpAt: {
        kind: 'instant',
        readOnly: true,
        ...says(
          '首次有效跟进',
          'First follow-up',
          '当前负责人首次有效跟进的时间。',
          'When the present owner first followed up with a result.',
        ),
      },
      cycleNo: {
        kind: 'integer',
        readOnly: true,
        default: 1,
        ...says('轮次', 'Cycle', '第几次被激活。', 'How many times it was activated.'),
      },
      returnCount: {
        kind: 'integer',
        readOnly: true,
        default: 0,
        ...says('退回次数', 'Returns', '退回公海的次数。', 'How often it went back to the pool.'),
      },
      dealName: {
        kind: 'text',
        maxLength: 200,
        ...says(
          '商机名称',
          'Deal name',
          '填写后，转化时会同时建立这个商机。',
          'Fill it in, and conversion also opens a deal of this name.',
        ),
      },
      expectedAmount: {
        kind: 'money',
        ...says('预计金额', 'Expected amount', '转化时写入商机的金额。', 'Amount given to the deal at conversion.'),
      },
      expectedCloseDate: {
        kind: 'date',
        ...says('预计成交日', 'Expected close date', '转化时写入商机的日期。', 'Close date given to the deal at conversion.'),
      },
      convertedCustomerId: {
        kind: 'reference',
        to: 'customer',
        ...says(
          '转化的客户',
          'Converted to customer',
          '转化前选择已有客户；不选则新建。',
          'Choose an existing customer before converting; a new one is made otherwise.',
        ),
      },
      convertedContactId: {
        kind: 'reference',
        to: 'contact',
        ...says(
          '转化的联系人',
          'Converted to contact',
          '转化前选择已有联系人；不选则新建。',
          'Choose an existing contact before converting; a new one is made otherwise.',
        ),
      },
      convertedDealId: {
        kind: 'reference',
        to: 'deal',
        readOnly: true,
        ...says('转化的商机', 'Converted to deal', '转化时建立的商机。', 'The deal opened by the conversion.'),
      },
      createdByConversion: {
        kind: 'multiChoice',
        readOnly: true,
        options: [option('customer', '客户', 'Customer'), option('contact', '联系人', 'Contact'), option('deal', '商机', 'Deal')],
        ...says('转化时新建', 'Made by conversion', '撤销转化时会删除这些记录。', 'Undoing the conversion removes these records.'),
      },
      activities: {
        kind: 'children',
        to: 'activity',
        by: 'subject',
        ...says('活动记录', 'Activities', '线索上的往来。', 'What happened on the lead.'),
      },
    },
  },
  {
    label: words('线索', 'Lead'),
    pluralLabel: words('线索', 'Leads'),
    help: words('可能成为客户、还没有确认的人或公司。', 'A person or company that may become a customer.'),
    nameField: 'name',
    boards: ['status'],
    columns: ['name', 'companyName', 'phone', 'status', 'grade', 'source', 'ownerId', 'receivedAt'],
    indexes: [
      ['status', 'receivedAt'],
      ['status', 'ownerId'],
      ['ownerId', 'statusSince'],
    ],
    sections: [
      { label: words('联系方式', 'Contact'), fields: ['name', 'companyName', 'title', 'phone', 'email', 'address'] },
      {
        label: words('需求', 'Need'),
        fields: ['needType', 'urgency', 'grade', 'industry', 'companySize', 'source', 'channel', 'description'],
      },
      {
        label: words('进展', 'Progress'),
        fields: [
          'status',
          'ownerId',
          'invalidReason',
          'duplicateOfId',
          'receivedAt',
          'statusSince',
          'ownedSince',
          'firstValidFollowUpAt',
          'cycleNo',
          'returnCount',
        ],
      },
      {
        label: words('转化', 'Conversion'),
        fields: [
          'dealName',
          'expectedAmount',
          'expectedCloseDate',
          'convertedCustomerId',
          'convertedContactId',
          'convertedDealId',
          'createdByConversion',
        ],
      },
    ],
  },
)

/** 线索: a person or company that may become a customer. */
export interface Lead extends RecordOf<typeof leadDefinition> {}

export const lead: ObjectHandle<Lead> = leadDefinition

/** Where a lead is in its life. */
export type LeadStatus = NonNullable<Lead['status']>

import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { option, says, words } from '../words.ts'

const contactPointDefinition = defineObject(
  'contact_point',
  {
    type: 'object',
    required: ['kind', 'value', 'subject'],
    properties: {
      kind: {
        kind: 'choice',
        options: [
          option('phone', '电话', 'Phone'),
          option('email', '邮箱', 'E-mail'),
          option('wechat', '微信', 'WeChat'),
          option('address', '地址', 'Address'),
          option('other', '其他', 'Other'),
        ],
        ...says('类型', 'Kind', '哪一种联系方式。', 'What kind of contact point.'),
      },
      value: {
        kind: 'text',
        maxLength: 500,
        search: true,
        ...says('内容', 'Value', '号码、地址或账号。', 'The number, address or account.'),
      },
      normalised: {
        kind: 'text',
        maxLength: 500,
        readOnly: true,
        index: true,
        ...says('标准写法', 'Normalised', '用于查重的统一写法。', 'The one spelling that duplicates are found by.'),
      },
      subject: { kind: 'anyReference', index: true, ...says('属于', 'Belongs to', '线索、客户或联系人。', 'A lead, customer or contact.') },
      isPrimary: { kind: 'boolean', default: false, ...says('首选', 'Preferred', '优先使用。', 'To be used first.') },
      consentState: {
        kind: 'choice',
        default: 'unknown',
        options: [
          option('unknown', '未知', 'Unknown'),
          option('granted', '已同意', 'Granted'),
          option('refused', '已拒绝', 'Refused'),
          option('withdrawn', '已撤回', 'Withdrawn'),
        ],
        ...says('授权', 'Consent', '是否同意通过它联系。', 'Whether they agree to be contacted this way.'),
      },
      consentSource: {
        kind: 'text',
        maxLength: 200,
        ...says('授权来源', 'Consent source', '在哪里、以什么方式同意。', 'Where and how they agreed.'),
      },
      consentAt: { kind: 'instant', ...says('授权时间', 'Consent given', '同意或拒绝的时间。', 'When they agreed or refused.') },
      validFrom: { kind: 'instant', ...says('有效期始', 'Valid from', '从何时起可用。', 'When it became usable.') },
      validTo: { kind: 'instant', ...says('有效期止', 'Valid to', '到何时失效。', 'When it stopped being usable.') },
    },
  },
  {
    label: words('联系方式', 'Contact point'),
    pluralLabel: words('联系方式', 'Contact points'),
    help: words(
      '主要电话和邮箱之外的联系方式，带授权和有效期。',
      'Ways to reach somebody beside the main phone and e-mail, with consent and validity.',
    ),
    nameField: 'value',
    columns: ['value', 'kind', 'subject', 'consentState', 'isPrimary'],
    sections: [
      { label: words('联系方式', 'Contact point'), fields: ['kind', 'value', 'subject', 'isPrimary'] },
      {
        label: words('授权与有效期', 'Consent and validity'),
        fields: ['consentState', 'consentSource', 'consentAt', 'validFrom', 'validTo'],
      },
    ],
  },
)

/** 联系方式: a phone number, e-mail address or account of a lead, customer or contact. */
export interface ContactPoint extends RecordOf<typeof contactPointDefinition> {}

export const contactPoint: ObjectHandle<ContactPoint> = contactPointDefinition

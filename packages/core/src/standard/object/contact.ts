import { defineObject } from '../../object/define-object.ts'
import type { ObjectHandle, RecordOf } from '../../object/handle.ts'
import { option, says, words } from '../words.ts'

const contactDefinition = defineObject(
  'contact',
  {
    type: 'object',
    required: ['name'],
    properties: {
      name: { kind: 'text', maxLength: 200, search: true, ...says('姓名', 'Name', '联系人的姓名。', 'Name of the person.') },
      customerId: {
        kind: 'reference',
        to: 'customer',
        index: true,
        ...says('客户', 'Customer', '主要代表的客户。', 'The customer they mainly stand for.'),
      },
      otherCustomerIds: {
        kind: 'links',
        to: 'customer',
        ...says('其他客户', 'Other customers', '同时代表的其他客户。', 'Further customers they stand for.'),
      },
      title: { kind: 'text', maxLength: 100, ...says('职务', 'Job title', '在客户处的职务。', 'Position at the customer.') },
      department: { kind: 'text', maxLength: 100, ...says('部门', 'Department', '所在部门。', 'Where they work.') },
      role: {
        kind: 'choice',
        options: [
          option('decision_maker', '决策人', 'Decision maker'),
          option('influencer', '影响者', 'Influencer'),
          option('user', '使用者', 'User'),
          option('finance', '财务', 'Finance'),
          option('gatekeeper', '把关人', 'Gatekeeper'),
        ],
        ...says('角色', 'Role', '在采购中的作用。', 'Part they play in buying.'),
      },
      isKeyPerson: {
        kind: 'boolean',
        default: false,
        ...says('关键人', 'Key person', '没有此人点头就不能成交。', 'Nothing is signed without this person.'),
      },
      phone: { kind: 'phone', search: true, ...says('电话', 'Phone', '主要的联系电话。', 'The main phone number.') },
      email: { kind: 'email', search: true, ...says('邮箱', 'E-mail', '主要的邮箱地址。', 'The main e-mail address.') },
      preferences: {
        kind: 'longText',
        maxLength: 2000,
        ...says('偏好', 'Preferences', '喜欢和不喜欢什么，有依据才写。', 'Likes and dislikes, only with evidence.'),
      },
      endedAt: {
        kind: 'instant',
        ...says(
          '离职时间',
          'Left',
          '离开客户的时间；人保留，联系关闭。',
          'When they left the customer; the person stays, the link closes.',
        ),
      },
      description: { kind: 'longText', ...says('备注', 'Notes', '团队应当知道的事。', 'What the team should know.') },
      activities: {
        kind: 'children',
        to: 'activity',
        by: 'subject',
        ...says('活动记录', 'Activities', '与联系人的往来。', 'What happened with the contact.'),
      },
    },
  },
  {
    label: words('联系人', 'Contact'),
    pluralLabel: words('联系人', 'Contacts'),
    help: words('客户一方的人；换了公司也还是同一个人。', 'A person on the customer’s side; changing jobs does not make another person.'),
    nameField: 'name',
    columns: ['name', 'customerId', 'title', 'role', 'phone', 'email', 'ownerId'],
    sections: [
      { label: words('基本信息', 'Basics'), fields: ['name', 'customerId', 'title', 'department', 'role', 'isKeyPerson', 'ownerId'] },
      { label: words('联系方式', 'Contact'), fields: ['phone', 'email'] },
      { label: words('更多', 'More'), fields: ['otherCustomerIds', 'preferences', 'endedAt', 'description'] },
    ],
  },
)

/** 联系人: a person on the customer's side. */
export interface Contact extends RecordOf<typeof contactDefinition> {}

export const contact: ObjectHandle<Contact> = contactDefinition

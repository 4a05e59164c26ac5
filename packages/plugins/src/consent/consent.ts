import { defineObject, type ObjectHandle, type RecordOf } from '@guanxi/core'

const consentDefinition = defineObject(
  'consent',
  {
    type: 'object',
    required: ['subject', 'purpose', 'state', 'source'],
    properties: {
      subject: { kind: 'anyReference', index: true, label: { 'zh-CN': '谁', en: 'Of' } },
      contactPointId: {
        kind: 'reference',
        to: 'contact_point',
        label: { 'zh-CN': '联系方式', en: 'Contact point' },
        help: { 'zh-CN': '不填则适用于所有联系方式。', en: 'Left out = every contact point.' },
      },
      purpose: {
        kind: 'text',
        maxLength: 100,
        label: { 'zh-CN': '用途', en: 'Purpose' },
        help: { 'zh-CN': '如 marketing、service。', en: 'Such as marketing or service.' },
      },
      state: {
        kind: 'choice',
        options: [
          { value: 'granted', label: { 'zh-CN': '已同意', en: 'Granted' } },
          { value: 'refused', label: { 'zh-CN': '已拒绝', en: 'Refused' } },
          { value: 'withdrawn', label: { 'zh-CN': '已撤回', en: 'Withdrawn' } },
        ],
        label: { 'zh-CN': '授权', en: 'Consent' },
      },
      source: {
        kind: 'text',
        maxLength: 200,
        label: { 'zh-CN': '来源', en: 'Source' },
        help: { 'zh-CN': '在哪里、怎样表示的。', en: 'Where and how it was given.' },
      },
      at: { kind: 'instant', label: { 'zh-CN': '时间', en: 'When' } },
      legalBasis: { kind: 'text', maxLength: 200, label: { 'zh-CN': '法律依据', en: 'Legal basis' } },
    },
  },
  {
    label: { 'zh-CN': '授权记录', en: 'Consent' },
    pluralLabel: { 'zh-CN': '授权记录', en: 'Consents' },
    nameField: 'purpose',
    columns: ['subject', 'purpose', 'state', 'source', 'at'],
  },
)

/** 授权: what somebody said about one purpose, once. What they say later is another record. */
export interface Consent extends RecordOf<typeof consentDefinition> {}

export const consent: ObjectHandle<Consent> = consentDefinition

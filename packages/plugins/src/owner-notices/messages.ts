import { defineMessage, type Words } from '@guanxi/core'

const noun = {
  lead: { 'zh-CN': '线索', en: 'lead', many: 'leads' },
  customer: { 'zh-CN': '客户', en: 'customer', many: 'customers' },
  deal: { 'zh-CN': '商机', en: 'deal', many: 'deals' },
} as const

/** What owners are told about. */
export type OwnedObject = keyof typeof noun

/** The two messages of one object: a single record, and many at once. */
export function ownerMessages(object: OwnedObject, channels: readonly string[]) {
  const { 'zh-CN': zh, en, many } = noun[object]
  const label: Words = { 'zh-CN': `分到${zh}`, en: `Given a ${en}` }
  return {
    one: defineMessage(`owner-notices.${object}`, {
      label,
      purpose: 'work',
      data: { name: 'text', by: 'person' },
      title: { 'zh-CN': `{by} 把${zh}「{name}」交给了你`, en: `{by} gave you the ${en} “{name}”` },
      channels,
    }),
    many: defineMessage(`owner-notices.${object}Batch`, {
      label: { 'zh-CN': `分到一批${zh}`, en: `Given ${many}` },
      purpose: 'work',
      data: { count: 'number', name: 'text', by: 'person' },
      title: { 'zh-CN': `{by} 把 {count} 个${zh}交给了你`, en: `{by} gave you {count} ${many}` },
      body: { 'zh-CN': '其中有「{name}」。', en: 'Among them “{name}”.' },
      channels,
    }),
  }
}

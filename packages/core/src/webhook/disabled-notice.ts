import { defineMessage } from '../template/define-message.ts'

/** Told to the owner of a webhook that is not told of anything any more. */
export const disabledNotice = defineMessage('core.webhookDisabled', {
  label: { 'zh-CN': 'Webhook 已停用', en: 'Webhook disabled' },
  purpose: 'work',
  data: { name: 'text' },
  title: { 'zh-CN': 'Webhook「{name:short}」已停用', en: 'Webhook “{name:short}” was disabled' },
  body: {
    'zh-CN': '对方多日没有接收，或表示地址已不存在。修好后请管理员在“运维”中恢复。',
    en: 'Its receiver took nothing for days, or said that the address is gone. Once it is mended, an administrator can resume it under “Operations”.',
  },
})

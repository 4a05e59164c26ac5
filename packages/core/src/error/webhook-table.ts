import type { ErrorEntry } from './crm-error.ts'
import { entry } from './entry.ts'

/** Webhooks, out and in. */
export const webhookErrors = {
  WEBHOOKS_OFF: entry(
    404,
    '没有启用 Webhook。',
    'Webhooks are not set up.',
    '在 createCrm 里写 webhooks: webhooks({ keys })。',
    'Give createCrm webhooks: webhooks({ keys }).',
  ),
  WEBHOOK_URL: entry(
    422,
    '不能向这个地址发送：{reason}。',
    'Nothing may be sent to this address: {reason}.',
    '使用公网上的 https 地址。',
    'Use an https address on the public network.',
  ),
  WEBHOOK_OWNER: entry(
    422,
    '负责人「{person}」不在通讯录中，或已不在岗。',
    'The owner “{person}” is not in the directory, or does not work here.',
    '选择在岗的人员；Webhook 按其权限发送。',
    'Choose somebody who works here: the webhook is told what they may see.',
  ),
  SECRET_UNREADABLE: entry(
    500,
    '密钥无法解开。',
    'A secret cannot be opened.',
    '检查 keys 是否仍包含写入时使用的那一个。',
    'Check that the keys still hold the one it was sealed with.',
  ),
  INBOUND_SIGNATURE: entry(
    401,
    '签名无效、缺失或已过期。',
    'The signature is wrong, missing or too old.',
    '用当前密钥对原始内容签名；时钟误差不超过 5 分钟。',
    'Sign the raw body with a current secret; clocks may be 5 minutes apart.',
  ),
  INBOUND_BODY: entry(400, '内容不是 UTF-8 文本。', 'The body is not UTF-8 text.'),
} satisfies Record<string, ErrorEntry>

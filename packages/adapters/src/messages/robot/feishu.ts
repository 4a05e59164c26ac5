import { createHmac } from 'node:crypto'
import type { MessageChannel, OutgoingMessage } from '@guanxi/core'
import type { SignedRobotOptions } from './dingtalk.ts'
import { cutBytes, linkTarget } from './neutral.ts'
import { robot } from './robot.ts'

const longest = 18_000
const tooMany = [11_232, 11_246, 9_499_000]

/** 飞书群机器人, signed where a secret is given: 100 messages a minute. Its rich text is a tree, so nothing in it can become markup. */
export function feishuRobot(options: SignedRobotOptions): MessageChannel {
  return robot(options, {
    perMinute: 100,
    busy: tooMany,
    show: ({ title, body }) => [title, body].filter((part) => part !== '').join('\n\n'),
    request: (message, now) => ({
      url: options.url,
      body: { ...(options.secret !== undefined && signature(options.secret, now)), msg_type: 'post', content: { post: postOf(message) } },
    }),
    verdict: ({ code, msg, StatusCode }) => ({ code: Number(code ?? StatusCode ?? -2), text: String(msg ?? '') }),
  })
}

/** Seconds; the signature is of nothing, its key is time and secret. */
function signature(secret: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1_000))
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') }
}

function postOf({ title, body, link, locale }: OutgoingMessage): unknown {
  const target = link && linkTarget(link.url)
  const lines = body === '' ? [] : cutBytes(body, longest).split('\n')
  const content = [
    ...lines.map((text) => [{ tag: 'text', text: calm(text) }]),
    ...(target ? [[{ tag: 'a', text: calm(link?.label ?? ''), href: target }]] : []),
  ]
  return {
    [locale === 'zh-CN' ? 'zh_cn' : 'en_us']: {
      title: calm(title),
      content: content.length > 0 ? content : [[{ tag: 'text', text: ' ' }]],
    },
  }
}

/** Its plain text knows one tag, `<at>`. */
function calm(text: string): string {
  return text.replaceAll('<', '＜').replaceAll('>', '＞')
}

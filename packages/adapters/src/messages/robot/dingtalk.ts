import { createHmac } from 'node:crypto'
import type { MessageChannel } from '@guanxi/core'
import { robotMarkdown } from './markdown.ts'
import { neutral } from './neutral.ts'
import { type RobotOptions, robot } from './robot.ts'

const longest = 20_000
const tooMany = [130_101, 130_102, 410_100]

/** A robot that signs what it sends. */
export interface SignedRobotOptions extends RobotOptions {
  /** The secret of the security settings (加签); without one nothing is signed. */
  readonly secret?: string
}

/** 钉钉群机器人, signed where a secret is given: 20 messages a minute. */
export function dingtalkRobot(options: SignedRobotOptions): MessageChannel {
  return robot(options, {
    perMinute: 20,
    busy: tooMany,
    show: (message) => robotMarkdown(message, longest),
    request: (message, now) => ({
      url: options.secret === undefined ? options.url : signedUrl(options.url, options.secret, now),
      body: { msgtype: 'markdown', markdown: { title: neutral(message.title), text: robotMarkdown(message, longest) } },
    }),
    verdict: ({ errcode, errmsg }) => ({ code: Number(errcode ?? -2), text: String(errmsg ?? '') }),
  })
}

/** Milliseconds and secret, signed with the secret. */
function signedUrl(url: string, secret: string, now: number): string {
  const signed = new URL(url)
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64')
  signed.searchParams.set('timestamp', String(now))
  signed.searchParams.set('sign', sign)
  return signed.href
}

import type { MessageChannel } from '@guanxi/core'
import { robotMarkdown } from './markdown.ts'
import { type RobotOptions, robot } from './robot.ts'

const longest = 4_096
const tooMany = 45_009

/** 企业微信群机器人: 20 messages a minute, 4,096 bytes each. The key in the address is its password. */
export function wecomRobot(options: RobotOptions): MessageChannel {
  return robot(options, {
    perMinute: 20,
    busy: [tooMany],
    show: (message) => robotMarkdown(message, longest),
    request: (message) => ({ url: options.url, body: { msgtype: 'markdown', markdown: { content: robotMarkdown(message, longest) } } }),
    verdict: ({ errcode, errmsg }) => ({ code: Number(errcode ?? -2), text: String(errmsg ?? '') }),
  })
}

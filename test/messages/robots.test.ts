import { createHmac } from 'node:crypto'
import { dingtalkRobot, feishuRobot, wecomRobot } from '@guanxi/adapters/messages'
import type { MessageChannel, OutgoingMessage } from '@guanxi/core'
import { expect, onTestFinished, test } from 'vitest'
import { createEgress } from '../../packages/adapters/src/egress/egress.ts'
import { openRobotServer, type RobotCall } from './robot-server.ts'

const label = { 'zh-CN': '销售群', en: 'Sales room' }
const secret = 'SEC0123456789'
const evil =
  '<font color="red">[x](javascript:alert(1))</font> <@all> **b** `c`\n# h\n- i <at user_id="all"></at> ![p](https://x.example/p.png)'

const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  ...{ id: 'm1', tenant: 't', attempt: 1, to: null, locale: 'zh-CN', priority: 'normal', about: null },
  ...{ title: '新线索「蓝海」', body: '第一行\n第二行', link: { url: 'https://host.example/lead/1?x=(2)', label: '打开查看' } },
  signal: new AbortController().signal,
  ...change,
})

/** A vendor that looks at shape and signature the way the real one does. */
interface Vendor {
  readonly name: string
  readonly make: (url: string, egress: { allow: string[] }) => MessageChannel
  readonly judge: (call: RobotCall) => { status?: number; body: unknown }
  readonly busy: unknown
  readonly refuse: unknown
}

const near = (time: number): boolean => Math.abs(time - Date.now()) < 3_600_000
const vendors: readonly Vendor[] = [
  {
    name: 'WeCom',
    make: (url, egress) => wecomRobot({ id: 'room', label, url: `${url}/cgi-bin/webhook/send?key=k-1`, egress }),
    judge: ({ url, body }) => {
      const { content } = Object(body.markdown) as { content?: string }
      const fits = url.searchParams.get('key') === 'k-1' && body.msgtype === 'markdown' && Buffer.byteLength(content ?? '') <= 4_096
      return { body: fits ? { errcode: 0, errmsg: 'ok' } : { errcode: 40_008, errmsg: 'invalid message type' } }
    },
    busy: { errcode: 45_009, errmsg: 'api freq out of limit' },
    refuse: { errcode: 93_000, errmsg: 'invalid webhook url' },
  },
  {
    name: 'DingTalk',
    make: (url, egress) => dingtalkRobot({ id: 'room', label, url: `${url}/robot/send?access_token=t-1`, secret, egress }),
    judge: ({ url, body }) => {
      const time = Number(url.searchParams.get('timestamp'))
      const sign = createHmac('sha256', secret).update(`${time}\n${secret}`).digest('base64')
      if (!near(time) || url.searchParams.get('sign') !== sign) return { body: { errcode: 310_000, errmsg: 'sign not match' } }
      const { title, text } = Object(body.markdown) as { title?: string; text?: string }
      const fits = url.searchParams.get('access_token') === 't-1' && body.msgtype === 'markdown' && title && text
      return { body: fits ? { errcode: 0, errmsg: 'ok' } : { errcode: 400_000, errmsg: 'bad' } }
    },
    busy: { errcode: 130_101, errmsg: 'send too fast' },
    refuse: { errcode: 310_000, errmsg: 'sign not match' },
  },
  {
    name: 'Feishu',
    make: (url, egress) => feishuRobot({ id: 'room', label, url: `${url}/open-apis/bot/v2/hook/h-1`, secret, egress }),
    judge: ({ body }) => {
      const sign = createHmac('sha256', `${body.timestamp}\n${secret}`).update('').digest('base64')
      if (!near(Number(body.timestamp) * 1_000) || body.sign !== sign) return { body: { code: 19_021, msg: 'sign match fail' } }
      const { post } = Object(body.content) as { post?: { zh_cn?: { title?: string; content?: unknown[][] } } }
      const fits = body.msg_type === 'post' && post?.zh_cn?.title && post.zh_cn.content?.every((line) => line.length > 0)
      return { body: fits ? { code: 0, msg: 'success', data: {} } : { code: 9_499, msg: 'Bad Request' } }
    },
    busy: { code: 11_232, msg: 'frequency limited' },
    refuse: { code: 19_024, msg: 'Key Words Not Found' },
  },
]

test.each(vendors)('$name takes the shape and the signature, and says when it is too much', async (vendor) => {
  const answers: ({ status?: number; body: unknown } | 'cut')[] = []
  const server = await openRobotServer((call) => answers.shift() ?? vendor.judge(call))
  onTestFinished(server.close)
  const channel = vendor.make(server.url, server.egress)
  await expect(channel.send(message())).resolves.toEqual({ receipt: null })
  await expect(channel.send(message({ body: '长'.repeat(30_000), title: '标'.repeat(300) }))).resolves.toEqual({ receipt: null })
  await expect(channel.send(message({ body: '', link: null }))).resolves.toEqual({ receipt: null })
  answers.push({ body: vendor.busy }, { body: vendor.refuse }, { status: 429, body: {} }, { status: 502, body: {} }, 'cut')
  await expect(channel.send(message())).rejects.toMatchObject({ permanent: false, retryAfter: 60_000 })
  await expect(channel.send(message())).rejects.toMatchObject({ permanent: true })
  await expect(channel.send(message())).rejects.toMatchObject({ permanent: false, retryAfter: 60_000 })
  await expect(channel.send(message())).rejects.toMatchObject({ permanent: false, maybeTaken: false })
  await expect(channel.send(message())).rejects.toMatchObject({ permanent: false, maybeTaken: true })
})

test.each(vendors)('attack:W13 markup in a message stays text for $name, and calls nobody', async (vendor) => {
  const server = await openRobotServer(vendor.judge)
  onTestFinished(server.close)
  await vendor
    .make(server.url, server.egress)
    .send(message({ title: evil.split('\n')[0] ?? '', body: evil, link: { url: 'javascript:alert(1)', label: 'x' } }))
  const sent = JSON.stringify(server.calls[0]?.body)
  expect(sent).not.toMatch(/<|>|href/)
  if (vendor.name !== 'Feishu') expect(sent).not.toMatch(/`|\[x\]|!\[|\]\(|(^|\\n)#/)
})

test('a group gets no more in a minute than its robot takes; what waits is no failed attempt', async () => {
  const server = await openRobotServer(() => ({ body: { errcode: 0 } }))
  onTestFinished(server.close)
  const channel = wecomRobot({ id: 'room', label, url: `${server.url}/send?key=k`, egress: server.egress })
  for (let index = 0; index < 20; index++) await channel.send(message())
  const error = await channel.send(message()).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ postponed: true, permanent: false })
  expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(0)
  expect(server.calls.length).toBe(20)
})

const hosts = [
  ...['https://127.0.0.1/x', 'https://[::1]/x', 'https://[::ffff:7f00:1]/x', 'https://0.0.0.0/', 'https://169.254.169.254/latest'],
  ...[
    'https://2130706433/',
    'https://017700000001/',
    'https://0x7f.1/',
    'https://localhost./',
    'https://a.localhost/',
    'https://[fd00::1]/',
  ],
  ...[
    'https://[64:ff9b::7f00:1]/',
    'unix:/x',
    'file:///x',
    'http://example.com/',
    'https://example.com:22/',
    'https://u:p@example.com/',
    'nonsense',
  ],
]
test.each(hosts)('attack:W01 no robot stands at %s, and nothing is sent there', async (url) => {
  expect(() => wecomRobot({ id: 'room', label, url })).toThrow(expect.objectContaining({ code: 'CHANNEL_INVALID' }))
  await expect(createEgress()({ url, headers: {}, body: '' })).rejects.toMatchObject({ name: 'EgressFailure', refused: true })
})

test('attack:W02 a name is judged by the addresses it leads to, when the connection is made', async () => {
  const server = await openRobotServer(() => ({ body: { errcode: 0 } }))
  onTestFinished(server.close)
  // The machine's own name leads to this machine.
  const { hostname } = await import('node:os')
  await expect(createEgress()({ url: `https://${hostname()}/send`, headers: {}, body: '' })).rejects.toMatchObject({ refused: true })
  expect(server.calls).toEqual([])
})

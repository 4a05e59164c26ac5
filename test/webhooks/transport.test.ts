import { createServer } from 'node:net'
import { type WebhookHostOptions, webhooks } from '@guanxi/adapters/webhooks'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebhookReceiver } from './receiver.ts'

const keys = ['a key of thirty-two characters ok']
const transport = (egress: WebhookHostOptions['egress']) => webhooks({ keys, egress }).transport
const request = (url: string) => ({ url, headers: {}, body: '{}', signal: new AbortController().signal })

const inside = [
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
    'https://[::ffff:0:7f00:1]/',
    'https://[5f00::1]/',
    'unix:/x',
    'file:///x',
    'http://example.com/',
    'https://example.com:22/',
    'https://u:p@example.com/',
  ],
]
test.each(inside)('attack:W01 %s is refused when it is saved and when the connection is made', async (url) => {
  const { check, post } = transport({})
  expect(await check(url)).toEqual(expect.any(String))
  await expect(post(request(url))).rejects.toMatchObject({ name: 'WebhookUnanswered', refused: true })
})

test.each([
  ['a private address', [{ address: '10.0.0.7', family: 4 }]],
  [
    'one private address among others',
    [
      { address: '93.184.216.34', family: 4 },
      { address: 'fd00::7', family: 6 },
    ],
  ],
])('attack:W01 a name that leads to %s is refused at both', async (_, addresses) => {
  const { check, post } = transport({ resolve: async () => addresses })
  expect(await check('https://hooks.example.com/')).toContain('not on the public network')
  await expect(post(request('https://hooks.example.com/'))).rejects.toMatchObject({ refused: true })
})

test('attack:W02 a name that was public when it was saved and leads inside later is refused', async () => {
  const answers = [[{ address: '93.184.216.34', family: 4 }], [{ address: '127.0.0.1', family: 4 }]]
  const { check, post } = transport({ resolve: async () => answers.shift() ?? [] })
  expect(await check('https://hooks.example.com/')).toBeNull()
  await expect(post(request('https://hooks.example.com/'))).rejects.toMatchObject({ refused: true })
})

test('a name that nobody knows yet may be saved', async () => {
  const { check } = transport({
    resolve: async () => {
      throw new Error('ENOTFOUND')
    },
  })
  expect(await check('https://hooks.example.com/')).toBeNull()
})

describe('attack:W04 an answer costs no more than its limits', () => {
  let receiver: WebhookReceiver
  let post: ReturnType<typeof transport>['post']
  beforeAll(async () => {
    receiver = await new WebhookReceiver().open()
    post = transport({ allow: [receiver.place], timeout: 400, maxBytes: 5_000 }).post
    return () => receiver.close()
  })

  test('10 GB', async () => {
    let sent = 0
    receiver.answer = (_, response) => {
      response.writeHead(200)
      const more = (): void => {
        while (!response.destroyed && sent < 1e10 && response.write(Buffer.alloc(65_536, 'x'))) sent += 65_536
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
    const answer = await post(request(receiver.url))
    expect(answer).toMatchObject({ status: 200, body: 'x'.repeat(5_000) })
    expect(sent).toBeLessThan(2e8)
  })

  test('a byte now and then, and no end', async () => {
    receiver.answer = (_, response) => {
      const timer = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(timer))
      response.writeHead(202)
    }
    const { status, body } = await post(request(receiver.url))
    expect(status).toBe(202)
    expect(body).toMatch(/^\.+$/)
  })

  test('packed a thousandfold: it is not unpacked', async () => {
    const { gzipSync } = await import('node:zlib')
    const bomb = gzipSync(Buffer.alloc(10_000_000))
    receiver.answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    const { status, body } = await post(request(receiver.url))
    expect(status).toBe(200)
    expect(body.length).toBeLessThanOrEqual(5_000)
  })

  test('a thousand headers', async () => {
    receiver.answer = (_, response) => {
      const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, 'y'.repeat(50)]))
      response.writeHead(200, many).end()
    }
    await expect(post(request(receiver.url))).rejects.toMatchObject({ name: 'WebhookUnanswered', refused: false })
  })

  test('a redirect is an answer, and goes nowhere', async () => {
    receiver.told.length = 0
    receiver.answer = (_, response) => response.writeHead(302, { location: receiver.url }).end('over there')
    expect(await post(request(receiver.url))).toMatchObject({ status: 302, body: 'over there' })
    expect(receiver.told).toHaveLength(1)
  })

  test('taken and never answered; cut after it was taken; nobody there', async () => {
    receiver.answer = () => {}
    await expect(post(request(receiver.url))).rejects.toMatchObject({ name: 'WebhookUnanswered', refused: false })
    receiver.answer = (_, response) => response.destroy()
    await expect(post(request(receiver.url))).rejects.toMatchObject({ name: 'WebhookUnanswered', refused: false })
    const closed = createServer()
    onTestFinished(() => void closed.close())
    await new Promise<void>((done) => void closed.listen(0, '127.0.0.1', done))
    const place = `127.0.0.1:${(closed.address() as { port: number }).port}`
    await new Promise((done) => void closed.close(done))
    await expect(transport({ allow: [place] }).post(request(`http://${place}/`))).rejects.toMatchObject({ refused: false })
  })
})

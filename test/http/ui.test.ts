import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserFile } from '../../scripts/build/browser.ts'
import { openShop, type Shop } from './support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop({ basePath: '/crm' })
})
afterAll(() => shop.close())

test('a name that is no file of the build is not found, whatever it spells', async () => {
  for (const name of ['nothing.js', 'package.json', '..%2fpackage.json', '..', '%2e%2e%2f%2e%2e%2fpackage.json', 'ui.js%00.png']) {
    expect((await shop.send('GET', `/crm/ui/${name}`, { user: null })).status).toBe(404)
  }
})

describe('the browser build', () => {
  test('the components are served to anyone, typed and not sniffed', async () => {
    const answer = await shop.send('GET', '/crm/ui.js', { user: null })
    expect(answer.status).toBe(200)
    expect(answer.text).toBe(await readFile(browserFile, 'utf8'))
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('public, no-cache')
  })

  test('who has them already is told so', async () => {
    const etag = (await shop.send('GET', '/crm/ui.js')).headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]+"$/)
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await shop.send('GET', '/crm/ui.js', { headers: { 'if-none-match': known } })
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', etag])
    }
    expect((await shop.send('GET', '/crm/ui.js', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test('what only the import needs comes later, under a name that changes with it', async () => {
    const { text } = await shop.send('GET', '/crm/ui.js', { user: null })
    const [, shell] = /"\.\/(ui\/import-[\w-]+\.js)"/.exec(text) ?? []
    const shellText = (await shop.send('GET', `/crm/${shell}`, { user: null })).text
    const [, later] = /"\.\/(import-view-[\w-]+\.js)"/.exec(shellText) ?? []
    expect(later).toMatch(/-[\w-]{8,}\.js$/)
    const answer = await shop.send('GET', `/crm/ui/${later}`, { user: null })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    // The one who has only the tag has none of its words.
    const words = '还有 {count} 项要决定'
    expect([text, shellText, answer.text].map((one) => one.includes(words))).toEqual([false, false, true])
    // Under another address ui.js is loaded anew; what it loads is not.
    expect([shellText, answer.text].filter((one) => one.includes('ui.js'))).toEqual([])
  })

  test('HEAD tells the size', async () => {
    const answer = await shop.send('HEAD', '/crm/ui.js')
    expect(answer.headers.get('content-length')).toBe(String((await readFile(browserFile)).byteLength))
  })
})

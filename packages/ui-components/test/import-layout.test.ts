import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeServer } from './support/fake-server.ts'
import { importSteps } from './support/import-tour.ts'
import { all, clear, eventually, mount, wide } from './support/mount.ts'

afterEach(clear)
afterAll(wide)

/** What stands out of the page at its right side, by name. */
const outside = (element: Element): string[] =>
  all(element, '*')
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.rail, .samples, .clip'))
    .map((one) => `${one.tagName} ${one.className}`)

describe.each(['zh-CN', 'en'])('The import in %s', (lang) => {
  it.each(importSteps)('does not scroll sideways at 320, 390, 768 and 1440 pixels: $name', async ({ reach }) => {
    await page.viewport(320, 900)
    const { element } = mount('crm-import', new FakeServer(), { lang })
    await reach(element)
    for (const width of [320, 390, 768, 1440]) {
      await page.viewport(width, 900)
      await eventually(() => outside(element)).toEqual([])
      expect(document.documentElement.scrollWidth, `${width} pixels`).toBeLessThanOrEqual(innerWidth)
    }
  })
})

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
  describe.each([320, 390, 768, 1440])('%i pixels wide', (width) => {
    it.each(importSteps)('does not scroll sideways: $name', async ({ reach }) => {
      await page.viewport(width, 900)
      const { element } = mount('crm-import', new FakeServer(), { lang })
      await reach(element)
      await eventually(() => outside(element)).toEqual([])
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth)
    })
  })
})

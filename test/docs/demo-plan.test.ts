import { readFile } from 'node:fs/promises'
import { importing } from '@guanxi/adapters/import'
import { sqlite } from '@guanxi/adapters/sqlite'
import { webhooks } from '@guanxi/adapters/webhooks'
import { createCrm } from '@guanxi/core'
import { followUp, ownerNotices } from '@guanxi/plugins'
import { expect, test } from 'vitest'

const page = new URL('../../docs/reference/demo-plan.md', import.meta.url)

test('the plan of the demo in the docs is what the demo prints', async () => {
  const crm = createCrm({
    store: sqlite(':memory:', { driver: 'better-sqlite3' }),
    tenant: 'demo',
    plugins: [followUp(), importing(), ownerNotices()],
    webhooks: webhooks({ keys: ['thirty-two characters for one test'] }),
  })
  const printed = String(await crm.plan())
  await crm.close()
  const shown = /^```text\n(.*?)^```$/ms.exec(await readFile(page, 'utf8'))?.[1]
  expect(shown?.trim(), 'put this into docs/reference/demo-plan.md').toBe(printed.trim())
})

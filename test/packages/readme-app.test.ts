import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBrowser } from '../../scripts/build/browser.ts'
import { buildModules } from '../../scripts/build/modules.ts'
import { readPackages } from '../../scripts/build/packages.ts'
import { openBrowser } from '../support/browser.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = `${root}.cache/readme-app`

/** The program of the README, as a reader would copy it. */
async function program(): Promise<string> {
  const readme = await readFile(`${root}README.md`, 'utf8')
  const code = /^```js file=app\.js\n(.*?)^```$/ms.exec(readme)?.[1]
  if (!code) throw new Error('README.md has no program called app.js.')
  return code
}

/** The packages as they would be published, built where the program finds them: other tests use the build of the repository. */
async function installPackages(): Promise<void> {
  for (const one of (await readPackages()).filter(({ name }) => name !== '@guanxi/plugins')) {
    const target = `${folder}/node_modules/${one.name}`
    await mkdir(target, { recursive: true })
    await cp(`${one.folder}/package.json`, `${target}/package.json`)
    await buildModules(one, `${target}/dist`)
    if (one.name === '@guanxi/ui-components') await buildBrowser(`${target}/dist/browser/ui.js`)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

let app: ChildProcess | undefined

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await installPackages()
}, 120_000)

afterAll(async () => {
  app?.kill()
  await rm(folder, { recursive: true, force: true })
})

test('the program of the README, with the built packages, shows a board', { timeout: 60_000 }, async () => {
  const code = await program()
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(25)
  await writeFile(`${folder}/package.json`, '{"type":"module"}')
  await writeFile(`${folder}/app.js`, code)
  const port = await freePort()
  app = spawn(process.execPath, ['app.js'], { cwd: folder, env: { ...process.env, PORT: String(port) }, stdio: 'inherit' })
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    await page.locator('crm-board [part~=column]').first().waitFor()
    expect(await page.locator('crm-board [part~=column]').count()).toBeGreaterThanOrEqual(5)
    await page.screenshot({ path: `${root}.cache/readme-app.png` })
  } finally {
    await browser.close()
  }
})

import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'

const pictures = fileURLToPath(new URL('../../.cache/import/', import.meta.url))

/** The hands of somebody who imports: presses, choices and typing in `<crm-import>`, and nothing else. */
export class ImportHands {
  readonly page: Page
  readonly #prefix: string
  #shot = 0

  constructor(page: Page, prefix: string) {
    this.page = page
    this.#prefix = prefix
    // While anybody listens, the browser hands its file dialogs over; asked for at the last moment, it may be too late.
    page.on('filechooser', () => {})
  }

  /** A picture of the step, to be looked at. */
  async picture(name: string): Promise<void> {
    await mkdir(pictures, { recursive: true })
    this.#shot += 1
    await this.page.screenshot({ path: `${pictures}${this.#prefix}-${String(this.#shot).padStart(2, '0')}-${name}.png`, fullPage: true })
  }

  /** Opens the browser's own dialog by the keyboard and takes files. */
  async choose(paths: readonly string[]): Promise<void> {
    const control = this.page.locator('.drop-input')
    await control.focus()
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.page.keyboard.press('Enter')])
    await chooser.setFiles([...paths])
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: typeof name === 'string' }).click()
  }

  /** Looks at a file of the import, once the server has read all that was changed. */
  async file(name: string): Promise<void> {
    await this.page.locator('.rail-item', { hasText: name }).click()
    await this.page.locator('.step-title', { hasText: name }).waitFor()
    await this.settled()
  }

  /** The server has read what was changed. */
  async settled(): Promise<void> {
    await this.page.locator('.foot-note', { hasText: 'Reading' }).waitFor({ state: 'detached' })
    await this.page.locator('.foot .btn-primary:enabled').waitFor()
  }

  /** Reads a column into a field, named by its label. */
  async map(column: string, field: string): Promise<void> {
    const control = this.page.getByLabel(`Field of “${column}”`)
    const labels = await control.locator('option').allTextContents()
    const label = labels.find((one) => one === field || one === `${field} *` || one.startsWith(`${field} (now`))
    if (!label) throw new Error(`No field “${field}” for ${column}; there are ${labels.join(', ')}`)
    await control.selectOption({ label })
    await this.settled()
  }

  /** Folds out the settings of a column. */
  async settings(column: string): Promise<Locator> {
    const row = this.page.locator('.column', { has: this.page.getByLabel(`Field of “${column}”`) })
    const fold = row.locator('.fold')
    if ((await fold.getAttribute('aria-expanded')) !== 'true') await fold.click()
    return row.locator('.column-settings')
  }

  /** Chooses in a list of choices inside something. The server reads the file again meanwhile. */
  async pick(inside: Locator | Page, label: string | RegExp, choice: string): Promise<void> {
    await inside.getByLabel(label).selectOption({ label: choice })
  }

  /** Types into a box inside something and leaves it. */
  async type(inside: Locator | Page, label: string | RegExp, text: string): Promise<void> {
    const box = inside.getByLabel(label)
    await box.fill(text)
    await box.press('Tab')
  }

  /** The questions that are open for the file looked at. */
  async questions(): Promise<string[]> {
    const titles = await this.page.locator('.question').allTextContents()
    return titles.map((text) => text.replace(/\s+/g, ' ').trim())
  }
}

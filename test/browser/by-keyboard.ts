import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Waits until something holds; long enough for a busy machine. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 40_000 })

/** What has the focus, through all shadow roots: its name, or its text. */
const focused = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return (at?.getAttribute('aria-label') || at?.labels?.[0]?.textContent || at?.getAttribute('placeholder') || at?.textContent || at?.id || '').replace(/\\s+/g, ' ').trim()
})()`

/** The value of what has the focus. */
const value = `(() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.value ?? ''
})()`

/** Somebody at a page who has no mouse. */
export class Keyboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  name(): Promise<string> {
    return this.#page.evaluate<string>(focused)
  }

  /** As an input method does it: all at once. */
  type(text: string): Promise<void> {
    return this.#page.keyboard.insertText(text)
  }

  async key(key: string): Promise<void> {
    await this.#page.keyboard.press(key)
  }

  async tabTo(wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let press = 0; press < 140; press += 1) {
      await this.key(key)
      if (wanted.test(await this.name())) return
    }
    throw new Error(`The keyboard never reaches ${wanted}; it is at “${await this.name()}”.`)
  }

  async press(wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(wanted, key)
    await this.key('Enter')
  }

  async write(wanted: RegExp, text: string): Promise<void> {
    await this.tabTo(wanted)
    await this.key('Control+A')
    await this.type(text)
  }

  /** Goes through the options of the select that has the focus. */
  async choose(wanted: string): Promise<void> {
    if ((await this.#page.evaluate<string>(value)) === wanted) return
    await this.key('Home')
    for (let move = 0; move < 80; move += 1) {
      if ((await this.#page.evaluate<string>(value)) === wanted) return
      await this.key('ArrowDown')
    }
    throw new Error(`There is no option ${wanted}.`)
  }

  /** Takes a line of the menu that is open. */
  async pick(label: string): Promise<void> {
    await this.#page.locator('.menu').waitFor()
    for (let move = 0; move < 80 && (await this.name()) !== label; move += 1) await this.key('ArrowDown')
    await this.key('Enter')
  }

  /** Begins a condition on a field. */
  async addCondition(field: string): Promise<void> {
    await this.press(/^Add a condition$/)
    await this.chooseField(field, `Comparison: ${field}`)
  }

  /** Begins one on child records. */
  async addRows(children: string): Promise<void> {
    await this.press(/^Add a condition$/)
    await this.chooseField(children, 'How to look at them')
  }

  /** Finds a field in the list that has just opened; `then`: what has the focus after it. */
  async chooseField(field: string, then: string): Promise<void> {
    await this.#page.locator('.panel .picker').waitFor()
    await this.type(field)
    await this.key('ArrowDown')
    await this.key('Enter')
    await eventually(() => this.name()).toContain(then)
  }

  /** Puts a value of the record into the sentence that has the focus. */
  async insertValue(label: string): Promise<void> {
    await this.press(/^Insert a value$/, 'Shift+Tab')
    await this.pick(label)
    await eventually(() => this.#page.evaluate<string>(value)).toContain('{')
  }
}

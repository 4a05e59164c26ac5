import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { configure, define, type Messages, sessionFor } from '../../src/index.ts'
import type { FakeServer } from './fake-server.ts'

let count = 0

/** A component on the page, speaking to a fake server of its own. */
export interface Mounted<T extends HTMLElement> {
  readonly element: T
  readonly src: string
  /** Events of the component, oldest first. */
  readonly events: CustomEvent[]
  readonly session: ReturnType<typeof sessionFor>
}

interface Options {
  readonly attributes?: Readonly<Record<string, string>>
  readonly properties?: Readonly<Record<string, unknown>>
  readonly lang?: string
  readonly messages?: { readonly [locale: string]: Partial<Messages> }
  /** Share the session of another component. */
  readonly src?: string
}

const EVENTS = [
  'crm-load',
  'crm-open',
  'crm-submit',
  'crm-saved',
  'crm-error',
  'crm-move',
  'crm-cancel',
  'crm-change',
  'crm-view-change',
  'crm-select',
  'crm-bulk',
  'crm-job',
  'crm-imported',
  'crm-settings',
  'crm-unread',
  'crm-rule',
]

/** Makes a component and puts it on the page; it is gone after the test. */
export function mount<T extends HTMLElement>(tag: string, fake: FakeServer, options: Options = {}): Mounted<T> {
  define()
  const src = options.src ?? `/crm-${++count}`
  if (!options.src) configure({ src, fetch: fake.fetch, messages: options.messages })
  document.documentElement.lang = options.lang ?? 'zh-CN'
  const element = document.createElement(tag) as T
  const events: CustomEvent[] = []
  for (const type of EVENTS) element.addEventListener(type, (event) => events.push(event as CustomEvent))
  for (const [name, value] of Object.entries({ src, ...options.attributes })) element.setAttribute(name, value)
  Object.assign(element, options.properties)
  document.body.append(element)
  return { element, src, events, session: sessionFor(src) }
}

/** Waits until something holds; long enough for a busy machine. */
export function eventually<T>(read: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: 15_000, interval: 20 })
}

/** Waits until everything that moves once has come to rest. */
export async function atRest(root: Element): Promise<void> {
  // By frames: an animation that is begun anew leaves whoever waits for its first end waiting.
  while (all(root, '*').some(isMoving)) await new Promise(requestAnimationFrame)
}

function isMoving(element: Element): boolean {
  return element.getAnimations().some((one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations === 1)
}

/** Room for a table: the frame of a test is as narrow as a phone otherwise. */
export async function wide(): Promise<void> {
  await page.viewport(1440, 900)
}

/** Takes everything off the page. */
export function clear(): void {
  document.body.replaceChildren()
}

/** All elements under a root that match, shadow roots included; `a >>> b` = b in the shadow of a. */
export function all<T extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string): T[] {
  const [outer = '', ...inner] = selector.split(' >>> ')
  const found = within<T>(root, outer)
  return inner.length === 0 ? found : found.flatMap((element) => all<T>(element, inner.join(' >>> ')))
}

function within<T extends Element>(root: Element | ShadowRoot, selector: string): T[] {
  const start: Element | ShadowRoot = root instanceof Element && root.shadowRoot ? root.shadowRoot : root
  const found = [...start.querySelectorAll<T>(selector)]
  for (const child of start.querySelectorAll('*')) if (child.shadowRoot) found.push(...within<T>(child.shadowRoot, selector))
  return found
}

/** The first of {@link all}; an error that says what is missing. */
export function one<T extends Element = HTMLElement>(root: Element | ShadowRoot, selector: string): T {
  const [found] = all<T>(root, selector)
  if (!found) throw new Error(`There is no ${selector}`)
  return found
}

/** What is written in a component. */
export function textOf(root: Element): string {
  const text = (node: Node): string => {
    if (node instanceof Text) return node.data
    if (node instanceof HTMLStyleElement) return ''
    const inside = node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes
    // Neighbouring pieces of text are one; elements stand apart.
    return [...inside].map((child) => (child instanceof Element ? ` ${text(child)} ` : text(child))).join('')
  }
  return text(root).replace(/\s+/g, ' ').trim()
}

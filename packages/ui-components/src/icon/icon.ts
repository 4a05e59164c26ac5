import { html, type TemplateResult } from 'lit'
import type { laterLook } from '../styles/later-look.ts'
import type { recordLook } from '../styles/record-look.ts'

/** What every first look has. Each is one path, so that an icon is two nodes and one thing to fill in. */
const shapes = {
  search: 'M3.75 9a5.25 5.25 0 1 0 10.5 0a5.25 5.25 0 1 0 -10.5 0ZM13 13l3.75 3.75',
  close: 'M5.25 5.25l9.5 9.5m0-9.5-9.5 9.5',
  check: 'M4.25 10.5l3.75 3.75 7.75-8.5',
} as const satisfies Record<string, string>

/** An icon of the set. */
export type IconName = keyof typeof shapes | keyof typeof recordLook.icons | keyof typeof laterLook.icons

const known: Record<string, string> = { ...shapes }
const missing = new Set<IconName>()

/** From now on there are these icons as well. */
export function addIcons(icons: Readonly<Record<string, string>>): void {
  Object.assign(known, icons)
}

/** Has an icon been drawn that was not here yet? */
export function lacksIcons(): boolean {
  return missing.size > 0
}

/** A line icon on the 20 px grid, in the colour of its text. Never the only sign of anything without a label beside it. */
export function icon(name: IconName): TemplateResult {
  const shape = known[name]
  if (shape === undefined) missing.add(name)
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${shape ?? ''} /></svg>`
}

/** The turning ring of something under way. */
export const spinner: TemplateResult = html`<svg class="spin" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2a6 6 0 1 1-6 6" /></svg>`

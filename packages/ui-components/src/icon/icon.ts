import { html, type TemplateResult } from 'lit'
import type { laterShapes } from './later.ts'

/** Each is one path, so that an icon is two nodes and one thing to fill in. */
const shapes = {
  search: 'M3.75 9a5.25 5.25 0 1 0 10.5 0a5.25 5.25 0 1 0 -10.5 0ZM13 13l3.75 3.75',
  plus: 'M10 4.25v11.5M4.25 10h11.5',
  close: 'M5.25 5.25l9.5 9.5m0-9.5-9.5 9.5',
  check: 'M4.25 10.5l3.75 3.75 7.75-8.5',
  down: 'M5.75 8l4.25 4.25L14.25 8',
  right: 'M8 5.75 12.25 10 8 14.25',
  columns:
    'M4.75 3.75h10.5a1.75 1.75 0 0 1 1.75 1.75v9a1.75 1.75 0 0 1 -1.75 1.75h-10.5a1.75 1.75 0 0 1 -1.75-1.75v-9a1.75 1.75 0 0 1 1.75-1.75ZM8 3.75v12.5M12 3.75v12.5',
  group:
    'M4.25 3.75h11.5a1.25 1.25 0 0 1 1.25 1.25v2a1.25 1.25 0 0 1 -1.25 1.25h-11.5a1.25 1.25 0 0 1 -1.25-1.25v-2a1.25 1.25 0 0 1 1.25-1.25ZM6 11.75h11M6 15.5h11',
  'arrow-up': 'M10 15.75V4.5m0 0L5.5 9M10 4.5 14.5 9',
  'arrow-down': 'M10 4.25V15.5m0 0L5.5 11m4.5 4.5 4.5-4.5',
  more: 'M3.9 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0M9.4 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0M14.9 10a.6.6 0 1 0 1.2 0a.6.6 0 1 0-1.2 0',
  filter: 'M3 5.5h14M5.75 10h8.5M8.25 14.5h3.5',
  clock: 'M3.25 10a6.75 6.75 0 1 0 13.5 0a6.75 6.75 0 1 0 -13.5 0ZM10 6.25V10l2.5 1.75',
  calendar:
    'M5 4.5h10a1.75 1.75 0 0 1 1.75 1.75v8.5a1.75 1.75 0 0 1 -1.75 1.75h-10a1.75 1.75 0 0 1 -1.75-1.75v-8.5a1.75 1.75 0 0 1 1.75-1.75ZM3.25 8.5h13.5M7 3v2.75M13 3v2.75',
  warn: 'M10 3.5 17.25 16H2.75L10 3.5ZM10 8.25v3.5M10 13.9v.1',
  info: 'M3.25 10a6.75 6.75 0 1 0 13.5 0a6.75 6.75 0 1 0 -13.5 0ZM10 9.25v4M10 6.7v.1',
  lock: 'M5.75 8.75h8.5a1.5 1.5 0 0 1 1.5 1.5v4.75a1.5 1.5 0 0 1 -1.5 1.5h-8.5a1.5 1.5 0 0 1 -1.5-1.5v-4.75a1.5 1.5 0 0 1 1.5-1.5ZM6.75 8.5V6.75a3.25 3.25 0 0 1 6.5 0V8.5',
  flag: 'M5 17V3.75h9.5L12.5 7.5l2 3.75H5',
  edit: 'M4 16l.7-3.3 8.6-8.6a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2L7.3 15.3 4 16Z',
  trash: 'M4 5.75h12M8 5.5V3.75h4V5.5M5.5 5.75l.6 10c0 .5.5 1 1 1h5.8c.5 0 1-.5 1-1l.6-10',
  offline: 'M3 8.25a10 10 0 0 1 14 0M5.5 11a6.5 6.5 0 0 1 9 0M8 13.6a3 3 0 0 1 4 0M3.5 3.5l13 13',
  inbox: 'M3.25 11.25 5.5 4.5h9l2.25 6.75v4c0 .55-.45 1-1 1H4.25c-.55 0-1-.45-1-1v-4ZM3.25 11.25H7l1 2h4l1-2h3.75',
  download: 'M10 3.75v8.75m0 0L6.5 9M10 12.5 13.5 9M3.75 12.5v2.75c0 .7.55 1.25 1.25 1.25h10c.7 0 1.25-.55 1.25-1.25V12.5',
  history: 'M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.25m0-3.5v3.5H7M10 6.75V10l2.25 1.5',
} as const satisfies Record<string, string>

/** An icon of the set. */
export type IconName = keyof typeof shapes | keyof typeof laterShapes

const known: Partial<Record<IconName, string>> = shapes
const later: { loading: Promise<unknown> | null } = { loading: null }

/** Loads the icons that only parts show which come later. */
export function loadIcons(): Promise<unknown> {
  later.loading ??= import('./later.ts').then(
    ({ laterShapes }) => Object.assign(known, laterShapes),
    (error) => {
      later.loading = null
      throw error
    },
  )
  return later.loading
}

/** A line icon on the 20 px grid, in the colour of its text. Never the only sign of anything without a label beside it. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${known[name] ?? ''} /></svg>`
}

/** The turning ring of something under way. */
export const spinner: TemplateResult = html`<svg class="spin" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2a6 6 0 1 1-6 6" /></svg>`

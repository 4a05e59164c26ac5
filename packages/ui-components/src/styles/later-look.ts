import { css } from 'lit'
import type { Look } from '../element/look.ts'

/** Icons of parts that are loaded when they are used. */
const shapes = {
  right: 'M8 5.75 12.25 10 8 14.25',
  warn: 'M10 3.5 17.25 16H2.75L10 3.5ZM10 8.25v3.5M10 13.9v.1',
  info: 'M3.25 10a6.75 6.75 0 1 0 13.5 0a6.75 6.75 0 1 0 -13.5 0ZM10 9.25v4M10 6.7v.1',
  lock: 'M5.75 8.75h8.5a1.5 1.5 0 0 1 1.5 1.5v4.75a1.5 1.5 0 0 1 -1.5 1.5h-8.5a1.5 1.5 0 0 1 -1.5-1.5v-4.75a1.5 1.5 0 0 1 1.5-1.5ZM6.75 8.5V6.75a3.25 3.25 0 0 1 6.5 0V8.5',
  offline: 'M3 8.25a10 10 0 0 1 14 0M5.5 11a6.5 6.5 0 0 1 9 0M8 13.6a3 3 0 0 1 4 0M3.5 3.5l13 13',
  left: 'M12 5.75 7.75 10 12 14.25',
  'arrow-right': 'M4.25 10H15.5m0 0L11 5.5m4.5 4.5L11 14.5',
  user: 'M7 6.75a3 3 0 1 0 6 0a3 3 0 1 0 -6 0ZM4.25 16.5c.4-3 2.7-4.75 5.75-4.75s5.35 1.75 5.75 4.75',
  undo: 'M4 8h8a4 4 0 0 1 0 8H7.5M4 8l3.25-3.25M4 8l3.25 3.25',
  merge: 'M5 3.5v3c0 3.5 5 3.5 5 7v3M15 3.5v3c0 3.5-5 3.5-5 7m-2 1.5 2 2 2-2',
  file: 'M5.5 3.25h5.75L15 7v8.75c0 .55-.45 1-1 1H5.5c-.55 0-1-.45-1-1V4.25c0-.55.45-1 1-1ZM11 3.5V7.25h3.75',
  upload: 'M10 12.5V3.75m0 0L6.5 7.25M10 3.75l3.5 3.5M3.75 12.5v2.75c0 .7.55 1.25 1.25 1.25h10c.7 0 1.25-.55 1.25-1.25V12.5',
  external: 'M11 3.75h5.25V9M16 4l-7 7M8.5 4.75H5c-.7 0-1.25.55-1.25 1.25v9c0 .7.55 1.25 1.25 1.25h9c.7 0 1.25-.55 1.25-1.25v-3.5',
  stop: 'M3.25 10a6.75 6.75 0 1 0 13.5 0a6.75 6.75 0 1 0 -13.5 0ZM5.5 5.5l9 9',
  play: 'M6.5 4.25v11.5l9-5.75-9-5.75Z',
} as const satisfies Record<string, string>

const tokens = `
@layer crm.tokens {
:where(:root) {
--crm-surface-selected: light-dark(#eaf1ff, #1b2436);
--crm-scrim: light-dark(rgb(17 22 31 / .38), rgb(0 0 0 / .62));
--crm-text-disabled: light-dark(#94999f, #5a5e63);
--crm-accent-hover: light-dark(#1d46a1, #4472ca);
--crm-accent-active: light-dark(#163c8f, #305cb1);
--crm-accent-soft-hover: light-dark(#dfeafe, #1f2f4b);
--crm-success-border: light-dark(#9ed2b3, #27593e);
--crm-warning-border: light-dark(#ebc88e, #6d4f20);
--crm-danger-border: light-dark(#fab2ad, #8b3b38);
--crm-text-xl: 1.25rem; --crm-leading-xl: 1.75rem;
--crm-radius-xl: 14px;
--crm-shadow-menu: 0 0 0 1px light-dark(rgb(20 28 44 / .08), rgb(255 255 255 / .09)), 0 4px 12px -2px light-dark(rgb(20 28 44 / .12), rgb(0 0 0 / .5)), 0 12px 32px -8px light-dark(rgb(20 28 44 / .16), rgb(0 0 0 / .6));
--crm-shadow-drag: 0 6px 12px -4px light-dark(rgb(20 28 44 / .18), rgb(0 0 0 / .6)), 0 20px 40px -12px light-dark(rgb(20 28 44 / .28), rgb(0 0 0 / .7));
--crm-shadow-dialog: 0 0 0 1px light-dark(rgb(20 28 44 / .06), rgb(255 255 255 / .1)), 0 24px 64px -16px light-dark(rgb(20 28 44 / .34), rgb(0 0 0 / .8));
--crm-duration-slow: 240ms;
--crm-ease-spring: cubic-bezier(.3, 1.25, .4, 1);
--crm-target: 24px;
}
@media (pointer: coarse) {
:where(:root) { --crm-target: 44px; }
}
@media (prefers-reduced-motion: reduce) {
:where(:root) { --crm-duration-slow: 0s; }
}
}`

/** What answers the pointer, and states that no first look has. */
const styles = css`
.btn:hover { background: var(--crm-surface-hover); border-color: var(--crm-border-strong); }
.btn:active { background: var(--crm-surface-active); }
.btn-primary:hover { background: var(--crm-accent-hover); border-color: transparent; }
.btn-primary:active { background: var(--crm-accent-active); }
.btn-ghost:hover { background: var(--crm-surface-active); border-color: transparent; color: var(--crm-text); }
.btn-ghost.btn-danger:hover { background: var(--crm-danger-soft); color: var(--crm-danger-text); }
.btn:disabled { background: var(--crm-surface-sunken); border-color: var(--crm-border-subtle); color: var(--crm-text-disabled); box-shadow: none; cursor: default; }
.btn:disabled .icon { color: inherit; }
.btn-ghost:disabled { background: none; border-color: transparent; }
.btn[aria-busy="true"] { cursor: progress; }
.link:hover { text-decoration: underline; text-underline-offset: 3px; }
.tag button:hover { background: var(--crm-surface-active); }
`

/** What everything else looks like: loaded once the first look has been drawn. */
export const laterLook = { tokens, icons: shapes, styles } satisfies Look

export { recordLook } from './record-look.ts'

import type { Look } from '../element/look.ts'

/** Icons of views of records. */
const shapes = {
  plus: 'M10 4.25v11.5M4.25 10h11.5',
  down: 'M5.75 8l4.25 4.25L14.25 8',
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
  flag: 'M5 17V3.75h9.5L12.5 7.5l2 3.75H5',
  edit: 'M4 16l.7-3.3 8.6-8.6a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2L7.3 15.3 4 16Z',
  trash: 'M4 5.75h12M8 5.5V3.75h4V5.5M5.5 5.75l.6 10c0 .5.5 1 1 1h5.8c.5 0 1-.5 1-1l.6-10',
  inbox: 'M3.25 11.25 5.5 4.5h9l2.25 6.75v4c0 .55-.45 1-1 1H4.25c-.55 0-1-.45-1-1v-4ZM3.25 11.25H7l1 2h4l1-2h3.75',
  download: 'M10 3.75v8.75m0 0L6.5 9M10 12.5 13.5 9M3.75 12.5v2.75c0 .7.55 1.25 1.25 1.25h10c.7 0 1.25-.55 1.25-1.25V12.5',
  history: 'M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.25m0-3.5v3.5H7M10 6.75V10l2.25 1.5',
} as const satisfies Record<string, string>

const tokens = `
@layer crm.tokens {
:where(:root) {
--crm-surface-hover: light-dark(#f2f3f6, #1f2226);
--crm-surface-inverse: light-dark(#1c2025, #e6e8ea);
--crm-text-inverse: light-dark(#fff, #121417);
--crm-success-text: light-dark(#12623e, #7ad0a0);
--crm-success-soft: light-dark(#e4f9ed, #122a1e);
--crm-success-solid: light-dark(#1c7c4c, #4aaf79);
--crm-warning-text: light-dark(#7c4e0f, #efbf6c);
--crm-warning-soft: light-dark(#fef3dd, #2c200f);
--crm-warning-solid: light-dark(#c27919, #e3a340);
--crm-danger-soft: light-dark(#fff0ee, #341816);
--crm-chart-axis: light-dark(#9b9fa5, #5a5e63);
--crm-chart-muted: light-dark(#c4c7cd, #404449);
--crm-seq-1: light-dark(#e8effb, #1b2435);
--crm-seq-2: light-dark(#cadaf6, #203151);
--crm-seq-3: light-dark(#a2bef1, #274274);
--crm-avatar-1: light-dark(#d0e0fe, #2e3f60); --crm-avatar-1-text: light-dark(#233d6d, #cddfff);
--crm-avatar-2: light-dark(#cbe9d0, #27492e); --crm-avatar-2-text: light-dark(#0f4b23, #c8e8cd);
--crm-avatar-3: light-dark(#f6dac2, #56381c); --crm-avatar-3-text: light-dark(#5d3200, #f7d7bd);
--crm-avatar-4: light-dark(#f2d5ee, #52344f); --crm-avatar-4-text: light-dark(#582b55, #f2d3ee);
--crm-avatar-5: light-dark(#bee9eb, #07494c); --crm-avatar-5-text: light-dark(#02484b, #b8e9eb);
--crm-avatar-6: light-dark(#e6e1bf, #474017); --crm-avatar-6-text: light-dark(#483f00, #e5dfba);
--crm-avatar-7: light-dark(#fcd4d3, #5b3232); --crm-avatar-7-text: light-dark(#66272a, #fed2d0);
--crm-avatar-8: light-dark(#e1dafb, #42395c); --crm-avatar-8-text: light-dark(#423368, #e0d8fd);
--crm-text-2xs: .6875rem; --crm-leading-2xs: 1rem;
--crm-border-width: 1px;
--crm-row: 38px; --crm-cell-x: 12px;
--crm-pad-card: 10px; --crm-gap-card: 6px; --crm-board-column: 240px; --crm-board-card: 108px;
}
:where([data-density="compact"]) { --crm-row: 34px; --crm-cell-x: 10px; }
:where([data-density="comfortable"]) { --crm-row: 44px; --crm-cell-x: 14px; --crm-pad-card: 12px; --crm-gap-card: 8px; --crm-board-card: 118px; }
@media (pointer: coarse) {
:where(:root) { --crm-row: 52px; }
}
}`

/** What lists, boards and values for reading look like beyond what every component does. */
export const recordLook = { tokens, icons: shapes } satisfies Look

/**
 * The public design tokens: one declaration per role, both colour schemes in one value. They sit in a low layer at zero specificity on
 * the document's root, so a host overrides any of them on any ancestor and the value inherits through shadow roots. No token refers to
 * another one (it would be frozen here), and nothing here touches `color-scheme`: the components follow the host's.
 */
const tokens = `
@layer crm.tokens {
:where(:root) {
--crm-canvas: light-dark(#f6f7f9, #0d0e11);
--crm-surface: light-dark(#fff, #191b1f);
--crm-surface-sunken: light-dark(#eff1f4, #111316);
--crm-surface-raised: light-dark(#fff, #212428);
--crm-surface-hover: light-dark(#f2f3f6, #1f2226);
--crm-surface-active: light-dark(#e7eaee, #282c30);
--crm-surface-selected: light-dark(#eaf1ff, #1b2436);
--crm-surface-inverse: light-dark(#1c2025, #e6e8ea);
--crm-scrim: light-dark(rgb(17 22 31 / .38), rgb(0 0 0 / .62));
--crm-border-subtle: light-dark(#e6e9ec, #25282c);
--crm-border: light-dark(#d9dde1, #33373c);
--crm-border-strong: light-dark(#babec4, #494d54);
--crm-border-control: light-dark(#888e96, #747981);
--crm-text: light-dark(#181c22, #ebedef);
--crm-text-secondary: light-dark(#4c5259, #afb3b8);
--crm-text-tertiary: light-dark(#63686f, #989ca2);
--crm-text-disabled: light-dark(#94999f, #5a5e63);
--crm-text-inverse: light-dark(#fff, #121417);
--crm-accent: light-dark(#2955b3, #3a69c3);
--crm-accent-hover: light-dark(#1d46a1, #4472ca);
--crm-accent-active: light-dark(#163c8f, #305cb1);
--crm-accent-text: light-dark(#254fab, #92b7f3);
--crm-accent-soft: light-dark(#ecf3ff, #192439);
--crm-accent-soft-hover: light-dark(#dfeafe, #1f2f4b);
--crm-accent-border: light-dark(#a4beef, #36548c);
--crm-on-accent: #fff;
--crm-focus-ring: light-dark(#2e62c9, #73a5f6);
--crm-success-text: light-dark(#12623e, #7ad0a0);
--crm-success-soft: light-dark(#e4f9ed, #122a1e);
--crm-success-border: light-dark(#9ed2b3, #27593e);
--crm-success-solid: light-dark(#1c7c4c, #4aaf79);
--crm-warning-text: light-dark(#7c4e0f, #efbf6c);
--crm-warning-soft: light-dark(#fef3dd, #2c200f);
--crm-warning-border: light-dark(#ebc88e, #6d4f20);
--crm-warning-solid: light-dark(#c27919, #e3a340);
--crm-danger-text: light-dark(#a52522, #f8928a);
--crm-danger-soft: light-dark(#fff0ee, #341816);
--crm-danger-border: light-dark(#fab2ad, #8b3b38);
--crm-danger-solid: light-dark(#c12e2b, #ce3f3c);
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
--crm-font-sans: -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", sans-serif;
--crm-font-numeric: tabular-nums lining-nums;
--crm-text-2xs: .6875rem; --crm-leading-2xs: 1rem;
--crm-text-xs: .75rem; --crm-leading-xs: 1.125rem;
--crm-text-sm: .8125rem; --crm-leading-sm: 1.25rem;
--crm-text-md: .875rem; --crm-leading-md: 1.375rem;
--crm-text-lg: 1rem; --crm-leading-lg: 1.5rem;
--crm-text-xl: 1.25rem; --crm-leading-xl: 1.75rem;
--crm-weight-regular: 400; --crm-weight-medium: 500; --crm-weight-strong: 600;
--crm-radius-xs: 3px; --crm-radius-sm: 5px; --crm-radius-md: 7px; --crm-radius-lg: 10px; --crm-radius-xl: 14px; --crm-radius-full: 999px;
--crm-border-width: 1px;
--crm-stroke-icon: 1.5;
--crm-shadow-card: 0 1px 2px light-dark(rgb(20 28 44 / .05), rgb(0 0 0 / .35));
--crm-shadow-menu: 0 0 0 1px light-dark(rgb(20 28 44 / .08), rgb(255 255 255 / .09)), 0 4px 12px -2px light-dark(rgb(20 28 44 / .12), rgb(0 0 0 / .5)), 0 12px 32px -8px light-dark(rgb(20 28 44 / .16), rgb(0 0 0 / .6));
--crm-shadow-drag: 0 6px 12px -4px light-dark(rgb(20 28 44 / .18), rgb(0 0 0 / .6)), 0 20px 40px -12px light-dark(rgb(20 28 44 / .28), rgb(0 0 0 / .7));
--crm-shadow-dialog: 0 0 0 1px light-dark(rgb(20 28 44 / .06), rgb(255 255 255 / .1)), 0 24px 64px -16px light-dark(rgb(20 28 44 / .34), rgb(0 0 0 / .8));
--crm-duration-fast: 90ms; --crm-duration: 150ms; --crm-duration-slow: 240ms;
--crm-ease: cubic-bezier(.2, 0, 0, 1); --crm-ease-spring: cubic-bezier(.3, 1.25, .4, 1);
--crm-control: 32px; --crm-control-sm: 26px; --crm-target: 24px;
--crm-row: 38px; --crm-cell-x: 12px; --crm-page-x: 20px;
--crm-pad-card: 10px; --crm-gap-card: 6px; --crm-board-column: 240px; --crm-board-card: 108px;
}
:where([data-density="compact"]) { --crm-control: 28px; --crm-control-sm: 24px; --crm-row: 34px; --crm-cell-x: 10px; }
:where([data-density="comfortable"]) { --crm-row: 44px; --crm-cell-x: 14px; --crm-pad-card: 12px; --crm-gap-card: 8px; --crm-board-card: 118px; }
@media (pointer: coarse) {
:where(:root) { --crm-control: 44px; --crm-control-sm: 36px; --crm-row: 52px; --crm-target: 44px; }
}
@media (prefers-reduced-motion: reduce) {
:where(:root) { --crm-duration-fast: 0s; --crm-duration: 0s; --crm-duration-slow: 0s; }
}
@media (prefers-contrast: more) {
:where(:root) { --crm-border: light-dark(#888e96, #747981); --crm-border-subtle: light-dark(#babec4, #494d54); --crm-text-tertiary: light-dark(#4c5259, #afb3b8); }
}
}`

const installed = new WeakSet<Document>()

/** Gives a document the tokens, once. A constructed sheet, so a strict `style-src` lets it pass. */
export function installTokens(document: Document): void {
  const view = document.defaultView
  if (!view || installed.has(document)) return
  installed.add(document)
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync(tokens)
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets]
}

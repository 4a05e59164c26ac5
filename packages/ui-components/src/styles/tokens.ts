/**
 * The public design tokens: one declaration per role, both colour schemes in one value. They sit in a low layer at zero specificity on
 * the document's root, so a host overrides any of them on any ancestor and the value inherits through shadow roots. No token refers to
 * another one (it would be frozen here), and nothing here touches `color-scheme`: the components follow the host's.
 *
 * These are what every first look takes; those of records stand in `record-look.ts`, the rest in `later-look.ts`.
 */
const tokens = `
@layer crm.tokens {
:where(:root) {
--crm-canvas: light-dark(#f6f7f9, #0d0e11);
--crm-surface: light-dark(#fff, #191b1f);
--crm-surface-sunken: light-dark(#eff1f4, #111316);
--crm-surface-raised: light-dark(#fff, #212428);
--crm-surface-active: light-dark(#e7eaee, #282c30);
--crm-border-subtle: light-dark(#e6e9ec, #25282c);
--crm-border: light-dark(#d9dde1, #33373c);
--crm-border-strong: light-dark(#babec4, #494d54);
--crm-border-control: light-dark(#888e96, #747981);
--crm-text: light-dark(#181c22, #ebedef);
--crm-text-secondary: light-dark(#4c5259, #afb3b8);
--crm-text-tertiary: light-dark(#63686f, #989ca2);
--crm-accent: light-dark(#2955b3, #3a69c3);
--crm-accent-text: light-dark(#254fab, #92b7f3);
--crm-accent-soft: light-dark(#ecf3ff, #192439);
--crm-accent-border: light-dark(#a4beef, #36548c);
--crm-on-accent: #fff;
--crm-focus-ring: light-dark(#2e62c9, #73a5f6);
--crm-danger-text: light-dark(#a52522, #f8928a);
--crm-danger-solid: light-dark(#c12e2b, #ce3f3c);
--crm-font-sans: -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Helvetica Neue", Arial, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", sans-serif;
--crm-font-numeric: tabular-nums lining-nums;
--crm-text-xs: .75rem; --crm-leading-xs: 1.125rem;
--crm-text-sm: .8125rem; --crm-leading-sm: 1.25rem;
--crm-text-md: .875rem; --crm-leading-md: 1.375rem;
--crm-text-lg: 1rem; --crm-leading-lg: 1.5rem;
--crm-weight-regular: 400; --crm-weight-medium: 500; --crm-weight-strong: 600;
--crm-radius-xs: 3px; --crm-radius-sm: 5px; --crm-radius-md: 7px; --crm-radius-lg: 10px; --crm-radius-full: 999px;
--crm-stroke-icon: 1.5;
--crm-shadow-card: 0 1px 2px light-dark(rgb(20 28 44 / .05), rgb(0 0 0 / .35));
--crm-duration-fast: 90ms; --crm-duration: 150ms;
--crm-ease: cubic-bezier(.2, 0, 0, 1);
--crm-control: 32px; --crm-control-sm: 26px;
--crm-page-x: 20px;
}
:where([data-density="compact"]) { --crm-control: 28px; --crm-control-sm: 24px; }
@media (pointer: coarse) {
:where(:root) { --crm-control: 44px; --crm-control-sm: 36px; }
}
@media (prefers-reduced-motion: reduce) {
:where(:root) { --crm-duration-fast: 0s; --crm-duration: 0s; }
}
@media (prefers-contrast: more) {
:where(:root) { --crm-border: light-dark(#888e96, #747981); --crm-border-subtle: light-dark(#babec4, #494d54); --crm-text-tertiary: light-dark(#4c5259, #afb3b8); }
}
}`

const installed = new WeakMap<Document, Set<string>>()

/** Gives a document tokens, each text once. A constructed sheet, so a strict `style-src` lets it pass. */
export function installTokens(document: Document, text = tokens): void {
  const view = document.defaultView
  const known = installed.get(document) ?? new Set()
  if (!view || known.has(text)) return
  installed.set(document, known.add(text))
  const sheet = new view.CSSStyleSheet()
  sheet.replaceSync(text)
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets]
}

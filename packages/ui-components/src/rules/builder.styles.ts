import { css } from 'lit'

/** Where a rule is written. */
export const builderStyles = css`
.grid { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 16px; align-items: start; }
.grid.is-new { grid-template-columns: minmax(0, 900px); }
.builder-body { display: grid; gap: 20px; padding: 16px; margin: 0; border: 0; min-width: 0; }
.builder-foot { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; padding: 12px 16px; border-top: 1px solid var(--crm-border-subtle); background: var(--crm-surface-sunken); border-radius: 0 0 var(--crm-radius-lg) var(--crm-radius-lg); }
.page-error { padding: 0 16px 12px; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px 16px; }
.control { display: grid; gap: 4px; align-content: start; min-width: 0; }
.control .label { min-height: 20px; }
.rule { display: grid; gap: 16px; min-width: 0; }
.rule + .rule { border-top: 1px solid var(--crm-border); padding-top: 16px; }
.rule-head { display: flex; align-items: center; gap: 8px; }
.rule-when { border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); overflow: clip; }
.rule-when > .error { padding: 0 16px 12px; }
.rule-sets, .rule-say, .rule-limits { display: grid; gap: 6px; justify-items: start; }
.rule-sets > ul, .rule-say > .pair, .rule-limits > .pair, .meanings { width: 100%; }
.rule-sets > ul { display: grid; gap: 8px; }
.set { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 4px 6px; align-items: start; }
.set-parts { display: flex; flex-wrap: wrap; gap: 6px; align-items: flex-start; min-width: 0; }
.set-parts > * { flex: 1 1 160px; min-width: 0; max-width: 280px; }
.set-parts > [bare] { margin-top: -4px; }
.set .error { grid-column: 1 / -1; }
.kept { align-self: center; overflow-wrap: anywhere; }
.say-head { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: var(--crm-control-sm); }
.meanings { display: flex; flex-wrap: wrap; gap: 4px 12px; font-size: var(--crm-text-xs); color: var(--crm-text-secondary); }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--crm-accent-text); background: var(--crm-accent-soft); border-radius: var(--crm-radius-xs); padding: 0 3px; }
.rule-limits { border-top: 1px solid var(--crm-border-subtle); padding-top: 16px; }
@container view (max-width: 1000px) { .grid { grid-template-columns: minmax(0, 1fr); } }
@container view (max-width: 640px) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  .set-parts > * { flex-basis: 100%; max-width: none; }
  .builder-foot .btn { flex: 1; }
}
`

import { css } from 'lit'

/** Tiers, milestone levels and grades. */
export const scale = css`
.scale { display: inline-flex; align-items: center; gap: 6px; min-width: 0; max-width: 100%; }
.tier { display: inline-grid; place-items: center; height: 18px; padding: 0 5px; border-radius: var(--crm-radius-xs); font-size: var(--crm-text-2xs); line-height: 1; font-weight: var(--crm-weight-strong); letter-spacing: .02em; flex: none; }
.tier-a { box-shadow: inset 0 0 0 1px var(--crm-border-strong); color: var(--crm-text-secondary); }
.tier-b { background: var(--crm-seq-1); color: var(--crm-text-secondary); }
.tier-c { background: var(--crm-seq-2); }
.tier-d { background: var(--crm-seq-3); }
.tier-e { background: var(--crm-accent); color: var(--crm-on-accent); }
.tier-s { background: var(--crm-surface-inverse); color: var(--crm-text-inverse); }
.pips { width: 19px; height: 8px; flex: none; }
.bars { width: 13px; height: 12px; flex: none; }
.pips rect, .bars rect { fill: var(--crm-chart-muted); }
.pips .on { fill: var(--crm-text-secondary); }
.bars .on { fill: currentColor; }
.grade-3 { color: var(--crm-accent-text); }
.grade-2 { color: var(--crm-text-secondary); }
.grade-1, .grade-0 { color: var(--crm-text-tertiary); }
`

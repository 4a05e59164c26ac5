import { css } from 'lit'

/** Marks on records: money, avatars, badges, stage rings, the idle line. */
export const mark = css`
.money { white-space: nowrap; }
.cur { color: var(--crm-text-tertiary); margin-right: .18em; font-weight: var(--crm-weight-regular); }
.unit { color: var(--crm-text-tertiary); font-size: .86em; margin-left: .18em; font-weight: var(--crm-weight-regular); }
.avatar { display: inline-grid; place-items: center; width: 20px; height: 20px; border-radius: var(--crm-radius-full); font-size: 11px; line-height: 1; font-weight: var(--crm-weight-medium); flex: none; background: var(--crm-avatar-1); color: var(--crm-avatar-1-text); }
.avatar-sq { border-radius: var(--crm-radius-sm); width: 22px; height: 22px; font-size: 12px; }
.avatar-l { font-size: 9px; letter-spacing: -.02em; }
.a2 { background: var(--crm-avatar-2); color: var(--crm-avatar-2-text); }
.a3 { background: var(--crm-avatar-3); color: var(--crm-avatar-3-text); }
.a4 { background: var(--crm-avatar-4); color: var(--crm-avatar-4-text); }
.a5 { background: var(--crm-avatar-5); color: var(--crm-avatar-5-text); }
.a6 { background: var(--crm-avatar-6); color: var(--crm-avatar-6-text); }
.a7 { background: var(--crm-avatar-7); color: var(--crm-avatar-7-text); }
.a8 { background: var(--crm-avatar-8); color: var(--crm-avatar-8-text); }
.badge { display: inline-flex; align-items: center; gap: 4px; height: 20px; padding: 0 6px; border-radius: var(--crm-radius-sm); background: var(--crm-surface-active); color: var(--crm-text-secondary); font-size: var(--crm-text-xs); line-height: 20px; font-weight: var(--crm-weight-medium); white-space: nowrap; flex: none; max-width: 100%; }
.badge-accent { background: var(--crm-accent-soft); color: var(--crm-accent-text); }
.badge-success { background: var(--crm-success-soft); color: var(--crm-success-text); }
.badge-warning { background: var(--crm-warning-soft); color: var(--crm-warning-text); }
.badge-danger { background: var(--crm-danger-soft); color: var(--crm-danger-text); }
.badge-line { background: none; box-shadow: inset 0 0 0 1px var(--crm-border); font-weight: var(--crm-weight-regular); }
.count { color: var(--crm-text-tertiary); font-weight: var(--crm-weight-regular); font-size: var(--crm-text-xs); }
.tag { display: inline-flex; align-items: center; gap: 2px; height: 20px; padding: 0 7px; border-radius: var(--crm-radius-full); border: 1px solid var(--crm-border); background: var(--crm-surface); color: var(--crm-text-secondary); font-size: var(--crm-text-xs); line-height: 18px; white-space: nowrap; flex: none; max-width: 100%; }
.tag button { display: grid; place-items: center; width: 16px; height: 16px; margin-right: -4px; border-radius: 99px; position: relative; }
.tag button::after { content: ""; position: absolute; inset: -4px; }
.tag button:hover { background: var(--crm-surface-active); }
.tag .icon { width: 10px; height: 10px; stroke-width: 2; }
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
.stage { width: 14px; height: 14px; flex: none; }
.stage .ring { fill: none; stroke: var(--crm-accent-text); stroke-width: 1.5; opacity: .6; }
.stage .pie { fill: none; stroke: var(--crm-accent-text); stroke-width: 4; }
.stage .full { fill: var(--crm-success-solid); }
.stage-lost .full { fill: var(--crm-chart-axis); }
.stage path { fill: none; stroke: var(--crm-surface); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
`

import { css } from 'lit'

/** Marks on records: money, avatars, badges. */
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
.tag .icon { width: 10px; height: 10px; stroke-width: 2; }
`

import { css } from 'lit'

export const settingsStyles = css`
.view { display: flex; flex-direction: column; }
h3, h4 { margin: 0; font-weight: var(--crm-weight-strong); font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); }
ul, ol { list-style: none; margin: 0; padding: 0; }
.tick { display: inline-flex; align-items: center; gap: 8px; min-height: var(--crm-target); cursor: pointer; }
.stack { display: grid; gap: 10px; justify-items: start; }
.message-text { justify-items: stretch; }
.message-words textarea { height: auto; padding-block: 6px; resize: vertical; }
.message-text code { padding: 1px 4px; border-radius: var(--crm-radius-xs); background: var(--crm-surface-active); }
.stack-6 { display: grid; gap: 6px; }
.pair { display: grid; gap: 4px; min-width: 0; }
.pair-label { font-size: var(--crm-text-xs); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); }
del { color: var(--crm-text-tertiary); text-decoration-color: var(--crm-danger-solid); overflow-wrap: anywhere; }
ins { color: var(--crm-success-text); text-decoration: none; overflow-wrap: anywhere; }

.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 20px; padding: 0 var(--crm-page-x) 32px; flex: 1; align-items: start; }
.columns.has-rail { grid-template-columns: 240px minmax(0, 1fr); }
.rail { display: grid; gap: 4px; align-content: start; }
.rail-wide .rail { position: sticky; top: 0; max-height: 100dvh; overflow-y: auto; scrollbar-width: thin; padding: 4px; margin: -4px; }
h3.rail-title { padding: 12px 8px 2px; font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-medium); }
.rail-list { max-height: 300px; overflow-y: auto; scrollbar-width: thin; padding: 2px; margin: -2px; }
.rail-item { display: flex; align-items: center; gap: 8px; width: 100%; min-height: max(32px, var(--crm-target)); padding: 4px 8px; border-radius: var(--crm-radius-md); color: var(--crm-text-secondary); }
.rail-item:hover { background: var(--crm-surface-active); color: var(--crm-text); }
.rail-item[aria-current] { background: var(--crm-accent-soft); color: var(--crm-accent-text); font-weight: var(--crm-weight-medium); }
.rail-item[aria-current] .count { color: inherit; }
.d1 { padding-inline-start: 22px; } .d2 { padding-inline-start: 36px; } .d3 { padding-inline-start: 50px; } .d4 { padding-inline-start: 64px; } .d5 { padding-inline-start: 78px; }
.rail-find { height: var(--crm-control-sm); font-size: var(--crm-text-xs); margin: 2px 0 4px; }
.rail-note { padding: 4px 8px; }
.rail-narrow { display: none; }
.picker { max-width: 100%; }

.main { display: grid; gap: 16px; min-width: 0; max-width: 1080px; align-content: start; }
.bar { display: flex; align-items: center; gap: 12px 16px; min-width: 0; flex-wrap: wrap; }
.place-title { display: flex; align-items: center; gap: 8px; font-size: var(--crm-text-lg); line-height: var(--crm-leading-lg); min-width: 0; }
.group { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); min-width: 0; }
.group-title { padding: 10px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.setting { display: grid; grid-template-columns: minmax(0, 1fr) minmax(120px, 240px) minmax(120px, 190px) auto; align-items: center; gap: 8px 16px; padding: 10px 8px 10px 16px; }
.setting + .setting { border-top: 1px solid var(--crm-border-subtle); }
.setting-name { display: grid; gap: 1px; min-width: 0; }
.setting-name b { font-weight: var(--crm-weight-medium); }
.value-button, .source { display: inline-flex; align-items: center; gap: 6px; min-height: max(28px, var(--crm-target)); padding: 2px 8px; border-radius: var(--crm-radius-sm); max-width: 100%; min-width: 0; justify-self: start; }
.value-button { font-weight: var(--crm-weight-medium); }
.value-button.dim { font-weight: var(--crm-weight-regular); color: var(--crm-text-secondary); }
.value-button:hover, .source:hover { background: var(--crm-surface-active); }
.value-button .icon, .source .icon { width: 14px; height: 14px; color: var(--crm-text-tertiary); }
.source { font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-secondary); }
.source.is-here { color: var(--crm-accent-text); }
.source.is-here .icon { color: inherit; }

.why { display: grid; gap: 10px; padding: 10px 12px; width: min(340px, calc(100vw - 32px)); }
.panel:has(.why) { max-width: none; }
.why:focus { outline: none; box-shadow: none; }
.why-lines { display: grid; gap: 4px; }
.why-line { display: grid; gap: 2px; padding: 8px 10px; border-radius: var(--crm-radius-md); border: 1px solid var(--crm-border-subtle); }
.why-line:not(.is-winner) b, .why-line:not(.is-winner) .why-value { font-weight: var(--crm-weight-regular); color: var(--crm-text-secondary); }
.why-line.is-winner { background: var(--crm-accent-soft); border-color: var(--crm-accent-border); }
.why-line.is-winner .dim { color: var(--crm-accent-text); }
.why-value { font-weight: var(--crm-weight-strong); text-align: end; max-width: 60%; overflow-wrap: anywhere; }
.panel .rail { width: min(300px, calc(100vw - 40px)); padding: 6px; }

@media (min-width: 641px) { dialog.edit { width: 640px; } }
.edit-form { display: flex; flex-direction: column; min-height: 0; overflow: hidden; }
.edit-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 12px 8px 20px; }
.edit-head .title { white-space: normal; }
.edit-body { display: grid; gap: 12px; padding: 4px 20px 20px; overflow-y: auto; flex: 1; align-content: start; }
.edit-foot { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 20px; border-top: 1px solid var(--crm-border-subtle); background: var(--crm-surface-sunken); }
.edit-value { display: grid; gap: 10px; }
.edit-value > .input, .edit-value > .select, .pair-row { max-width: 320px; }
.narrow { max-width: 160px; }
#edit-problem:empty { display: none; }
.effects { display: grid; gap: 8px; }
.effects-scroll { max-height: 260px; overflow: auto; border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-md); }
.effects table, .compare table { width: 100%; border-collapse: collapse; }
.effects th, .effects td { text-align: start; padding: 6px 10px; font-weight: var(--crm-weight-regular); vertical-align: top; }
.effects thead th, .compare thead th { font-size: var(--crm-text-xs); color: var(--crm-text-tertiary); background: var(--crm-surface-sunken); position: sticky; top: 0; z-index: 1; text-align: start; font-weight: var(--crm-weight-medium); }
.effects tbody tr + tr { border-top: 1px solid var(--crm-border-subtle); }
.effects .more { padding: 6px 10px; }

.week { display: grid; gap: 8px; justify-items: start; }
.weekday { display: grid; grid-template-columns: 56px minmax(0, 1fr); align-items: center; min-height: var(--crm-control); gap: 8px; }
.weekday b { font-weight: var(--crm-weight-medium); }
.spans { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
.span { display: inline-flex; align-items: center; gap: 4px; }
.input.time { width: 64px; padding: 0 8px; text-align: center; }
.days { display: flex; flex-wrap: wrap; gap: 6px; max-height: 180px; overflow-y: auto; }
.add-day .input { width: 170px; }
.workday { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; }
.workday b { font-weight: var(--crm-weight-medium); min-width: 150px; }
.year { display: grid; gap: 10px; padding: 12px; border: 1px solid var(--crm-border); border-radius: var(--crm-radius-md); width: 100%; }
.year-head { display: grid; grid-template-columns: 80px 110px minmax(0, 1fr); gap: 10px; }

.compare-bar, .chosen { padding: 0 var(--crm-page-x) 12px; }
.compare-bar { flex-wrap: wrap; }
.team-choice { width: 180px; }
.chosen { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding-block: 8px; margin: 0 var(--crm-page-x) 12px; padding-inline: 12px; background: var(--crm-accent-soft); border: 1px solid var(--crm-accent-border); border-radius: var(--crm-radius-md); }
.compare { margin: 0 var(--crm-page-x) 20px; height: min(640px, calc(100dvh - 190px)); min-height: 260px; overflow: auto; background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); }
.compare table { table-layout: fixed; }
.compare thead th { padding: 8px 12px; }
.compare thead th:nth-child(3) { width: 26%; } .compare thead th:nth-child(4) { width: 26%; }
.compare tbody th, .compare tbody td { padding: 0 4px; height: 44px; border-top: 1px solid var(--crm-border-subtle); text-align: start; font-weight: var(--crm-weight-regular); }
.compare tbody tr:hover { background: var(--crm-surface-hover); }
.compare .is-chosen { background: var(--crm-accent-soft); }
.compare .space { padding: 0; border: 0; }
.compare tr > .tick-cell { width: 44px; text-align: center; padding: 0; }
.loading { padding: 32px var(--crm-page-x); }

@container view (max-width: 860px) {
  .columns.has-rail { grid-template-columns: minmax(0, 1fr); }
  .rail-wide { display: none; }
  .rail-narrow { display: inline-flex; min-width: 0; max-width: 100%; }
  .columns.has-rail .place-title > .clip { display: none; }
  .bar .grow { display: none; }
}
@container view (max-width: 640px) {
  .bar > .find, .compare-bar > .find { width: 100%; }
  .setting { grid-template-columns: minmax(0, 1fr) auto; padding-inline: 14px 6px; gap: 2px 8px; }
  .setting > .value-button { grid-row: 2; margin-inline-start: -8px; }
  .setting > .source { grid-row: 2; grid-column: 2; justify-self: end; max-width: 44cqw; }
  .setting > .btn { grid-column: 2; grid-row: 1; align-self: start; justify-self: end; }
  .compare thead th:nth-child(4), .compare tbody td:nth-child(4) { display: none; }
  .compare thead th:nth-child(3) { width: 40%; }
  .year-head { grid-template-columns: minmax(0, 1fr); }
  .edit-foot .btn { flex: 1; }
  .edit-foot .grow { display: none; }
}
`

import { css } from 'lit'

export const importStyles = css`
.view { min-height: inherit; display: flex; flex-direction: column; padding-bottom: 0; }
.h3, h4 { margin: 0; font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); font-weight: var(--crm-weight-strong); }
.body { display: grid; gap: 16px; padding: 8px var(--crm-page-x) 24px; width: 100%; max-width: 1240px; align-content: start; flex: 1; grid-template-columns: minmax(0, 1fr); }
.body.has-rail { grid-template-columns: 232px minmax(0, 1fr); max-width: 1400px; }
.main { display: grid; gap: 16px; align-content: start; min-width: 0; grid-template-columns: minmax(0, 1fr); }
.gone { padding: 56px 24px; margin: auto; }
.wrap { flex-wrap: wrap; }
.stack { display: grid; gap: 12px; }
.good { color: var(--crm-success-text); }
.late { color: var(--crm-warning-text); display: inline-flex; align-items: center; gap: 5px; }
.accent { color: var(--crm-accent-text); }
.late .icon, .good .icon { width: 14px; height: 14px; }
del { color: var(--crm-text-tertiary); text-decoration-color: var(--crm-danger-solid); overflow-wrap: anywhere; }
ins { color: var(--crm-success-text); text-decoration: none; overflow-wrap: anywhere; }
.badge-success, .banner-success > .icon { color: var(--crm-success-text); }
.banner-success { background: var(--crm-success-soft); border-color: var(--crm-success-border); }
.problem { margin: 0 var(--crm-page-x) 8px; }

.steps { display: flex; gap: 8px; padding: 2px var(--crm-page-x) 12px; max-width: 960px; width: 100%; }
.step { display: flex; align-items: center; gap: 10px; color: var(--crm-text-tertiary); white-space: nowrap; }
.step:not(:last-child) { flex: 1; }
.step:not(:last-child)::after { content: ""; flex: 1; min-width: 12px; height: 2px; background: var(--crm-border); border-radius: 1px; }
.step.is-done:not(:last-child)::after { background: var(--crm-accent-text); }
.step-in { display: inline-flex; align-items: center; gap: 8px; min-height: var(--crm-target); border-radius: var(--crm-radius-sm); }
button.step-in:hover .step-name { color: var(--crm-text); text-decoration: underline; text-underline-offset: 3px; }
.step-mark { display: grid; place-items: center; width: 20px; height: 20px; border-radius: 99px; box-shadow: inset 0 0 0 1.5px var(--crm-border-strong); font-size: var(--crm-text-2xs); font-weight: var(--crm-weight-strong); }
.step-mark .icon { width: 12px; height: 12px; stroke-width: 2.25; }
.is-done { color: var(--crm-text-secondary); }
.is-done .step-mark { background: var(--crm-accent); box-shadow: none; color: var(--crm-on-accent); }
.is-current { color: var(--crm-text); font-weight: var(--crm-weight-medium); }
.is-current .step-mark { box-shadow: inset 0 0 0 2px var(--crm-accent-text); color: var(--crm-accent-text); }
.is-current.is-done .step-mark { color: var(--crm-on-accent); box-shadow: none; }
.step-head { display: grid; gap: 2px; padding: 4px 0 0; min-width: 0; }
.step-title { font-size: var(--crm-text-lg); line-height: var(--crm-leading-lg); font-weight: var(--crm-weight-strong); overflow-wrap: anywhere; }
.step-title:focus { outline: none; box-shadow: none; }

.panel { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); min-width: 0; overflow: clip; }
.panel-open { border-color: var(--crm-warning-border); }
.panel-head { display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 6px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.panel-body { padding: 12px 16px 16px; }
.head-hint { text-align: right; }
.fold-panel > summary { cursor: pointer; list-style: none; border-bottom-color: transparent; }
.fold-panel > summary::-webkit-details-marker { display: none; }
.fold-panel[open] > summary { border-bottom-color: var(--crm-border-subtle); }
.fold-panel > summary:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); border-radius: var(--crm-radius-lg); }
.fold-panel > summary > .icon:last-child { color: var(--crm-text-tertiary); transition: rotate var(--crm-duration) var(--crm-ease); }
.fold-panel[open] > summary > .icon:last-child { rotate: 180deg; }
.bare-fold > .panel-head { padding-inline: 4px; border: 0; }

.drop { position: relative; display: flex; align-items: center; justify-content: center; gap: 14px; min-height: 172px; padding: 24px; border: 1.5px dashed var(--crm-border-strong); border-radius: var(--crm-radius-lg); background: var(--crm-surface); cursor: pointer; text-align: start; transition: background var(--crm-duration), border-color var(--crm-duration); }
.drop:hover { border-color: var(--crm-accent-text); }
.drop.is-over { background: var(--crm-accent-soft); border-color: var(--crm-accent-text); border-style: solid; }
.drop.is-compact { min-height: 64px; padding: 12px 16px; justify-content: flex-start; }
.drop:has(:focus-visible), .file-button:has(:focus-visible) { box-shadow: 0 0 0 2px var(--crm-surface), 0 0 0 4px var(--crm-focus-ring); }
.drop > .icon { width: 28px; height: 28px; stroke-width: 1.25; color: var(--crm-accent-text); }
.drop.is-compact > .icon { width: 20px; height: 20px; }
.drop-words { display: grid; gap: 2px; min-width: 0; }
.drop-words b { font-weight: var(--crm-weight-medium); font-size: var(--crm-text-md); line-height: var(--crm-leading-md); }
.drop-input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; font-size: 0; }
.file-button { position: relative; }
.files > li, .jobs > li, .row-line, .repair, .question, .bad-row { border-bottom: 1px solid var(--crm-border-subtle); }
.files > li:last-child, .jobs > li:last-child, .row-line:last-child, .repair:last-child, .question:last-child, .column:last-child, .bad-row:last-child { border-bottom: 0; }
.file { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto auto; align-items: center; gap: 4px 12px; padding: 10px 12px 10px 16px; }
.file > .icon, .rail-item > .icon { color: var(--crm-text-tertiary); }
.file-name, .job-name, .value-name, .rail-words { display: grid; min-width: 0; }
.file-name b, .job-name b, .rail-words b { font-weight: var(--crm-weight-medium); }
.file-choice { display: flex; gap: 8px; align-items: center; }
.file-choice .select { width: auto; max-width: 200px; }
.file-wide { grid-column: 2 / -1; align-items: center; }
.bar { appearance: none; display: block; width: 100%; height: 4px; border: 0; border-radius: 2px; overflow: hidden; background: var(--crm-surface-active); color: var(--crm-accent-text); }
.bar::-webkit-progress-bar { background: var(--crm-surface-active); }
.bar::-webkit-progress-value { background: var(--crm-accent-text); transition: width var(--crm-duration-slow) linear; }
.bar::-moz-progress-bar { background: var(--crm-accent-text); }
.bar:indeterminate { background: linear-gradient(90deg, var(--crm-surface-active) 30%, var(--crm-accent-text) 50%, var(--crm-surface-active) 70%) 0 / 250% 100%; animation: slide 1.6s linear infinite; }
.bar:indeterminate::-webkit-progress-bar { background: transparent; }
@keyframes slide { from { background-position: 120% 0; } to { background-position: -60% 0; } }
.job-row { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 16px; align-items: center; width: 100%; padding: 9px 16px; }
.job-row:hover { background: var(--crm-surface-hover); }
.job-row:focus-visible, .rail-item:focus-visible { box-shadow: inset 0 0 0 2px var(--crm-focus-ring); }

.rail { position: sticky; top: 0; align-self: start; }
.rail ul { display: grid; gap: 2px; }
.rail-item { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 8px; align-items: center; width: 100%; padding: 8px; border-radius: var(--crm-radius-md); }
.rail-item:hover { background: var(--crm-surface-hover); }
.rail-item[aria-current] { background: var(--crm-surface); box-shadow: var(--crm-shadow-card), inset 0 0 0 1px var(--crm-border); }

.question { display: grid; gap: 8px; padding: 12px 16px 14px; }
.question-title { display: flex; align-items: center; gap: 6px; }
.question-title b { font-weight: var(--crm-weight-strong); }
.question-title .icon { width: 14px; height: 14px; display: block; }
.radios .seg { width: max-content; max-width: 100%; }
.values { display: grid; gap: 1px; background: var(--crm-border-subtle); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-md); overflow: clip; }
.value { display: grid; grid-template-columns: minmax(120px, 1fr) minmax(0, auto); gap: 6px 16px; align-items: center; padding: 6px 10px 6px 12px; background: var(--crm-surface); }
.value-do { display: flex; gap: 6px; align-items: center; flex-wrap: wrap; justify-content: flex-end; }
.value-do .select, .value-do .input { width: 172px; height: var(--crm-control-sm); font-size: var(--crm-text-xs); }

.column { display: grid; grid-template-columns: minmax(0, 1fr) 16px minmax(0, 1fr) 84px; gap: 0 14px; align-items: center; padding: 8px 12px 8px 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.column-name, .column-field { display: grid; gap: 2px; min-width: 0; }
.column-name b { font-weight: var(--crm-weight-medium); }
.samples { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.column-arrow .icon { width: 14px; height: 14px; display: block; }
.column.is-unused .column-name b, .column.is-unused .column-arrow { color: var(--crm-text-tertiary); }
.column.is-unused .select { color: var(--crm-text-tertiary); border-style: dashed; }
.column-field .select { height: var(--crm-control-sm); }
.column-why { padding-left: 11px; min-height: var(--crm-leading-xs); }
.fold .icon { transition: rotate var(--crm-duration) var(--crm-ease); }
.fold[aria-expanded="true"] .icon { rotate: 180deg; }
.column-settings { grid-column: 1 / -1; display: grid; gap: 12px; margin: 10px 0 4px; padding: 12px 14px 14px; background: var(--crm-surface-sunken); border-radius: var(--crm-radius-md); }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 10px 16px; align-items: start; }
.pair { display: grid; gap: 4px; min-width: 0; align-content: start; }
.pair-label { font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); color: var(--crm-text-secondary); font-weight: var(--crm-weight-medium); padding: 0; }
.ticks { display: flex; flex-wrap: wrap; gap: 4px 18px; }
.ticks legend:not(.sr) { float: left; width: 100%; margin-bottom: 4px; }
.tick { display: inline-flex; align-items: center; gap: 8px; min-height: max(28px, var(--crm-target)); cursor: pointer; }
.replacements { display: grid; gap: 6px; max-width: 560px; }
.replacements ul { display: grid; gap: 4px; }
.replacement { display: grid; grid-template-columns: minmax(80px, 1fr) 14px minmax(120px, 1.4fr) auto; gap: 8px; align-items: center; }
.replacement .icon { width: 14px; height: 14px; display: block; }
.fill-line { display: grid; grid-template-columns: minmax(80px, 130px) 142px minmax(0, 1fr) auto; gap: 10px; align-items: start; }
.fill-name, .fill-line > .soft { line-height: var(--crm-control); font-weight: var(--crm-weight-medium); }
.fill-line > .soft { font-weight: var(--crm-weight-regular); }
.fill-line > .btn { margin-top: 3px; }
.template { display: grid; grid-template-columns: minmax(0, 1fr) 156px; gap: 6px; }
.template > :only-child { grid-column: 1 / -1; }
.template-sample { grid-column: 1 / -1; display: flex; gap: 6px; align-items: center; min-width: 0; }
.template-sample .icon { width: 12px; height: 12px; }
.add-line .select { width: 220px; max-width: 100%; height: var(--crm-control-sm); }
.moment { display: grid; gap: 10px; padding: 10px 14px 14px; border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-md); background: var(--crm-surface-sunken); min-width: 0; }
.moment-head { display: flex; align-items: center; min-height: 26px; }
.moment-head b { font-weight: var(--crm-weight-medium); }
.sets { display: grid; gap: 6px; }
.set-line { display: grid; grid-template-columns: minmax(80px, 150px) minmax(110px, 1fr) minmax(0, 1.4fr) auto; gap: 8px; align-items: center; }
.saved-line { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
.saved-line .input, .saved-line .select { width: 220px; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 8px; }
.figure { display: grid; gap: 0; padding: 10px 14px; border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); background: var(--crm-surface); min-width: 0; }
button.figure:hover { background: var(--crm-surface-hover); }
.figure[aria-pressed="true"] { border-color: var(--crm-accent-text); background: var(--crm-accent-soft); box-shadow: inset 0 0 0 1px var(--crm-accent-text); }
.figure-count { font-size: var(--crm-text-xl); line-height: var(--crm-leading-xl); font-weight: var(--crm-weight-strong); }
.tone-success { color: var(--crm-success-text); }
.tone-warning { color: var(--crm-warning-text); }
.tone-danger { color: var(--crm-danger-text); }
.row-line { display: grid; grid-template-columns: minmax(72px, max-content) 90px minmax(0, 1fr); gap: 12px; padding: 8px 16px; align-items: start; }
.row-number { display: flex; gap: 8px; max-width: 230px; line-height: var(--crm-leading-sm); }
.row-number > :last-child { margin-left: auto; white-space: nowrap; }
.outcome { display: inline-flex; align-items: center; gap: 6px; }
.outcome .icon { width: 14px; height: 14px; }
.row-what { display: grid; gap: 2px; min-width: 0; }
.row-what b { font-weight: var(--crm-weight-regular); }
.mark-line { display: flex; flex-wrap: wrap; gap: 0 7px; align-items: baseline; min-width: 0; }
.mark-line .icon { width: 12px; height: 12px; align-self: center; display: block; }
.reason { display: flex; gap: 6px; color: var(--crm-danger-text); overflow-wrap: anywhere; }
.reason .icon { width: 14px; height: 14px; margin-top: 3px; }
.reason b { font-weight: var(--crm-weight-medium); }
.more { padding: 10px 16px; text-align: center; }
.repair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.3fr); gap: 6px 20px; padding: 10px 16px; }
.repair-name { display: grid; min-width: 0; }
.repair-name b { font-weight: var(--crm-weight-medium); overflow-wrap: anywhere; }
.examples { display: grid; gap: 2px; align-content: start; }

.working { display: flex; gap: 12px; align-items: center; padding: 20px 16px; }
.working b { font-weight: var(--crm-weight-medium); }
.progress-panel { display: grid; gap: 12px; padding: 14px 16px 16px; }
.progress-head { display: flex; gap: 14px; align-items: center; }
.progress-head b { font-weight: var(--crm-weight-medium); }
.share { font-size: 26px; line-height: 34px; font-weight: var(--crm-weight-strong); min-width: 74px; }
.share small { font-size: var(--crm-text-md); color: var(--crm-text-tertiary); font-weight: var(--crm-weight-regular); margin-left: 2px; }
.progress-panel .bar { height: 6px; border-radius: 3px; }
.bad-scroll { max-height: 560px; overflow: auto; scrollbar-width: thin; }
.bad-row { display: grid; grid-template-columns: minmax(150px, 1fr) minmax(0, 2.4fr) auto; gap: 8px 16px; padding: 12px 16px; align-items: start; }
.bad-row.is-edited { background: var(--crm-surface-selected); }
.bad-why { display: grid; gap: 2px; min-width: 0; font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); }
.bad-why .reason .icon { margin-top: 2px; }
.bad-cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(136px, 1fr)); gap: 8px; align-items: end; }
.bad-cell { display: grid; gap: 2px; min-width: 0; }
.bad-cell .input { height: var(--crm-control-sm); padding: 0 8px; }
.all-cells { justify-self: start; }
.bad-foot { display: flex; gap: 12px; align-items: center; padding: 8px 12px 8px 16px; border-top: 1px solid var(--crm-border-subtle); }
.bad-error { padding: 8px 16px; }
.skel-line { display: flex; gap: 32px; align-items: center; height: 52px; padding: 0 16px; border-bottom: 1px solid var(--crm-border-subtle); }
.foot { position: sticky; bottom: 0; z-index: 4; display: flex; align-items: center; gap: 10px; padding: 10px var(--crm-page-x); background: var(--crm-surface); border-top: 1px solid var(--crm-border); min-height: 53px; }
.foot > .btn-ghost { margin-left: -12px; }
.fold { justify-self: end; }
.foot-note { display: flex; gap: 7px; align-items: center; justify-content: flex-end; color: var(--crm-text-secondary); font-size: var(--crm-text-xs); line-height: var(--crm-leading-xs); }
@container view (max-width: 1000px) {
  .body.has-rail { grid-template-columns: minmax(0, 1fr); }
  .rail { position: static; }
  .rail ul { display: flex; overflow-x: auto; scrollbar-width: thin; padding-bottom: 4px; }
  .rail-item { width: 210px; background: var(--crm-surface); box-shadow: inset 0 0 0 1px var(--crm-border-subtle); }
  .bad-row { grid-template-columns: minmax(0, 1fr) auto; }
  .bad-cells { grid-column: 1 / -1; grid-row: 2; }
}
@container view (max-width: 640px) {
  .body { padding: 8px 16px 20px; gap: 12px; }
  .head { padding: 12px 16px 6px; }
  .steps { padding: 2px 16px 8px; gap: 6px; }
  .step:not(.is-current) .step-name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .step { gap: 6px; }
  .problem { margin-inline: 16px; }
  .panel-head { flex-wrap: wrap; padding: 8px 14px; }
  .head-hint { display: none; }
  .panel-body { padding: 12px 14px 14px; }
  .drop { min-height: 148px; padding: 20px 16px; }
  .file { grid-template-columns: 16px minmax(0, 1fr) auto; padding: 10px 8px 10px 14px; }
  .file-choice { grid-column: 2 / -1; grid-row: 2; flex-wrap: wrap; }
  .file-choice .select { max-width: 100%; width: 100%; }
  .job-row { grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; padding: 10px 14px; }
  .job-counts { grid-row: 2; }
  .column { grid-template-columns: minmax(0, 1fr) auto; padding: 10px 8px 10px 14px; gap: 6px 8px; }
  .column-arrow { display: none; }
  .column-name { grid-column: 1 / -1; }
  .question { padding: 12px 14px; }
  .value { grid-template-columns: minmax(0, 1fr); }
  .value-do { justify-content: flex-start; }
  .value-do .select, .value-do .input { width: auto; flex: 1; min-width: 120px; }
  .fill-line { grid-template-columns: minmax(0, 1fr) auto; }
  .fill-line > .btn { grid-column: 2; grid-row: 1; margin: 0; }
  .fill-line > .select, .fill-line > .soft, .template { grid-column: 1 / -1; }
  .template { grid-template-columns: minmax(0, 1fr); }
  .set-line { grid-template-columns: minmax(0, 1fr) auto; }
  .set-line > .btn { grid-column: 2; grid-row: 1; }
  .set-line > .select, .set-line > .input { grid-column: 1 / -1; }
  .set-line > span:empty { display: none; }
  .saved-line .input, .saved-line .select { width: 100%; }
  .figures { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 6px; }
  .figures:has(> :nth-child(4):last-child) { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .figure { padding: 8px 10px; }
  .figure-count { font-size: var(--crm-text-lg); line-height: var(--crm-leading-lg); }
  .row-line { grid-template-columns: minmax(0, 1fr) auto; gap: 2px 10px; padding: 10px 14px; }
  .row-number > :last-child { margin-left: 0; }
  .row-what { grid-column: 1 / -1; }
  .repair { grid-template-columns: minmax(0, 1fr); padding: 10px 14px; }
  .bad-row { padding: 12px 14px; }
  .bad-cells { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .bad-scroll { max-height: none; }
  .progress-head { flex-wrap: wrap; }
  .foot { padding: 8px 12px; flex-wrap: wrap; }
  .foot > .btn-ghost { margin-left: -12px; }
.fold { justify-self: end; }
.foot-note { order: -1; flex-basis: 100%; justify-content: flex-start; }
  .foot-note:empty { display: none; }
  .foot > .btn-primary { flex: 1; }
}
@media (prefers-reduced-motion: reduce) { .bar:indeterminate { animation: none; background: var(--crm-accent-border); } .bar::-webkit-progress-value { transition: none; } }
`

import { css } from 'lit'

/** Swim lanes. */
export const laneStyles = css`
.has-lanes { display: block; overflow: auto; }
.lane-heads, .lane-cells { display: flex; gap: 8px; width: max-content; min-width: 100%; }
.lane-heads { position: sticky; top: 0; z-index: 5; background: var(--crm-canvas); padding-bottom: 6px; }
.lane-heads .col, .lane-cells .col { flex: 1 0 var(--crm-board-column); width: 0; }
.lane-heads .rail { flex: 0 0 96px; flex-direction: row; justify-content: center; padding: 0 8px; min-width: 0; }
.lane-heads .rail span { overflow: hidden; text-overflow: ellipsis; }
.rail-space { flex: 0 0 96px; }
.cell .insert { margin-top: 5px; }
.lane-heads .rail span { writing-mode: horizontal-tb; letter-spacing: 0; white-space: nowrap; }
.lane { margin-bottom: 8px; width: max-content; min-width: 100%; }
.lane-title { position: sticky; left: 0; width: max-content; max-width: 100%; font-size: var(--crm-text-sm); line-height: var(--crm-leading-sm); font-weight: var(--crm-weight-regular); }
.lane-title button { min-height: 32px; padding: 0 8px 0 4px; border-radius: var(--crm-radius-sm); }
.lane-title button:hover { background: var(--crm-surface-active); }
.lane-title b { font-weight: var(--crm-weight-strong); }
.cell { min-height: 64px; max-height: 372px; }
.cell .col-body { padding-top: 8px; }
@container view (max-width: 640px) {
  .has-lanes { overflow: auto; }
  .lane-heads, .lane, .lane-cells { width: 100%; }
  .cell { max-height: none; }
  .lane-heads .col:not(.is-stage), .lane-cells .col:not(.is-stage) { display: none; }
}
`

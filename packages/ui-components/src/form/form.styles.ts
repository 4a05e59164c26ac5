import { css } from 'lit'

export const formStyles = css`
:host { background: var(--crm-canvas); font-size: var(--crm-text-sm); }
:host([frame="dialog"]) { background: var(--crm-surface-raised); }
.view { container: view / inline-size; }
.form-head { max-width: 860px; display: flex; align-items: center; gap: 6px; padding: 14px 24px 10px; min-width: 0; }
.crumb { color: var(--crm-text-tertiary); flex: none; max-width: 30%; }
.required-note { white-space: nowrap; }
.form-body { display: grid; gap: 16px; padding: 4px 24px 24px; max-width: 860px; }
.section { background: var(--crm-surface); border: 1px solid var(--crm-border-subtle); border-radius: var(--crm-radius-lg); box-shadow: var(--crm-shadow-card); padding: 18px 20px 20px; min-width: 0; margin: 0; }
.section legend { float: left; width: 100%; padding: 0 0 12px; font-weight: var(--crm-weight-strong); font-size: var(--crm-text-md); line-height: var(--crm-leading-md); }
.fields { clear: both; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px 20px; align-items: start; }
.cols-1 { grid-template-columns: minmax(0, 1fr); }
.cols-3 { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.fields.is-reading { gap: 0 24px; }
.trace { padding: 0 4px; }
.form-foot { position: sticky; bottom: 0; z-index: 4; display: flex; align-items: center; gap: 8px; padding: 10px max(24px, calc(100% - 836px)) 10px 24px; background: var(--crm-surface); border-top: 1px solid var(--crm-border); min-height: 53px; }
.form-foot .btn-danger.btn-ghost { margin-left: -10px; }
:host([frame="dialog"]) .trace { padding: 4px 0 0; }
:host([frame="dialog"]) .form-head { max-width: none; position: sticky; top: 0; z-index: 4; background: var(--crm-surface-raised); padding: 12px 12px 8px 20px; }
:host([frame="dialog"]) .form-body { padding: 4px 20px 20px; max-width: none; gap: 8px; }
:host([frame="dialog"]) .section { background: none; border: 0; box-shadow: none; padding: 10px 0 8px; border-radius: 0; }
:host([frame="dialog"]) .section + .section { border-top: 1px solid var(--crm-border-subtle); padding-top: 16px; }
:host([frame="dialog"]) .form-foot { background: var(--crm-surface-raised); padding: 10px 20px; border-top-color: var(--crm-border-subtle); }
.field-skel { display: grid; gap: 9px; padding: 5px 0 0; }
.control-skel { height: var(--crm-control); border-radius: var(--crm-radius-md); }
.legend-skel { margin-bottom: 18px; }
.gone { padding: 48px 24px; }
@container view (max-width: 560px) {
  .form-head { padding: 12px 16px 8px; }
  .form-body, :host([frame="dialog"]) .form-body { padding: 4px 12px 16px; }
  :host([frame="dialog"]) .form-body { padding-inline: 16px; }
  :host([frame="dialog"]) .form-head { padding: 12px 4px 8px 16px; }
  .section { padding: 14px 14px 16px; }
  .fields, .cols-3 { grid-template-columns: minmax(0, 1fr); }
  .required-note { display: none; }
  .form-foot, :host([frame="dialog"]) .form-foot { padding: 8px 16px; flex-wrap: wrap; }
}
`

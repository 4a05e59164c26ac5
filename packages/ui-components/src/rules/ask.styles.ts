import { css } from 'lit'

/** A dialog with a sentence, controls and one thing to do. */
export const askStyles = css`
@media (min-width: 641px) { dialog.ask { width: 640px; } dialog.is-wide { width: 720px; } }
.ask-form { display: flex; flex-direction: column; min-height: 0; }
.ask-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 12px 12px 8px 20px; }
.ask-head .title { white-space: normal; font-size: var(--crm-text-lg); }
.ask-body { display: grid; gap: 12px; padding: 4px 20px 20px; overflow-y: auto; flex: 1; align-content: start; }
.ask-foot { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 20px; border-top: 1px solid var(--crm-border-subtle); background: var(--crm-surface-sunken); }
@media (max-width: 640px) { .ask-foot .btn { flex: 1; } .ask-foot .grow { display: none; } }
`

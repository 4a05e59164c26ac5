import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import type { FilterView } from './filter-view.ts'

/** What the checker says of a part. */
export function renderProblem(view: FilterView, part: number): TemplateResult | typeof nothing {
  const message = view.checks.messageFor(part)
  return message ? html`<p class="error" part="error" id="problem-${part}">${icon('warn')}<span>${message}</span></p>` : nothing
}

/** That a part is not finished and does not count. */
export function renderUnfinished(view: FilterView, part: number): TemplateResult | typeof nothing {
  return view.checks.isUnfinished(part) ? html`<p class="note dim" part="hint">${view.host.t('cond.unfinished')}</p>` : nothing
}

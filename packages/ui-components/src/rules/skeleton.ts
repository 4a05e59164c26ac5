import { html, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'

/** As high as what is coming. */
export function renderRulesSkeleton(host: CrmElement): TemplateResult {
  const line = html`<div class="skel-line"><i class="skel w30"></i><i class="skel w20"></i></div>`
  return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${host.t('loading')}>
    <i class="skel w20"></i>${Array.from({ length: 6 }, () => line)}
  </div>`
}

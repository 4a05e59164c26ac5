import { html, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'

/** The builder before it is there. */
export function renderFilterSkeleton(host: CrmElement): TemplateResult {
  return html`<div class="filter-skel" role="status" aria-busy="true" aria-label=${host.t('loading')}>
    <i class="skel w20"></i><i class="skel row-skel w60"></i><i class="skel row-skel w45"></i>
  </div>`
}

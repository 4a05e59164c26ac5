import { html, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'

/** As high as what is coming. */
export function renderTimelineSkeleton(host: CrmElement): TemplateResult {
  const event = html`<div class="skel-event"><i class="skel"></i><div><i class="skel w45"></i><i class="skel w80"></i></div></div>`
  return html`<div class="shell-skel" role="status" aria-busy="true" aria-label=${host.t('loading')}>${Array.from({ length: 5 }, () => event)}</div>`
}

import type { DeciderView } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import type { CrmElement } from '../element/crm-element.ts'
import { icon } from '../icon/icon.ts'

/** Rules that do nothing though they are switched on: what is missing, and the way to each. */
export function renderBrokenOnes(
  host: CrmElement,
  deciders: Iterable<DeciderView>,
  open: (id: string) => void,
): TemplateResult | typeof nothing {
  const broken = [...deciders].filter((one) => one.broken)
  if (broken.length === 0) return nothing
  const said = host.t('rules.broken.some', { count: broken.length })
  return html`<section class="banner banner-danger" aria-label=${said}>${icon('warn')}<div class="grow"><b>${said}</b>
    <ul class="broken-list">${broken.map(({ id, label, broken: fault }) => html`<li><button type="button" class="link name" part="button" @click=${() => open(id)}>${host.words(label) || id}</button>${host.t('colon')}${host.words(fault?.message)}</li>`)}</ul></div></section>`
}

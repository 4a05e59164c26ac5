import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { attributesOf, renderControl, renderProblem } from '../control.ts'
import type { DraftSave } from '../draft.ts'
import type { Writing } from '../writing.ts'

/** What hardly anybody has to change. */
export function renderDetails(writing: Writing, save: DraftSave): TemplateResult {
  const { host } = writing
  const mode = (event: Event) => {
    save.mode = (event.target as HTMLSelectElement).value as DraftSave['mode']
    writing.changed()
  }
  const order = (event: Event) => {
    save.order = Math.round(Number((event.target as HTMLInputElement).value)) || 0
    writing.changed()
  }
  const elevated = (event: Event) => {
    save.elevated = (event.target as HTMLInputElement).checked
    writing.changed()
  }
  const isOpen = save.elevated || save.order !== 100 || writing.problemAt('/elevated') !== ''
  return html`<details class="details" ?open=${isOpen}><summary>${host.t('rules.save.details')}</summary><div class="details-body">
    <div class="pair"><label class="control"><span class="label" part="label">${host.t('rules.save.mode')}</span><select class="select" @change=${mode}>${(['first', 'collect'] as const).map((one) => html`<option value=${one} ?selected=${one === save.mode}>${host.t(`rules.save.mode.${one}`)}</option>`)}</select></label>
    ${renderControl(writing, { label: host.t('rules.save.order'), path: '/order', hint: host.t('rules.save.order.hint') }, ({ id, describedBy }) => html`<input class="input" type="number" step="1" id=${id} aria-describedby=${describedBy} .value=${live(String(save.order))} @change=${order} />`)}</div>
    <label class="kind"><input type="checkbox" id=${attributesOf(writing, '/elevated').id} .checked=${live(save.elevated)} @change=${elevated} /><span>${host.t('rules.save.elevated')}</span></label><p class="hint">${host.t('rules.save.elevated.hint')}</p>${renderProblem(writing, '/elevated')}</div></details>`
}

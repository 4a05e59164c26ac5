import { html, nothing, type TemplateResult } from 'lit'
import type { Money } from '../client/types.ts'
import { formatMoney } from '../format/money.ts'
import type { CrmBoard } from './board.ts'

/** That there are sums in other currencies too; which ones, on hover and aloud. */
export function renderOthers(board: CrmBoard, others: readonly Money[]): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing
  const sums = others.map((one) => formatMoney(one, board.language))
  return html`<span class="others" title=${sums.join('\n')}
    ><span aria-hidden="true">+${others.length}</span><span class="sr">${sums.join(board.t('list.separator'))}</span></span
  >`
}

import { html, type TemplateResult } from 'lit'
import { type ListColumn, widthLimits } from './columns.ts'
import type { CrmList } from './list.ts'

const STEP = 8
const LEAP = 40

/** The edge of a column's head: dragged with a pointer, moved with arrow keys, back to its own width with a double press. */
export function renderWidthHandle(list: CrmList, { field, width }: ListColumn): TemplateResult {
  const set = (next: number) => list.setWidth(field.name, next)
  return html`<span
    class="width"
    part="column-width"
    role="separator"
    tabindex="-1"
    aria-orientation="vertical"
    aria-label=${list.t('columns.width', { name: list.words(field.label) })}
    aria-valuemin=${widthLimits.least}
    aria-valuemax=${widthLimits.most}
    aria-valuenow=${width}
    @click=${(event: Event) => event.stopPropagation()}
    @dblclick=${() => list.resetWidth(field.name)}
    @pointerdown=${(event: PointerEvent) => follow(event, width, set)}
    @keydown=${(event: KeyboardEvent) => onKey(event, width, set)}
  ></span>`
}

/** The pointer is captured, so the edge follows it wherever it goes. */
function follow(event: PointerEvent, width: number, set: (width: number) => void): void {
  if (event.button !== 0) return
  event.preventDefault()
  const handle = event.currentTarget as HTMLElement
  const from = event.clientX
  const onMove = (move: PointerEvent) => set(width + move.clientX - from)
  const onEnd = () => {
    handle.removeEventListener('pointermove', onMove)
    handle.removeEventListener('pointerup', onEnd)
    handle.removeEventListener('pointercancel', onEnd)
  }
  handle.setPointerCapture(event.pointerId)
  handle.addEventListener('pointermove', onMove)
  handle.addEventListener('pointerup', onEnd)
  handle.addEventListener('pointercancel', onEnd)
}

function onKey(event: KeyboardEvent, width: number, set: (width: number) => void): void {
  const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
  if (step === undefined) return
  event.preventDefault()
  event.stopPropagation()
  set(width + (event.shiftKey ? (step / STEP) * LEAP : step))
}

import { html, svg, type TemplateResult } from 'lit'

const TURN = 2 * Math.PI * 2

/** A stage's ring: the pie is its probability, a tick is won, a cross is lost. */
export function renderStageMark(stage: { readonly outcome?: unknown; readonly probability?: unknown }): TemplateResult {
  const { outcome, probability } = stage
  if (outcome === 'won') return mark('stage', svg`<circle cx="7" cy="7" r="6" class="full"/><path d="m4.3 7.2 1.9 1.9 3.5-3.9"/>`)
  if (outcome === 'lost') return mark('stage stage-lost', svg`<circle cx="7" cy="7" r="6" class="full"/><path d="m5 5 4 4m0-4-4 4"/>`)
  const share = typeof probability === 'number' ? Math.min(1, Math.max(0, probability / 100)) : 0
  return mark(
    'stage',
    svg`<circle cx="7" cy="7" r="6" class="ring"/><circle cx="7" cy="7" r="2" class="pie" stroke-dasharray="${(share * TURN).toFixed(2)} ${TURN.toFixed(2)}" transform="rotate(-90 7 7)"/>`,
  )
}

function mark(classes: string, shapes: unknown): TemplateResult {
  return html`<svg class=${classes} viewBox="0 0 14 14" aria-hidden="true">${shapes}</svg>`
}

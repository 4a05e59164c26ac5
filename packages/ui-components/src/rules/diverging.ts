import { html, type TemplateResult } from 'lit'

const HALF = 50

/** A bar to the left or right of its middle, by a share from -1 to 1; its number stands beside it. */
export function renderDiverging(share: number): TemplateResult {
  const length = Math.min(1, Math.abs(share)) * HALF
  return html`<svg class="diverging" viewBox="-50 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    <rect x=${share < 0 ? -length : 0} y="3" width=${length} height="6" class=${share < 0 ? 'neg' : 'pos'} /><path d="M0 0v12" vector-effect="non-scaling-stroke" /></svg>`
}

import { html, type TemplateResult } from 'lit'

/** A number of rows and what became of them. */
export interface Figure {
  readonly key: string
  readonly label: string
  readonly count: number
  /** `success`, `warning` or `danger` where the number is one that matters. */
  readonly tone?: string
}

/** Figures side by side; with `choose`, each is a filter. */
export function renderFigures(
  figures: readonly Figure[],
  language: string,
  label: string,
  chosen?: string,
  choose?: (key: string) => void,
): TemplateResult {
  const body = ({ label: name, count, tone }: Figure): TemplateResult =>
    html`<span class="figure-count ${tone && count > 0 ? `tone-${tone}` : ''}">${count.toLocaleString(language)}</span><span class="xs soft">${name}</span>`
  return html`<div class="figures" part="figures" role="group" aria-label=${label}>
    ${figures.map((figure) =>
      choose
        ? html`<button type="button" class="figure" data-figure=${figure.key} aria-pressed=${figure.key === chosen} @click=${() => choose(figure.key)}>${body(figure)}</button>`
        : html`<div class="figure" data-figure=${figure.key}>${body(figure)}</div>`,
    )}
  </div>`
}

import { html, svg, type TemplateResult } from 'lit'

const grades: Readonly<Record<string, number>> = { excellent: 3, good: 2, fair: 1, poor: 0 }
const levels: Readonly<Record<string, number>> = { 'M-A': 4, 'M-B': 3, 'M-C': 2, 'M-D': 1 }
const tier = /^V-([A-ES])$/

/** The marks of the three scales of the trade, each in a form of its own; null for any other choice. */
export function renderScale(field: string, value: string, label: string): TemplateResult | null {
  const letter = tier.exec(value)?.[1]
  if (letter) return renderTier(letter.toLowerCase(), value, label)
  const level = levels[value]
  if (level !== undefined) return html`<span class="scale" part="level">${renderPips(level)}<span class="clip">${label}</span></span>`
  const grade = field === 'grade' ? grades[value] : undefined
  return grade === undefined
    ? null
    : html`<span class="scale grade-${grade}" part="grade">${renderBars(grade)}<span class="clip">${label}</span></span>`
}

/** Value tier: a filled letter that deepens with value, the rest of the label beside it. */
function renderTier(letter: string, value: string, label: string): TemplateResult {
  const rest = label.replace(value, '').trim()
  return html`<span class="scale"><span class="tier tier-${letter}" part="tier">${value}</span><span class="clip">${rest}</span></span>`
}

/** Milestone level: four pips. */
function renderPips(level: number): TemplateResult {
  const pips = [0, 5, 10, 15].map((x, index) => svg`<rect x=${x} width="4" height="8" rx="1" class=${index < level ? 'on' : ''} />`)
  return html`<svg class="pips" viewBox="0 0 19 8" aria-hidden="true">${pips}</svg>`
}

/** Lead grade: three rising bars. */
function renderBars(grade: number): TemplateResult {
  const bars = [8, 4, 0].map(
    (y, index) => svg`<rect x=${index * 5} y=${y} width="3" height=${12 - y} rx="1" class=${index < grade ? 'on' : ''} />`,
  )
  return html`<svg class="bars" viewBox="0 0 13 12" aria-hidden="true">${bars}</svg>`
}

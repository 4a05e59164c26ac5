import { html, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { FilterView } from './filter-view.ts'
import type { Compared } from './model/fields.ts'
import type { Length, Operand, Period } from './model/tree.ts'
import { periodKey } from './say.ts'

type Set = (value: Operand) => void

const periods: readonly Period[] = ['day', 'week', 'month', 'quarter', 'year']
const laters = [0, -1, 1] as const
const units: readonly Length['unit'][] = ['D', 'W', 'M', 'Y', 'H']

/** Today, last week, this month … */
export function renderPeriod(
  view: FilterView,
  value: { readonly period: Period; readonly later: number },
  label: string,
  set: Set,
  make: (period: Period, later: number) => Operand = (period, later) => ({ is: 'period', period, later }),
): TemplateResult {
  const onChange = (event: Event) => {
    const [period = 'month', later = '0'] = (event.target as HTMLSelectElement).value.split(' ')
    set(make(period as Period, Number(later)))
  }
  const option = (period: Period, later: number) => html`<option
    value=${`${period} ${later}`}
    .selected=${live(period === value.period && later === value.later)}
  >${view.host.t(periodKey(period, later))}</option>`
  return html`<select class="select tok val-tok" part="token" data-value aria-label=${label} ?disabled=${!view.isOpen} @change=${onChange}>
    ${periods.flatMap((period) => laters.map((later) => option(period, later)))}
  </select>`
}

/** A number and its unit. */
export function renderLength({ host, isOpen }: FilterView, length: Length, label: string, set: (length: Length) => void): TemplateResult {
  const onCount = (event: Event) => {
    const { value, validity } = event.target as HTMLInputElement
    set({ ...length, count: value === '' || !validity.valid ? null : Number(value) })
  }
  const onUnit = (event: Event) => set({ ...length, unit: (event.target as HTMLSelectElement).value as Length['unit'] })
  const option = (unit: Length['unit']) =>
    html`<option value=${unit} .selected=${live(unit === length.unit)}>${host.t(`cond.unit.${unit}`, { count: length.count ?? 0 })}</option>`
  return html`<input class="input val amount" data-value type="number" inputmode="numeric" min="0" max="99999" step="1" aria-label=${`${label} · ${host.t('cond.count')}`}
      ?disabled=${!isOpen} .value=${live(length.count === null ? '' : String(length.count))} @input=${onCount} />
    <select class="select tok val-tok" part="token" aria-label=${`${label} · ${host.t('cond.unit')}`} ?disabled=${!isOpen} @change=${onUnit}>${units.map(option)}</select>`
}

const kinds = ['constant', 'now', 'ago', 'fromNow', 'startOf'] as const

/** A point in time: fixed, or one that moves with the clock. */
export function renderMoment(
  view: FilterView,
  { cls }: Compared,
  value: Operand,
  label: string,
  set: Set,
  fixed: () => TemplateResult,
): TemplateResult {
  const { host } = view
  const onKind = (event: Event) => set(startOf((event.target as HTMLSelectElement).value as (typeof kinds)[number]))
  const words = (kind: (typeof kinds)[number]) => host.t(kind === 'now' && cls === 'date' ? 'cond.at.today' : `cond.at.${kind}`)
  const kind = html`<select class="select tok" part="token" aria-label=${`${label} · ${host.t('cond.moment')}`} ?disabled=${!view.isOpen} @change=${onKind}>
    ${kinds.map((one) => html`<option value=${one} .selected=${live(one === value.is)}>${words(one)}</option>`)}
  </select>`
  switch (value.is) {
    case 'now':
      return kind
    case 'ago':
    case 'fromNow':
      return html`${renderLength(view, value.length, label, (length) => set({ is: value.is, length }))}${kind}`
    case 'startOf':
      return html`${kind}${renderPeriod(view, value, label, set, (period, later) => ({ is: 'startOf', period, later }))}`
    default:
      return html`${kind}${fixed()}`
  }
}

function startOf(kind: (typeof kinds)[number]): Operand {
  switch (kind) {
    case 'now':
      return { is: 'now' }
    case 'ago':
    case 'fromNow':
      return { is: kind, length: { count: 7, unit: 'D' } }
    case 'startOf':
      return { is: 'startOf', period: 'month', later: 0 }
    default:
      return { is: 'constant', value: null }
  }
}

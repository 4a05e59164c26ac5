import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { FilterView } from './filter-view.ts'
import { figureFields, inside, type Source } from './model/fields.ts'
import { figureOn, type How, howsOf, lookedAt } from './model/start.ts'
import type { Condition, FigureSubject, Rows } from './model/tree.ts'

const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'SGD', 'TWD', 'KRW', 'AUD']

/** How child records are looked at: is there one, how many, what is their sum. */
export function renderHow(view: FilterView, source: Source, part: Rows | Condition, figure: FigureSubject | null): TemplateResult {
  const { host } = view
  const path = part.is === 'rows' ? part.path : part.subject.path
  const now: How = part.is === 'rows' ? part.quantifier : (figure?.fn ?? 'count')
  const onChange = (event: Event) => {
    const how = (event.target as HTMLSelectElement).value as How
    view.replace(part.id, lookedAt(source, part, how, host.session.currency, view.ids), `[data-part="${part.id}"] [data-how]`)
  }
  const option = (how: How) => html`<option value=${how} .selected=${live(how === now)}>${host.t(`cond.how.${how}`)}</option>`
  return html`<select class="select tok" part="token" data-how aria-label=${host.t('cond.how')} ?disabled=${!view.isOpen} @change=${onChange}>
    ${howsOf(source, path).map(option)}
  </select>`
}

/** Which field of the children a figure is of, and in which currency. */
export function renderOf(view: FilterView, source: Source, condition: Condition, figure: FigureSubject): TemplateResult | typeof nothing {
  const within = inside(source, figure.path)
  if (figure.fn === 'count' || !within) return nothing
  const { host } = view
  const change = (of: string, currency: string) =>
    view.replace(condition.id, figureOn(source, condition, of, currency, view.ids), `[data-part="${condition.id}"] [data-of]`)
  const fields = figureFields(within, figure.fn)
  const onField = (event: Event) => change((event.target as HTMLSelectElement).value, figure.currency ?? host.session.currency)
  const onCurrency = (event: Event) => change(figure.of ?? '', (event.target as HTMLSelectElement).value)
  const known = figure.currency === null || currencies.includes(figure.currency) ? currencies : [figure.currency, ...currencies]
  return html`<span class="of">${host.t('cond.how.of')}</span>
    <select class="select tok" part="token" data-of aria-label=${host.t('cond.field')} ?disabled=${!view.isOpen} @change=${onField}>
      ${fields.map(({ name, label }) => html`<option value=${name} .selected=${live(name === figure.of)}>${host.words(label)}</option>`)}
    </select>
    ${
      figure.currency === null
        ? nothing
        : html`<select class="select tok" part="token" aria-label=${host.t('cond.currency')} ?disabled=${!view.isOpen} @change=${onCurrency}>
            ${known.map((code) => html`<option value=${code} .selected=${live(code === figure.currency)}>${code}</option>`)}
          </select>`
    }`
}

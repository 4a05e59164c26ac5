import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../display/button.ts'
import { attributesOf, renderProblem } from './control.ts'
import type { DraftRule } from './draft.ts'
import type { RulePage } from './rule-page.ts'
import { type SentenceValue, sentenceValues } from './sentence-values.ts'

const locales = ['zh-CN', 'en'] as const

/** Why the rule acts, in both languages, with values of the record picked from a menu. */
export function renderSentence(page: RulePage, rule: DraftRule, index: number): TemplateResult {
  const { host } = page
  return html`<section class="rule-say" aria-label=${host.t('rules.because')}><h3>${host.t('rules.because')}</h3><p class="hint">${host.t('rules.because.hint')}</p>
    <div class="pair">${locales.map((locale) => renderText(page, rule, `/rules/${index}/because/${locale}`, locale))}</div>
    ${renderProblem(page, `/rules/${index}/because/values`)}${renderMeanings(page, rule)}</section>`
}

function renderText(page: RulePage, rule: DraftRule, path: string, locale: (typeof locales)[number]): TemplateResult {
  const { host } = page
  const { id, invalid, describedBy } = attributesOf(page, path)
  const write = (event: Event) => {
    rule.sentence[locale] = (event.target as HTMLTextAreaElement).value
    page.changed()
  }
  const open = (event: Event) => {
    const area = host.renderRoot.querySelector<HTMLTextAreaElement>(`#${id}`)
    if (area) openValues(page, rule, locale, area, event.currentTarget as HTMLElement)
  }
  return html`<div class="control"><div class="say-head"><label class="label" part="label" for=${id}>${host.t(locale === 'en' ? 'rules.english' : 'rules.chinese')}</label>
      ${renderButton({ label: host.t('rules.insert'), icon: 'plus', look: 'sm ghost', opens: 'menu', run: open })}</div>
    <textarea class="textarea" id=${id} lang=${locale} maxlength="500" rows="2" aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(rule.sentence[locale])} @input=${write}></textarea>${renderProblem(page, path)}</div>`
}

function openValues(
  page: RulePage,
  rule: DraftRule,
  locale: (typeof locales)[number],
  area: HTMLTextAreaElement,
  anchor: HTMLElement,
): void {
  const { host, view, object } = page
  if (!object) return
  const at = area.selectionStart
  const insert = (value: SentenceValue) => {
    const text = rule.sentence[locale]
    const place = `{${value.name}}`
    rule.sentence[locale] = text.slice(0, at) + place + text.slice(at)
    rule.values[value.name] ??= value.logic
    page.changed()
    void host.updateComplete.then(() => {
      area.focus()
      area.setSelectionRange(at + place.length, at + place.length)
    })
  }
  const items = () => sentenceValues(object, view.objects).map((value) => ({ label: labelOf(page, value), run: () => insert(value) }))
  void view.menu.open(anchor, host.t('rules.insert'), items)
}

const told = { days: 'rules.daysSince', number: 'rules.number', last: 'rules.last', daysSinceLast: 'rules.daysSinceLast' } as const

const labelOf = ({ host }: RulePage, { labels, what }: SentenceValue): string => {
  const name = labels.map((label) => host.words(label)).join(' › ')
  return what === 'value' ? name : host.t(told[what], { name })
}

/** What stands for each name between braces. */
function renderMeanings(page: RulePage, { sentence, values }: DraftRule): TemplateResult | typeof nothing {
  const { view, object } = page
  const used = Object.entries(values).filter(([name]) => sentence['zh-CN'].includes(`{${name}}`) || sentence.en.includes(`{${name}}`))
  if (used.length === 0 || !object) return nothing
  const known = new Map(sentenceValues(object, view.objects).map((value) => [JSON.stringify(value.logic), labelOf(page, value)]))
  return html`<ul class="meanings">${used.map(([name, logic]) => html`<li><code>{${name}}</code> ${known.get(JSON.stringify(logic)) ?? view.words.value(object, logic)}</li>`)}</ul>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../display/button.ts'
import { attributesOf, renderProblem } from './control.ts'
import { type DraftRule, factsIn } from './draft.ts'
import type { RulePage } from './rule-page.ts'
import type { SentenceValue } from './sentence-values.ts'

const locales = ['zh-CN', 'en'] as const

/** Why the rule acts, in both languages, with values of the record picked from a menu. */
export function renderSentence(page: RulePage, rule: DraftRule, index: number): TemplateResult {
  const { host } = page
  return html`<section class="rule-say" aria-label=${host.t('rules.because')}><h3>${host.t('rules.because')}${page.isOnSave ? html`<span class="opt">${host.t('rules.optional')}</span>` : nothing}</h3><p class="hint">${host.t(page.isOnSave ? 'rules.save.because.hint' : 'rules.because.hint')}</p>
    <div class="pair">${locales.map((locale) => renderText(page, rule, `/rules/${index}/because/${locale}`, locale))}</div>
    ${renderProblem(page, `/rules/${index}/because/values`)}${renderMeanings(page, rule)}</section>`
}

function renderText(page: RulePage, rule: DraftRule, path: string, locale: (typeof locales)[number]): TemplateResult {
  const { host } = page
  return renderPlaced(page, rule, {
    label: host.t(locale === 'en' ? 'rules.english' : 'rules.chinese'),
    ...{ path, locale, value: rule.sentence[locale], maxLength: 500, rows: 2 },
    write: (text) => {
      rule.sentence[locale] = text
    },
  })
}

/** A text that can show values of the record. */
export interface Placed {
  readonly label: string
  /** JSON pointer of the text. */
  readonly path: string
  /** Null: in whichever language its author likes. */
  readonly locale: (typeof locales)[number] | null
  readonly value: string
  readonly maxLength: number
  readonly rows: number
  readonly isOptional?: boolean
  write(text: string): void
}

/** A control for it, with the values in a menu. */
export function renderPlaced(page: RulePage, rule: DraftRule, placed: Placed): TemplateResult {
  const { host } = page
  const { path, label, locale, value, maxLength, rows, isOptional = false } = placed
  const { id, invalid, describedBy } = attributesOf(page, path)
  const write = (event: Event) => {
    placed.write((event.target as HTMLTextAreaElement).value)
    page.changed()
  }
  const open = (event: Event) => {
    const area = host.renderRoot.querySelector<HTMLTextAreaElement>(`#${id}`)
    if (area) openValues(page, rule, placed, area, event.currentTarget as HTMLElement)
  }
  return html`<div class="control"><div class="say-head"><label class="label" part="label" for=${id}>${label}${isOptional ? html`<span class="opt">${host.t('rules.optional')}</span>` : nothing}</label>
      ${renderButton({ label: host.t('rules.insert'), icon: 'plus', look: 'sm ghost', opens: 'menu', run: open })}</div>
    <textarea class="textarea ${rows === 1 ? 'is-line' : ''}" id=${id} lang=${locale ?? nothing} maxlength=${maxLength} rows=${rows} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(value)} @input=${write}></textarea>${renderProblem(page, path)}</div>`
}

function openValues(page: RulePage, rule: DraftRule, placed: Placed, area: HTMLTextAreaElement, anchor: HTMLElement): void {
  const { host, view } = page
  const at = area.selectionStart
  const insert = (value: SentenceValue) => {
    const text = area.value
    const place = `{${value.name}}`
    placed.write(text.slice(0, at) + place + text.slice(at))
    rule.values[value.name] ??= value.logic
    page.changed()
    void host.updateComplete.then(() => {
      area.focus()
      area.setSelectionRange(at + place.length, at + place.length)
    })
  }
  const items = () => page.values.map((value) => ({ label: page.valueName(value), run: () => insert(value) }))
  void view.menu.open(anchor, host.t('rules.insert'), items)
}

/** What stands for each name between braces, in the sentence and in what the rule says besides. */
function renderMeanings(page: RulePage, rule: DraftRule): TemplateResult | typeof nothing {
  const { view, object } = page
  const texts = [rule.sentence['zh-CN'], rule.sentence.en, ...page.textsOf(rule)]
  const used = Object.entries(factsIn(rule.values, texts))
  if (used.length === 0 || !object) return nothing
  const known = new Map(page.values.map((value) => [JSON.stringify(value.logic), page.valueName(value)]))
  return html`<ul class="meanings">${used.map(([name, logic]) => html`<li><code>{${name}}</code> ${known.get(JSON.stringify(logic)) ?? view.words.value(object, logic, page.isOnSave)}</li>`)}</ul>`
}

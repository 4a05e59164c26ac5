import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { renderButton } from '../display/button.ts'
import { attributesOf, renderProblem } from './control.ts'
import { type DraftRule, factsIn } from './draft.ts'
import type { SentenceValue } from './sentence-values.ts'
import type { Writing } from './writing.ts'

const locales = ['zh-CN', 'en'] as const

/** Why the rule acts, in both languages, with values of the record picked from a menu. */
export function renderSentence(writing: Writing, rule: DraftRule, index: number): TemplateResult {
  const { host } = writing
  return html`<section class="rule-say" aria-label=${host.t('rules.because')}><h3>${host.t('rules.because')}${writing.isOnSave ? html`<span class="opt">${host.t('rules.optional')}</span>` : nothing}</h3><p class="hint">${host.t(writing.isOnSave ? 'rules.save.because.hint' : 'rules.because.hint')}</p>
    <div class="pair">${locales.map((locale) => renderText(writing, rule, `/rules/${index}/because/${locale}`, locale))}</div>
    ${renderProblem(writing, `/rules/${index}/because/values`)}${renderMeanings(writing, rule)}</section>`
}

function renderText(writing: Writing, rule: DraftRule, path: string, locale: (typeof locales)[number]): TemplateResult {
  const { host } = writing
  return renderPlaced(writing, rule, {
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
export function renderPlaced(writing: Writing, rule: DraftRule, placed: Placed): TemplateResult {
  const { host } = writing
  const { path, label, locale, value, maxLength, rows, isOptional = false } = placed
  const { id, invalid, describedBy } = attributesOf(writing, path)
  const write = (event: Event) => {
    placed.write((event.target as HTMLTextAreaElement).value)
    writing.changed()
  }
  const open = (event: Event) => {
    const area = host.renderRoot.querySelector<HTMLTextAreaElement>(`#${id}`)
    if (area) openValues(writing, rule, placed, area, event.currentTarget as HTMLElement)
  }
  return html`<div class="control"><div class="say-head"><label class="label" part="label" for=${id}>${label}${isOptional ? html`<span class="opt">${host.t('rules.optional')}</span>` : nothing}</label>
      ${renderButton({ label: host.t('rules.insert'), icon: 'plus', look: 'sm ghost', opens: 'menu', run: open })}</div>
    <textarea class="textarea ${rows === 1 ? 'is-line' : ''}" id=${id} lang=${locale ?? nothing} maxlength=${maxLength} rows=${rows} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(value)} @input=${write}></textarea>${renderProblem(writing, path)}</div>`
}

function openValues(writing: Writing, rule: DraftRule, placed: Placed, area: HTMLTextAreaElement, anchor: HTMLElement): void {
  const { host, view } = writing
  const at = area.selectionStart
  const insert = (value: SentenceValue) => {
    const text = area.value
    const place = `{${value.name}}`
    placed.write(text.slice(0, at) + place + text.slice(at))
    rule.values[value.name] ??= value.logic
    writing.changed()
    void host.updateComplete.then(() => {
      area.focus()
      area.setSelectionRange(at + place.length, at + place.length)
    })
  }
  const items = () => writing.values.map((value) => ({ label: writing.valueName(value), run: () => insert(value) }))
  void view.menu.open(anchor, host.t('rules.insert'), items)
}

/** What stands for each name between braces, in the sentence and in what the rule says besides. */
function renderMeanings(writing: Writing, rule: DraftRule): TemplateResult | typeof nothing {
  const { view, object } = writing
  const texts = [rule.sentence['zh-CN'], rule.sentence.en, ...writing.textsOf(rule)]
  const used = Object.entries(factsIn(rule.values, texts))
  if (used.length === 0 || !object) return nothing
  const known = new Map(writing.values.map((value) => [JSON.stringify(value.logic), writing.valueName(value)]))
  return html`<ul class="meanings">${used.map(([name, logic]) => html`<li><code>{${name}}</code> ${known.get(JSON.stringify(logic)) ?? view.words.value(object, logic, writing.isOnSave)}</li>`)}</ul>`
}

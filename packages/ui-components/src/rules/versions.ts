import type { ConditionRule, DeciderVersion } from '@guanxi/core/types'
import { html, nothing, type TemplateResult } from 'lit'
import type { FieldView, ObjectView } from '../client/types.ts'
import { formatInstant } from '../format/date.ts'
import { formatValue } from '../format/value.ts'
import { saveLines } from './on-save/save-lines.ts'
import type { RulePage } from './rule-page.ts'

/** What was written when and by whom, each with what it changed, and where the rule has been in its life. */
export function renderVersions(page: RulePage): TemplateResult {
  const { host, view, versions, steps, decider } = page
  const now = host.session.now()
  const by = (who: string, at: number) => `${view.names.person(who)} · ${formatInstant(at, host.language, now)}`
  return html`<div class="versions"><section class="block" part="block" aria-label=${host.t('rules.tab.versions')}><header class="block-head"><h3>${host.t('rules.tab.versions')}</h3></header>
      <ol>${versions.map(
        (
          version,
          index,
        ) => html`<li><p class="row"><b>v${version.version}</b>${version.version === decider?.version && decider.stage !== 'draft' ? html`<span class="badge badge-success" part="badge">${host.t('rules.counts')}</span>` : nothing}<span class="xs dim">${by(version.by, version.at)}</span></p>
        ${version.note ? html`<p>${version.note}</p>` : nothing}${renderDiff(page, versions[index + 1] ?? null, version)}</li>`,
      )}</ol></section>
    <section class="block" part="block" aria-label=${host.t('rules.history')}><header class="block-head"><h3>${host.t('rules.history')}</h3></header>
      ${steps.length === 0 ? html`<p class="pad dim">${host.t('rules.history.none')}</p>` : html`<ol>${steps.map(({ stage, version, at, by: who, note }) => html`<li><p class="row"><b>${host.t(`rules.stage.${stage}`)}</b><span class="badge badge-line" part="badge">v${version}</span><span class="xs dim">${by(who, at)}</span></p>${note ? html`<p>${note}</p>` : nothing}</li>`)}</ol>`}</section></div>`
}

/** What a version says that the one before did not, in words. */
function renderDiff(page: RulePage, before: DeciderVersion | null, after: DeciderVersion): unknown {
  const { host, object } = page
  if (!object) return nothing
  const olds = before ? linesOf(page, object, before) : new Map<string, Line>()
  const news = linesOf(page, object, after)
  const keys = [...new Set([...news.keys(), ...olds.keys()])].filter((key) => olds.get(key)?.raw !== news.get(key)?.raw)
  if (keys.length === 0) return html`<p class="xs dim">${host.t('rules.diff.same')}</p>`
  return html`<dl class="vdiff">${keys.map((key) => {
    const old = olds.get(key)
    const now = news.get(key)
    return html`<div><dt>${(now ?? old)?.label}</dt><dd>${old ? html`<del><span class="sr">${host.t('rules.diff.before')}</span>${old.text}</del>` : nothing}${now ? html`<ins><span class="sr">${host.t('rules.diff.after')}</span>${now.text}</ins>` : nothing}</dd></div>`
  })}</dl>`
}

interface Line {
  readonly label: string
  readonly text: string
  /** Tells whether it is the same. */
  readonly raw: string
}

function linesOf(page: RulePage, object: ObjectView, { rules, blast, save }: DeciderVersion): Map<string, Line> {
  const { host } = page
  const lines = new Map<string, Line>()
  const several = rules.length > 1
  const put = (key: string, label: string, text: string, raw: unknown) => lines.set(key, { label, text, raw: JSON.stringify(raw) })
  for (const [index, rule] of rules.entries())
    ruleLines(page, object, rule, several ? `${host.t('rules.rule', { number: index + 1 })} · ` : '', put)
  if (save) {
    saveLines(page.writing, object, save, put)
    return lines
  }
  const none = host.t('rules.limit.none')
  put('records', host.t('rules.limit.records'), blast.records === null ? none : String(blast.records), blast.records)
  put('share', host.t('rules.limit.share'), blast.share === null ? none : `${Number((blast.share * 100).toFixed(4))}%`, blast.share)
  return lines
}

function ruleLines(
  page: RulePage,
  object: ObjectView,
  { id, when, set, because }: ConditionRule,
  prefix: string,
  put: (key: string, label: string, text: string, raw: unknown) => void,
): void {
  const { host, view } = page
  put(`${id} when`, prefix + host.t('rules.when'), view.words.condition(object, when), when)
  for (const [name, value] of Object.entries(set)) {
    const field = object.fields.find((one) => one.name === name)
    put(
      `${id} set ${name}`,
      `${prefix}${host.t('rules.set')}${host.t('colon')}${field ? host.words(field.label) : name}`,
      valueText(page, object, field, value),
      value,
    )
  }
  const { values = {}, ...words } = because
  put(`${id} because`, prefix + host.t('rules.because'), host.words(words), [words, values])
}

function valueText(page: RulePage, object: ObjectView, field: FieldView | undefined, value: unknown): string {
  const { host, view } = page
  if (value === null) return host.t('rules.empty')
  if (typeof value === 'object') return view.words.value(object, value)
  if (!field) return String(value)
  const record = { id: '', version: 0, related: { [field.name]: view.names.related(field, value) } }
  return formatValue(field, value, { locale: host.language, now: host.session.now(), record })
}

import { html, nothing, type TemplateResult } from 'lit'
import type { RulePage } from './rule-page.ts'

/** A rule that gives records out, which the code of a plugin decides: what of it can be said in words. */
export function renderGivenOut(page: RulePage): TemplateResult | typeof nothing {
  const { host, object, view, versions } = page
  const body = versions[0]?.allocation
  if (!body || !object) return nothing
  const labels = body.sets.map((name) => host.words(object.fields.find((one) => one.name === name)?.label) || name)
  return html`<section class="block builder" part="builder" aria-label=${host.t('rules.tab.rule')}><div class="builder-body">
    <p class="soft">${host.t('rules.given.text')}</p>
    <dl class="vdiff"><div><dt>${host.t('rules.when')}</dt><dd>${view.words.condition(object, body.subjects)}</dd></div>
      <div><dt>${host.t('rules.set')}</dt><dd>${labels.join(host.t('list.separator'))}</dd></div></dl></div></section>`
}

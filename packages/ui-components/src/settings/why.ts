import { html, nothing, type TemplateResult } from 'lit'
import type { ResolvedSetting, SettingLevel, SettingView } from '../client/settings-types.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { formatInstant } from '../format/date.ts'
import { sourceText } from './place.ts'
import type { SettingsView } from './settings-view.ts'
import { valueText } from './value-text.ts'

interface Line {
  readonly value?: unknown
  readonly level: SettingLevel | 'default'
  readonly target: string | null
  readonly version: number
  readonly at: number | null
  readonly by: string | null
}

/** “Why 40?”: the value that counts, who set it where and when, and what it won against. */
export class WhyPanel implements PanelContent {
  readonly label: string
  readonly #view: SettingsView
  readonly #setting: SettingView
  readonly #resolved: ResolvedSetting

  constructor(view: SettingsView, setting: SettingView, resolved: ResolvedSetting) {
    const { host } = view
    this.#view = view
    this.#setting = setting
    this.#resolved = resolved
    this.label = host.t('settings.why.of', { name: host.words(setting.label), value: valueText(host, setting, resolved.value) })
  }

  render(): TemplateResult {
    const { host } = this.#view
    const { passed, level } = this.#resolved
    const standard: Line = { value: this.#setting.default, level: 'default', target: null, version: 0, at: null, by: null }
    const others: readonly Line[] = level === 'default' ? passed : [...passed, standard]
    return html`<div class="why" tabindex="-1" data-first><h4>${this.label}</h4>
      <ol class="why-lines">${this.#line(this.#resolved, true)}${others.map((one) => this.#line(one, false))}</ol>
      <p class="hint">${host.t('settings.why.rule')}</p></div>`
  }

  #line(line: Line, counts: boolean): TemplateResult {
    const { host } = this.#view
    const { level, version, at, by } = line
    const facts = [
      ...(version > 0 ? [host.t('settings.version', { version })] : []),
      ...(by ? [host.session.person(by)?.name ?? by] : []),
      ...(at === null ? [] : [formatInstant(at, host.language, host.session.now())]),
    ].join(' · ')
    return html`<li class="why-line ${counts ? 'is-winner' : ''}">
      <span class="row"><b class="grow">${sourceText(this.#view, line)}</b><span class="why-value">${valueText(host, this.#setting, line.value)}</span></span>
      <span class="row xs dim"><span class="grow">${facts || (level === 'default' ? '—' : nothing)}</span><span>${host.t(counts ? 'settings.why.counts' : 'settings.why.passed')}</span></span>
    </li>`
  }
}

import { html, nothing, type TemplateResult } from 'lit'
import { asClientError, type ClientError } from '../client/client-error.ts'
import type { SettingView, StoredSetting } from '../client/settings-types.ts'
import type { PanelContent } from '../controllers/panel.ts'
import { renderButton } from '../display/button.ts'
import { formatInstant } from '../format/date.ts'
import { spinner } from '../icon/icon.ts'
import { reasonOf } from '../state/state-view.ts'
import { placeName } from './place.ts'
import type { SettingsView } from './settings-view.ts'
import { valueText } from './value-text.ts'

/** Every value a setting had at the place that is shown, newest first. */
export class HistoryPanel implements PanelContent {
  readonly label: string
  readonly #view: SettingsView
  readonly #setting: SettingView
  #entries: readonly StoredSetting[] | null = null
  #error: ClientError | null = null

  private constructor(view: SettingsView, setting: SettingView) {
    this.#view = view
    this.#setting = setting
    this.label = view.host.t('settings.history.of', { name: view.host.words(setting.label), place: placeName(view, view.place) })
  }

  static async open(view: SettingsView, setting: SettingView, anchor: HTMLElement): Promise<void> {
    const panel = new HistoryPanel(view, setting)
    const reading = panel.#read()
    await view.panel.open(anchor, panel)
    await reading
  }

  render(): TemplateResult {
    const { host } = this.#view
    return html`<div class="why" tabindex="-1" data-first><h4>${this.label}</h4>${this.#renderEntries()}
      ${this.#error ? html`<p class="error" role="alert">${reasonOf(host, this.#error)}</p>` : nothing}</div>`
  }

  #renderEntries(): TemplateResult | typeof nothing {
    const { host } = this.#view
    if (this.#error) return nothing
    if (this.#entries === null) return html`<p class="row soft">${spinner}${host.t('loading')}</p>`
    if (this.#entries.length === 0) return html`<p class="soft">${host.t('settings.history.none')}</p>`
    return html`<ol class="why-lines">${this.#entries.map((entry, index) => this.#line(entry, index === 0))}</ol>`
  }

  #line(entry: StoredSetting, isCurrent: boolean): TemplateResult {
    const view = this.#view
    const { host } = view
    const wasSet = 'value' in entry
    const text = wasSet ? valueText(host, this.#setting, entry.value) : host.t('settings.history.unset')
    const again = {
      label: host.t('settings.history.again'),
      look: 'sm ghost',
      run: () => {
        view.open(this.#setting, [view.place])
        view.edit?.change(entry.value)
      },
    }
    return html`<li class="why-line ${isCurrent ? 'is-winner' : ''}"><span class="row"><b class="grow">${text}</b>${!isCurrent && wasSet && view.may(this.#setting.key) ? renderButton(again) : nothing}</span>
      <span class="xs dim">${host.t('settings.version', { version: entry.version })} · ${host.session.person(entry.by)?.name ?? entry.by} · ${formatInstant(entry.at, host.language, host.session.now())}</span></li>`
  }

  async #read(): Promise<void> {
    const { client, host, place } = this.#view
    try {
      const entries = await client.history(this.#setting.key, place)
      await host.session.loadPeople(entries.map(({ by }) => by))
      this.#entries = entries
    } catch (error) {
      this.#error = asClientError(error)
    }
    host.requestUpdate()
  }
}

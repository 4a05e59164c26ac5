import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { ResolvedSetting, SettingView } from '../client/settings-types.ts'
import type { MenuItem } from '../controllers/menu.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { reasonOf, renderEmpty } from '../state/state-view.ts'
import { HistoryPanel } from './history.ts'
import { placeName, sourceText } from './place.ts'
import type { SettingsView } from './settings-view.ts'
import { valueText } from './value-text.ts'
import { WhyPanel } from './why.ts'

/** The settings of somebody or something, in groups, beside the list of whom to choose. */
export function renderPlace(view: SettingsView): TemplateResult {
  const { host, rail, place } = view
  const name = placeName(view, place)
  const choose = (event: Event): void =>
    void view.panel.open(event.currentTarget as HTMLElement, { label: host.t('settings.rail'), render: () => rail.render() })
  const heading = view.seesAll || place.target !== view.me?.identity.id ? name : host.t('settings.mine')
  const picker = html`<button type="button" class="btn picker" part="button" aria-haspopup="dialog" aria-label=${`${host.t('settings.for')}${host.t('colon')}${name}`} @click=${choose}><span class="clip">${heading}</span>${icon('down')}</button>`
  return html`<div class="head"><slot name="title"><h2 class="title">${host.t('settings.title')}</h2></slot></div>
    <div class="columns ${rail.isUseful ? 'has-rail' : ''}">
      ${rail.isUseful ? html`<div class="rail-wide">${rail.render()}</div>` : nothing}
      <div class="main" aria-busy=${view.isLoading ? 'true' : nothing}>
        <div class="bar">
          ${rail.isUseful ? html`<span class="rail-narrow">${picker}</span>` : nothing}
          <h3 class="place-title"><span class="clip">${heading}</span><span class="badge badge-line">${host.t(`settings.level.${place.level}`)}</span></h3>
          <span class="grow"></span>${view.search.render(host.t('settings.search'))}
          <label class="tick"><input type="checkbox" class="check" .checked=${live(view.changedOnly)} @change=${() => toggleChanged(view)} /><span>${host.t('settings.changedOnly')}</span></label>
        </div>
        ${view.error ? html`<div class="banner banner-danger" role="alert">${icon('warn')}<p class="grow">${reasonOf(host, view.error)}</p>${renderButton({ label: host.t('retry'), look: 'sm', run: () => void view.refresh() })}</div>` : nothing}
        ${renderGroups(view)}
      </div>
    </div>`
}

function toggleChanged(view: SettingsView): void {
  view.changedOnly = !view.changedOnly
  view.host.requestUpdate()
}

function renderGroups(view: SettingsView): TemplateResult {
  const { host, definitions, place } = view
  const words = view.search.text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const here = definitions.filter(({ levels, key }) => levels.includes(place.level) || view.resolved.get(key)?.level !== 'default')
  const shown = here.filter((setting) => (!view.changedOnly || view.isSetHere(setting.key)) && matches(view, setting, words))
  if (definitions.length === 0) return renderEmpty('inbox', host.t('settings.empty'), host.t('settings.empty.text'))
  if (shown.length === 0 && words.length === 0) return renderEmpty('inbox', host.t('settings.none.here'), '')
  if (shown.length === 0) {
    const clear = { label: host.t('nomatch.clear'), run: () => view.search.clear() }
    return renderEmpty('search', host.t('settings.none.match'), '', clear)
  }
  const groups = [...Map.groupBy(shown, (setting) => groupName(view, setting))]
  return html`${groups.map(
    ([name, settings]) => html`<section class="group" part="group" aria-label=${name}><h4 class="group-title">${name}</h4>
      <ul>${repeat(
        settings,
        ({ key }) => key,
        (setting) => renderSetting(view, setting),
      )}</ul></section>`,
  )}`
}

function groupName({ host }: SettingsView, { group, plugin }: SettingView): string {
  return group ? host.words(group) : plugin
}

/** By label, help, group, key and value, in both languages. */
function matches(view: SettingsView, setting: SettingView, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const { label, help, group, key } = setting
  const own = [label, help, group].flatMap((one) => (one ? [one['zh-CN'], one.en] : []))
  const text = [...own, key, valueText(view.host, setting, view.resolved.get(key)?.value)].join('\n').toLowerCase()
  return words.every((word) => text.includes(word))
}

function renderSetting(view: SettingsView, setting: SettingView): TemplateResult {
  const { host, place } = view
  const name = host.words(setting.label)
  const resolved = view.resolved.get(setting.key)
  const may = view.may(setting.key)
  const text = valueText(host, setting, resolved ? resolved.value : setting.default)
  const open = (): void => view.open(setting, [place])
  return html`<li class="setting" part="setting">
    <div class="setting-name"><b>${name}</b>${setting.help ? html`<span class="hint">${host.words(setting.help)}</span>` : nothing}</div>
    <button type="button" class="value-button" part="value" title=${text} aria-label=${`${host.t(may ? 'settings.edit' : 'settings.view', { name })}${host.t('colon')}${text}`} @click=${open}
      ><span class="clip">${text}</span>${may ? icon('edit') : icon('lock')}</button>
    ${resolved ? renderSource(view, setting, resolved) : nothing}
    ${renderButton({ label: host.t('settings.more', { name }), icon: 'more', look: 'ghost sm', bare: true, opens: 'menu', run: (event) => void openMore(view, setting, event.currentTarget as HTMLElement) })}
  </li>`
}

function renderSource(view: SettingsView, setting: SettingView, resolved: ResolvedSetting): TemplateResult {
  const { host } = view
  const here = view.isSetHere(setting.key)
  const text = here ? host.t('settings.here') : sourceText(view, resolved)
  const label = `${host.t('settings.why')}${host.t('colon')}${host.words(setting.label)}`
  const why = (event: Event): void => void view.panel.open(event.currentTarget as HTMLElement, new WhyPanel(view, setting, resolved))
  return html`<button type="button" class="source ${here ? 'is-here' : ''}" part="source" aria-haspopup="dialog" aria-label=${`${label}${host.t('colon')}${text}`} @click=${why}
    ><span class="clip">${text}</span>${icon('info')}</button>`
}

async function openMore(view: SettingsView, setting: SettingView, anchor: HTMLElement): Promise<void> {
  const { host, place } = view
  const isOpen = view.rights?.read ?? false
  const items = (): MenuItem[] => [
    ...(view.may(setting.key) ? [{ label: host.t('settings.set'), run: () => view.open(setting, [place]) }] : []),
    ...(view.may(setting.key) && view.isSetHere(setting.key)
      ? [{ label: host.t('settings.reset'), run: () => view.open(setting, [place], true) }]
      : []),
    ...(isOpen ? [{ label: host.t('settings.history'), run: () => void HistoryPanel.open(view, setting, anchor) }] : []),
    ...(view.rail.isUseful ? [{ label: host.t('settings.who'), run: () => view.comparing(setting) }] : []),
    {
      label: host.t('settings.why'),
      run: () => {
        const resolved = view.resolved.get(setting.key)
        if (resolved) void view.panel.open(anchor, new WhyPanel(view, setting, resolved))
      },
    },
  ]
  await view.menu.open(anchor, host.words(setting.label), items)
}

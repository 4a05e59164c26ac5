import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { ref } from 'lit/directives/ref.js'
import { renderAvatar } from '../display/avatar.ts'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { renderEmpty, renderFailure } from '../state/state-view.ts'
import { type Compare, type CompareRow, idOf } from './compare.ts'
import { isSetAt, sourceText } from './place.ts'
import type { SettingsView } from './settings-view.ts'
import { valueText } from './value-text.ts'
import { WhyPanel } from './why.ts'

/** One setting, and who has which value of it. */
export function renderCompare(view: SettingsView, compare: Compare): TemplateResult {
  const { host } = view
  const name = host.words(compare.setting.label)
  return html`<div class="head">
      ${renderButton({ label: host.t('settings.compare.back'), icon: 'left', look: 'ghost', bare: true, run: () => view.leaveCompare() })}
      <h2 class="title clip">${name}</h2></div>
    <div class="bar compare-bar">${renderKinds(view, compare)}${compare.kind === 'person' ? renderTeams(view, compare) : nothing}
      <span class="grow"></span>${compare.search.render(host.t('settings.find.person'))}</div>
    ${compare.chosen.size > 0 ? renderBulk(view, compare) : nothing}
    ${renderBody(view, compare)}`
}

function renderKinds(view: SettingsView, compare: Compare): TemplateResult | typeof nothing {
  const { host } = view
  const { levels } = compare.setting
  if (!view.seesAll || !levels.includes('team') || !levels.includes('person')) return nothing
  const kind = (value: 'person' | 'team', label: string): TemplateResult =>
    html`<label><input type="radio" name="compare" .checked=${live(compare.kind === value)} @change=${() => compare.show(value)} /><span>${label}</span></label>`
  return html`<fieldset class="seg"><legend class="sr">${host.t('settings.who')}</legend>
    ${kind('person', host.t('settings.compare.people'))}${kind('team', host.t('settings.compare.teams'))}</fieldset>`
}

function renderTeams(view: SettingsView, compare: Compare): TemplateResult {
  const { host, overall } = view
  const teams = view.seesAll ? view.teams : view.teams.filter(({ id }) => overall?.leads.includes(id))
  const all = view.seesAll ? html`<option value="">${host.t('settings.compare.all')}</option>` : nothing
  return html`<select class="select team-choice" aria-label=${host.t('settings.compare.team')} @change=${(event: Event) => compare.inTeam((event.target as HTMLSelectElement).value)}
    >${all}${teams.map(({ id, name }) => html`<option value=${id} ?selected=${id === compare.team}>${name}</option>`)}</select>`
}

function renderBulk(view: SettingsView, compare: Compare): TemplateResult {
  const { host } = view
  const open = (unset: boolean): void => view.open(compare.setting, compare.places, unset)
  return html`<div class="chosen"><b role="status">${host.t('settings.compare.chosen', { count: compare.chosen.size })}</b><span class="grow"></span>
    ${renderButton({ label: host.t('settings.compare.reset'), icon: 'undo', look: 'sm', run: () => open(true) })}
    ${renderButton({ label: host.t('settings.compare.change'), icon: 'edit', look: 'sm primary', run: () => open(false) })}</div>`
}

function renderBody(view: SettingsView, compare: Compare): TemplateResult {
  const { host } = view
  const { reading, rows } = compare
  if (reading.state === 'failed' && reading.error) return renderFailure(host, reading.error, () => void compare.load())
  if (rows.length === 0 && reading.state !== 'ready') return html`<p class="row soft loading" role="status">${host.t('loading')}</p>`
  if (rows.length === 0) return renderEmpty('search', host.t('settings.nobody'), '')
  const { start, end } = compare.window.range(rows.length)
  const step = compare.window.step
  const scrolled = (event: Event): void => {
    if (compare.window.moved(event.currentTarget as Element, rows.length)) host.requestUpdate()
    if (compare.window.nearEnd(rows.length)) void compare.more()
  }
  const drawn = (scroller: Element | undefined): void => {
    const row = scroller?.querySelector('tbody tr[data-row]')
    if (scroller && compare.window.measured(row)) host.requestUpdate()
  }
  const all = rows.every(({ place }) => compare.chosen.has(idOf(place)))
  const space = (height: number): TemplateResult | typeof nothing =>
    height > 0 ? html`<tr aria-hidden="true"><td colspan="4" class="space" .style=${`height:${height}px`}></td></tr>` : nothing
  return html`<div class="compare" part="table" tabindex="0" role="region" aria-label=${host.words(compare.setting.label)} @scroll=${scrolled} ${ref(drawn)}>
    <table aria-rowcount=${rows.length + 1}><thead><tr>
      <th class="tick-cell"><input type="checkbox" class="check" aria-label=${host.t('settings.compare.chooseAll')} .checked=${live(all)} @change=${() => compare.toggleAll()} /></th>
      <th scope="col">${host.t('settings.compare.name')}</th><th scope="col">${host.t('settings.compare.value')}</th><th scope="col">${host.t('settings.compare.source')}</th></tr></thead>
      <tbody>${space(start * step)}${rows.slice(start, end).map((row, index) => renderRow(view, compare, row, start + index))}${space((rows.length - end) * step)}</tbody>
    </table></div>`
}

function renderRow(view: SettingsView, compare: Compare, row: CompareRow, index: number): TemplateResult {
  const { host } = view
  const { setting } = compare
  const { place, name, resolved, own } = row
  const id = idOf(place)
  const isChosen = compare.chosen.has(id)
  const isHere = resolved ? isSetAt(place, resolved) : own !== null
  const value = resolved
    ? valueText(host, setting, resolved.value)
    : own
      ? valueText(host, setting, own.value)
      : host.t('settings.inherits')
  const mark = place.level === 'person' ? renderAvatar(place.target, name, true) : nothing
  const team = row.teamIds.map((one) => view.teams.find((known) => known.id === one)?.name ?? one).join(host.t('list.separator'))
  return html`<tr data-row aria-rowindex=${index + 2} class=${isChosen ? 'is-chosen' : ''}>
    <td class="tick-cell"><input type="checkbox" class="check" aria-label=${host.t('settings.compare.choose', { name })} .checked=${live(isChosen)} @change=${() => compare.toggle(id)} /></td>
    <th scope="row"><span class="row row-6 d${Math.min(row.depth, 5)}">${mark}<span class="clip">${name}</span>${team ? html`<span class="xs dim clip">${team}</span>` : nothing}</span></th>
    <td><button type="button" class="value-button ${isHere ? '' : 'dim'}" part="value" @click=${() => view.open(setting, [place])}
      aria-label=${`${host.t('settings.edit', { name })}${host.t('colon')}${value}`}><span class="clip">${value}</span>${icon('edit')}</button></td>
    <td>${resolved ? renderSource(view, compare, row) : html`<span class="dim">${own ? host.t('settings.here') : ''}</span>`}</td>
  </tr>`
}

function renderSource(view: SettingsView, { setting }: Compare, { resolved, place, name }: CompareRow): TemplateResult | typeof nothing {
  if (!resolved) return nothing
  const { host } = view
  const isHere = isSetAt(place, resolved)
  const text = isHere ? host.t('settings.here') : sourceText(view, resolved)
  const why = (event: Event): void => void view.panel.open(event.currentTarget as HTMLElement, new WhyPanel(view, setting, resolved))
  return html`<button type="button" class="source ${isHere ? 'is-here' : ''}" part="source" aria-haspopup="dialog" aria-label=${`${host.t('settings.why')}${host.t('colon')}${name}${host.t('colon')}${text}`} @click=${why}
    ><span class="clip">${text}</span>${icon('info')}</button>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { isAbort } from '../client/client-error.ts'
import type { SettingPlace } from '../client/settings-client.ts'
import type { Person } from '../client/types.ts'
import { renderAvatar } from '../display/avatar.ts'
import { icon } from '../icon/icon.ts'
import { isSamePlace, placeName, teamTree } from './place.ts'
import type { SettingsView } from './settings-view.ts'

const PAUSE = 220
const SHOWN = 12

/** Whose settings there are to choose from: the organisation, teams, people by name, roles and places. */
export class Rail {
  readonly #view: SettingsView
  #people: readonly Person[] = []
  #text = ''
  #asked = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | null = null

  constructor(view: SettingsView) {
    this.#view = view
  }

  /** Is there anybody but oneself to choose? */
  get isUseful(): boolean {
    return this.#view.seesAll || (this.#view.overall?.leads.length ?? 0) > 0
  }

  render(): TemplateResult {
    const view = this.#view
    const { host } = view
    const { seesAll, me } = view
    if (!this.#asked) void this.#find()
    const own = me ? this.#item({ level: 'person', target: me.identity.id }, 'user', host.t('settings.mine')) : nothing
    return html`<nav class="rail" part="rail" aria-label=${host.t('settings.rail')}>
      <ul>${seesAll ? this.#item({ level: 'organisation', target: '' }, 'flag') : nothing}${own}</ul>
      ${this.#renderTeams()}${this.#renderPeople()}${seesAll ? html`${this.#renderTexts('role')}${this.#renderTexts('place')}` : nothing}
    </nav>`
  }

  #renderTeams(): TemplateResult | typeof nothing {
    const view = this.#view
    const lines = teamTree(view.teams).filter(({ team }) => view.seesAll || this.#leads(team.id))
    if (lines.length === 0) return nothing
    return html`<h3 class="rail-title">${view.host.t('settings.level.team')}</h3>
      <ul class="rail-list">${lines.map(({ team, depth }) => this.#item({ level: 'team', target: team.id }, null, team.name, depth))}</ul>`
  }

  #renderPeople(): TemplateResult {
    const { host } = this.#view
    const label = host.t('settings.find.person')
    return html`<h3 class="rail-title">${host.t('settings.level.person')}</h3>
      <input class="input rail-find" type="search" autocomplete="off" aria-label=${label} placeholder=${label} .value=${this.#text} @input=${this.#onInput} />
      <ul class="rail-list" aria-live="polite">${this.#people.map(({ id, name }) =>
        this.#item({ level: 'person', target: id }, html`${renderAvatar(id, name, true)}`, name),
      )}${this.#people.length === 0 && this.#text ? html`<li class="rail-note dim">${host.t('settings.nobody')}</li>` : nothing}</ul>`
  }

  /** Roles and places are the host’s own words: those with values are listed, any other can be typed. */
  #renderTexts(level: 'role' | 'place'): TemplateResult {
    const view = this.#view
    const { host, values, place, definitions } = view
    if (!definitions.some(({ levels }) => levels.includes(level))) return html``
    const shown = place.level === level ? [place.target] : []
    const targets = [...new Set([...values.filter((one) => one.level === level).map(({ target }) => target), ...shown])].sort()
    const label = host.t(`settings.${level}.add`)
    const open = (event: Event): void => {
      const box = event.target as HTMLInputElement
      const target = box.value.trim()
      box.value = ''
      if (target) void view.show({ level, target })
    }
    return html`<h3 class="rail-title">${host.t(`settings.level.${level}`)}</h3>
      <ul class="rail-list">${targets.map((target) => this.#item({ level, target }, null))}</ul>
      <input class="input rail-find" type="text" autocomplete="off" maxlength="200" aria-label=${label} placeholder=${label} @change=${open} />`
  }

  #item(place: SettingPlace, mark: TemplateResult | 'user' | 'flag' | null, name?: string, depth = 0): TemplateResult {
    const view = this.#view
    const current = !view.compare && isSamePlace(view.place, place)
    const count = new Set(view.values.filter((one) => isSamePlace(one, place)).map(({ key }) => key)).size
    return html`<li><button type="button" class="rail-item d${Math.min(depth, 5)}" aria-current=${current ? 'true' : nothing} @click=${() => this.#choose(place)}>
      ${mark === null ? nothing : typeof mark === 'string' ? icon(mark) : mark}<span class="clip grow">${name ?? placeName(view, place)}</span>
      ${count > 0 ? html`<span class="count">${count}</span>` : nothing}</button></li>`
  }

  #choose(place: SettingPlace): void {
    this.#view.panel.close()
    void this.#view.show(place)
  }

  #leads(team: string): boolean {
    const { overall, teams } = this.#view
    let at: string | null = team
    for (let depth = 0; at !== null && depth < 32; depth += 1) {
      if (overall?.leads.includes(at)) return true
      at = teams.find(({ id }) => id === at)?.parentId ?? null
    }
    return false
  }

  readonly #onInput = (event: Event): void => {
    if (event instanceof InputEvent && event.isComposing) return
    this.#text = (event.target as HTMLInputElement).value.trim()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#find(), PAUSE)
  }

  /** The people of the reader’s teams, or everybody, by name. */
  async #find(): Promise<void> {
    this.#asked = true
    const { host, client, seesAll, overall } = this.#view
    this.#abort?.abort()
    const abort = new AbortController()
    this.#abort = abort
    try {
      const found = seesAll
        ? [await host.session.client.people({ search: this.#text, limit: SHOWN }, abort.signal)]
        : await Promise.all((overall?.leads ?? []).map((team) => client.members(team, this.#text, abort.signal)))
      if (abort.signal.aborted) return
      const people = [...new Map(found.flat().map((one) => [one.id, one])).values()].slice(0, SHOWN)
      host.session.keepPeople(people)
      this.#people = people
      host.requestUpdate()
    } catch (error) {
      // Whoever cannot search can still choose from what is there.
      if (!isAbort(error)) this.#people = []
    }
  }
}

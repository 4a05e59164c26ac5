import { html, nothing, type TemplateResult } from 'lit'
import type { ClientError } from '../client/client-error.ts'
import { type SettingPlace, SettingsClient } from '../client/settings-client.ts'
import type { ResolvedSetting, SettingRights, SettingView, StoredSetting, Team } from '../client/settings-types.ts'
import type { Me } from '../client/types.ts'
import { Announcer } from '../controllers/announcer.ts'
import { LoadController } from '../controllers/load.ts'
import { MenuController } from '../controllers/menu.ts'
import { PanelController } from '../controllers/panel.ts'
import { SearchBox } from '../controllers/search-box.ts'
import { ToastController } from '../controllers/toast.ts'
import { renderFailure } from '../state/state-view.ts'
import { banner } from '../styles/banner.ts'
import { box } from '../styles/box.ts'
import { check } from '../styles/check.ts'
import { chip } from '../styles/chip.ts'
import { entry } from '../styles/entry.ts'
import { input } from '../styles/input.ts'
import { mark } from '../styles/mark.ts'
import { overlay } from '../styles/overlay.ts'
import { Compare } from './compare.ts'
import { renderCompare } from './compare-table.ts'
import { Edit, type EditDone } from './edit.ts'
import { renderEdit, showEdit } from './edit-dialog.ts'
import { renderPlace } from './groups.ts'
import { en } from './messages/en.ts'
import { zhCN } from './messages/zh-CN.ts'
import { isSamePlace, isSetAt } from './place.ts'
import { Rail } from './rail.ts'
import { settingsStyles as ownStyles } from './settings.styles.ts'
import type { CrmSettings } from './settings.ts'
import { renderSkeleton } from './skeleton.ts'

export const settingsStyles = [box, check, input, entry, mark, chip, banner, overlay, ownStyles]
export const settingsMessages = { 'zh-CN': zhCN, en }

const organisation: SettingPlace = { level: 'organisation', target: '' }

/** What {@link CrmSettings} shows once it is loaded: whose settings, what counts there, and what may be done about it. */
export class SettingsView {
  readonly host: CrmSettings
  readonly search: SearchBox
  readonly menu: MenuController
  readonly panel: PanelController
  readonly toast: ToastController
  readonly rail: Rail
  me: Me | null = null
  definitions: readonly SettingView[] = []
  teams: readonly Team[] = []
  /** Everything set, for readers of all of it. */
  values: readonly StoredSetting[] = []
  /** What the reader may do about the organisation: whether they see everything. */
  overall: SettingRights | null = null
  place: SettingPlace = organisation
  rights: SettingRights | null = null
  resolved: ReadonlyMap<string, ResolvedSetting> = new Map()
  changedOnly = false
  edit: Edit | null = null
  compare: Compare | null = null
  readonly #load: LoadController
  readonly #announcer: Announcer

  constructor(host: CrmSettings) {
    this.host = host
    this.search = new SearchBox(host, () => host.requestUpdate())
    this.menu = new MenuController(host)
    this.panel = new PanelController(host)
    this.toast = new ToastController(host, () => host.t('close'))
    this.rail = new Rail(this)
    this.#load = new LoadController(host)
    this.#announcer = new Announcer(host)
  }

  get client(): SettingsClient {
    return new SettingsClient(this.host.session.client)
  }

  get isLoading(): boolean {
    return this.#load.state === 'loading'
  }

  get error(): ClientError | null {
    return this.#load.error
  }

  /** May the reader look at everybody's settings? */
  get seesAll(): boolean {
    return this.overall?.read === true || this.overall?.define === true
  }

  /** Reads all there is to know, and the settings of whoever is asked for. */
  async load(): Promise<void> {
    await this.#read(async (signal) => {
      const { client, host } = this
      const [me, definitions, teams, overall] = await Promise.all([
        host.session.me(),
        client.definitions(signal),
        client.teams(signal),
        client.rights(organisation, signal),
      ])
      Object.assign(this, { me, definitions, teams, overall })
      await this.#readPlace(this.#asked(me), signal)
    })
  }

  /** The host named somebody else. */
  placeNamed(): void {
    if (this.me && !isSamePlace(this.#asked(this.me), this.place)) void this.show(this.#asked(this.me))
  }

  /** Shows the settings of somebody or something. */
  async show(place: SettingPlace): Promise<void> {
    this.compare = null
    await this.#read((signal) => this.#readPlace(place, signal))
  }

  /** Reads the shown settings again, after a change. */
  async refresh(): Promise<void> {
    if (this.compare) await this.compare.load()
    await this.#read((signal) => this.#readPlace(this.place, signal))
  }

  /** Is a value set for the very place that is shown? */
  isSetHere(key: string): boolean {
    const value = this.resolved.get(key)
    return value !== undefined && isSetAt(this.place, value)
  }

  may(key: string): boolean {
    return this.rights?.keys.includes(key) ?? false
  }

  open(setting: SettingView, places: readonly SettingPlace[], unset = false): void {
    const value = this.resolved.get(setting.key)
    this.panel.close()
    this.edit = new Edit(this, setting, places, {
      value: unset ? undefined : (value?.value ?? setting.default),
      unset,
      version: this.version,
      isReadOnly: !unset && places.length === 1 && !this.compare && !this.may(setting.key),
    })
    this.host.requestUpdate()
    void this.host.updateComplete.then(() => showEdit(this.host.renderRoot))
  }

  /** Version of the configuration that everything shown was resolved in. */
  get version(): number {
    return Math.max(this.compare?.version ?? 0, ...[...this.resolved.values()].map(({ configVersion }) => configVersion))
  }

  close(): void {
    // Closed before it is gone, so that the focus goes back to where it came from.
    this.host.renderRoot.querySelector<HTMLDialogElement>('dialog.edit[open]')?.close()
    this.edit = null
    this.host.requestUpdate()
  }

  /** After a change went through: the screen as it is now, and the way back. */
  async done({ setting, undo, changes, version, unset }: EditDone): Promise<void> {
    const name = this.host.words(setting.label)
    this.host.tell('crm-settings', { changes, version })
    this.close()
    const text = this.host.t(unset ? 'settings.saved.reset' : 'settings.saved', { name })
    void this.toast.show({
      text,
      ...(undo && { action: { label: this.host.t('undo'), countdown: true, run: () => void this.#undo(undo) } }),
    })
    this.say(text)
    await this.refresh()
  }

  comparing(setting: SettingView): void {
    this.panel.close()
    this.compare = new Compare(this, setting)
    void this.compare.load()
    this.host.requestUpdate()
  }

  leaveCompare(): void {
    this.compare = null
    void this.show(this.place)
  }

  say(text: string): void {
    this.#announcer.say(text)
  }

  async #undo(undo: () => Promise<unknown>): Promise<void> {
    const done = await this.#read(async () => {
      await undo()
    })
    if (done) void this.toast.show({ text: this.host.t('settings.undone'), seconds: 4 })
    await this.refresh()
  }

  #asked(me: Me): SettingPlace {
    const { level, target } = this.host
    if (level === 'organisation') return organisation
    if (level && target) return { level, target }
    return this.seesAll ? organisation : { level: 'person', target: me.identity.id }
  }

  async #read(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const done = await this.#load.run(work)
    if (done) this.host.tell('crm-load', { level: this.place.level, target: this.place.target })
    else if (this.#load.error) this.host.tell('crm-error', { error: this.#load.error })
    return done
  }

  async #readPlace(place: SettingPlace, signal: AbortSignal): Promise<void> {
    const { client, host } = this
    const [resolved, rights, values] = await Promise.all([
      client.resolved(place, signal),
      client.rights(place, signal),
      this.overall?.read ? client.values({}, signal) : [],
    ])
    const people = [...resolved, ...values].flatMap(({ by, level, target }) => [
      ...(by ? [by] : []),
      ...(level === 'person' && target ? [target] : []),
    ])
    if (place.level === 'person') people.push(place.target)
    await host.session.loadPeople([...new Set(people)].slice(0, 500))
    Object.assign(this, { place, rights, values, resolved: new Map(resolved.map((one) => [one.key, one])) })
    host.level = place.level
    host.target = place.target || null
  }

  render(): TemplateResult {
    const { host, error } = this
    if (error && this.resolved.size === 0) return renderFailure(host, error, () => void this.load())
    if (this.resolved.size === 0 && this.#load.state !== 'ready') return renderSkeleton(host)
    return html`${this.compare ? renderCompare(this, this.compare) : renderPlace(this)}
      ${this.edit ? renderEdit(this.edit) : nothing}${this.menu.render()}${this.panel.render()}${this.toast.render()}${this.#announcer.render()}`
  }
}

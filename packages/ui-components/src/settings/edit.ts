import { asClientError, type ClientError } from '../client/client-error.ts'
import type { SettingPlace } from '../client/settings-client.ts'
import type { SettingChange, SettingPreview, SettingView, StoredSetting } from '../client/settings-types.ts'
import type { MessageKey } from '../messages/messages.ts'
import { areSpans, type Hours, type Workday } from './calendar-value.ts'
import type { SettingsView } from './settings-view.ts'

/** What an edit begins with. */
interface Start {
  readonly value: unknown
  readonly unset: boolean
  /** Version of the configuration the editor has seen. */
  readonly version: number
  readonly isReadOnly: boolean
}

/** A change that went through. */
export interface EditDone {
  readonly setting: SettingView
  readonly changes: readonly SettingChange[]
  readonly version: number
  readonly unset: boolean
  /** Sets what was there before; null where that is not known. */
  readonly undo: (() => Promise<unknown>) | null
}

/** One value on its way to one place or many: what it is, who would be affected, and what came of it. */
export class Edit {
  readonly view: SettingsView
  readonly setting: SettingView
  readonly places: readonly SettingPlace[]
  readonly isReadOnly: boolean
  readonly unset: boolean
  value: unknown
  /** Set once somebody has tried to go on, so that nobody is told off while typing. */
  tried = false
  busy: 'preview' | 'save' | null = null
  preview: SettingPreview | null = null
  error: ClientError | null = null
  /** What somebody else set there meanwhile. */
  conflict: readonly StoredSetting[] | null = null
  #version: number

  constructor(view: SettingsView, setting: SettingView, places: readonly SettingPlace[], { value, unset, version, isReadOnly }: Start) {
    this.view = view
    this.setting = setting
    this.places = places
    this.isReadOnly = isReadOnly
    this.unset = unset
    this.value = value
    this.#version = version
    // Taking back needs no value: the first thing to know is whom it reaches.
    if (unset) void this.check()
  }

  get changes(): readonly SettingChange[] {
    const { setting, value, unset } = this
    return this.places.map(({ level, target }) => ({
      key: setting.key,
      level,
      ...(level !== 'organisation' && { target }),
      ...(unset ? { unset } : { value }),
    }))
  }

  /** Why the value cannot be sent; null when nothing is wrong that can be told here. */
  get problem(): MessageKey | null {
    if (this.unset || this.value === null) return null
    const { setting, value } = this
    if (value === undefined)
      return setting.type === 'integer' || setting.type === 'percent' ? 'settings.invalid.number' : 'settings.invalid.empty'
    if (setting.type === 'hours' && !Object.values(value as Hours).every(areSpans)) return 'settings.invalid.span'
    if (setting.type === 'workdays' && !(value as readonly Workday[]).every(({ hours = [] }) => areSpans(hours)))
      return 'settings.invalid.span'
    return null
  }

  change(value: unknown): void {
    this.value = value
    this.preview = null
    this.error = null
    this.#changed()
  }

  /** Asks whom it reaches. */
  async check(): Promise<void> {
    this.tried = true
    if (this.problem) return this.#changed()
    await this.#run('preview', async () => {
      const preview = await this.view.client.preview(this.changes)
      await this.view.host.session.loadPeople(preview.effects.slice(0, 200).map(({ person }) => person))
      this.preview = preview
    })
  }

  async save(): Promise<void> {
    this.tried = true
    if (this.problem) return this.#changed()
    const { view, changes, setting, unset } = this
    const before = this.#before()
    await this.#run('save', async () => {
      const { version } = await view.client.set(changes, this.#version)
      const undo = before && (() => view.client.set(before, version))
      await view.done({ setting, changes, version, unset, undo })
    })
  }

  /** What stood there, where it is known: for a single place. */
  #before(): readonly SettingChange[] | null {
    const [place, ...more] = this.places
    if (!place || more.length > 0 || this.view.compare) return null
    const { key } = this.setting
    const at = { key, level: place.level, ...(place.level !== 'organisation' && { target: place.target }) }
    return [this.view.isSetHere(key) ? { ...at, value: this.view.resolved.get(key)?.value } : { ...at, unset: true }]
  }

  async #run(what: 'preview' | 'save', work: () => Promise<void>): Promise<void> {
    this.busy = what
    this.error = null
    this.#changed()
    try {
      await work()
    } catch (caught) {
      const error = asClientError(caught)
      if (error.code === 'CONFLICT') await this.#meet(error)
      else this.error = error
    }
    this.busy = null
    this.#changed()
  }

  /** Somebody was faster: shows what they set; saving again is then done knowingly. */
  async #meet(error: ClientError): Promise<void> {
    const { current } = error.details
    const newer = Array.isArray(current) ? (current as readonly StoredSetting[]) : []
    await this.view.host.session.loadPeople(newer.map(({ by }) => by))
    this.conflict = newer
    this.#version = Math.max(this.#version, ...newer.map(({ version }) => version))
  }

  #changed(): void {
    this.view.host.requestUpdate()
  }
}

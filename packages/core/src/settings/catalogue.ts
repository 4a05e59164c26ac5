import { crmError } from '../error/crm-error.ts'
import type { Setting, SettingLevel } from './setting.ts'
import { settingLevels } from './setting.ts'
import type { SettingView } from './settings.ts'

/** All settings of one CRM, by key, with the plugin each is from. */
export class SettingCatalogue {
  readonly #byKey: ReadonlyMap<string, { readonly setting: Setting; readonly plugin: string }>
  readonly views: readonly SettingView[]

  constructor(entries: readonly { readonly setting: Setting; readonly plugin: string }[]) {
    const sorted = [...entries].sort((a, b) => (a.setting.key < b.setting.key ? -1 : 1))
    this.#byKey = new Map(sorted.map((entry) => [entry.setting.key, entry]))
    this.views = sorted.map(({ setting, plugin }) => viewOf(setting, plugin))
  }

  /** The setting of a key, or of a handle; SETTING_UNKNOWN otherwise, also where its plugin is not part of this CRM. */
  require(key: string, path: string | null = null): Setting {
    const entry = this.#byKey.get(key)
    if (entry) return entry.setting
    throw crmError('SETTING_UNKNOWN', { key: String(key).slice(0, 100) }, { path })
  }

  /** Levels a setting may be set at. */
  levelsOf({ definition }: Setting): readonly SettingLevel[] {
    return definition.levels ?? settingLevels
  }

  /** Those of some keys, or all. */
  some(keys: readonly string[] | undefined): readonly Setting[] {
    if (keys === undefined) return [...this.#byKey.values()].map(({ setting }) => setting)
    return keys.map((key) => this.require(key, '/keys'))
  }
}

function viewOf({ key, definition }: Setting, plugin: string): SettingView {
  const { type, label, help = null, nullable = false, levels = settingLevels, group = null } = definition
  const { minimum, maximum, options, data, stricter, settableBy = {} } = definition
  const bounds = { minimum, maximum, options, data, stricter }
  return { key, plugin, group, type, label, help, default: definition.default, nullable, levels, settableBy, ...bounds }
}

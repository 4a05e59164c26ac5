import type { Client } from './client.ts'
import type {
  PersonSettings,
  ResolvedSetting,
  SettingChange,
  SettingLevel,
  SettingPreview,
  SettingRights,
  SettingView,
  StoredSetting,
  Team,
} from './settings-types.ts'
import type { Person } from './types.ts'

/** Whose settings: a person, role, team, place, or the organisation with an empty target. */
export interface SettingPlace {
  readonly level: SettingLevel
  readonly target: string
}

/** The routes of settings, typed. */
export class SettingsClient {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  async definitions(signal?: AbortSignal): Promise<readonly SettingView[]> {
    const { settings } = await this.#client.send<{ settings: SettingView[] }>('GET', 'settings/definitions', { signal })
    return settings
  }

  async resolved({ level, target }: SettingPlace, signal?: AbortSignal): Promise<readonly ResolvedSetting[]> {
    const query = level === 'organisation' ? { person: '' } : level === 'place' ? { person: '', places: target } : { [level]: target }
    const { settings } = await this.#client.send<{ settings: ResolvedSetting[] }>('GET', 'settings', { query, signal })
    return settings
  }

  rights({ level, target }: SettingPlace, signal?: AbortSignal): Promise<SettingRights> {
    return this.#client.send('GET', 'settings/rights', { query: { level, target: target || undefined }, signal })
  }

  async values(query: { readonly keys?: string } = {}, signal?: AbortSignal): Promise<readonly StoredSetting[]> {
    const { values } = await this.#client.send<{ values: StoredSetting[] }>('GET', 'settings/values', { query, signal })
    return values
  }

  async history(key: string, { level, target }: SettingPlace, signal?: AbortSignal): Promise<readonly StoredSetting[]> {
    const query = { key, level, target: target || undefined, limit: '50' }
    const { entries } = await this.#client.send<{ entries: StoredSetting[] }>('GET', 'settings/history', { query, signal })
    return entries
  }

  people(
    query: { readonly keys: string; readonly team?: string; readonly search?: string; readonly after?: string; readonly limit: string },
    signal?: AbortSignal,
  ): Promise<{ readonly entries: readonly PersonSettings[]; readonly cursor: string | null }> {
    return this.#client.send('GET', 'settings/people', { query, signal })
  }

  preview(changes: readonly SettingChange[], signal?: AbortSignal): Promise<SettingPreview> {
    return this.#client.send('POST', 'settings/preview', { body: { changes }, signal })
  }

  set(changes: readonly SettingChange[], version: number): Promise<{ readonly version: number }> {
    return this.#client.send('POST', 'settings', { body: { changes, version } })
  }

  async teams(signal?: AbortSignal): Promise<readonly Team[]> {
    const { teams } = await this.#client.send<{ teams: Team[] }>('GET', 'teams', { signal })
    return teams
  }

  async members(team: string, search: string, signal?: AbortSignal): Promise<readonly Person[]> {
    const query = { team, search: search || undefined, limit: '20' }
    const { people } = await this.#client.send<{ people: Person[] }>('GET', 'people', { query, signal })
    return people
  }
}

import type { Words } from '../locale/locale.ts'
import type { Resolved, StoredSetting } from './resolved.ts'
import type { Setting, SettingDefinition, SettingLevel } from './setting.ts'

/** Whom a value is asked for: a person (the actor unless said), a role or a team by itself, and where the record stands. */
export interface SettingQuestion {
  /** Null = nobody: only the places and the organisation count. */
  readonly person?: string | null
  readonly role?: string
  readonly team?: string
  /** Such as `pool:north`; several are of one level. */
  readonly places?: readonly string[]
}

/** Reads settings. */
export interface SettingsReader {
  /** The value that counts: person > role > team (nearest first) > place > organisation > the product's default. */
  get<V>(setting: Setting<V>, question?: SettingQuestion): Promise<V>
  /** The value that counts and why: level, target, version, by whom, and what it won against. */
  explain<V>(setting: Setting<V>, question?: SettingQuestion): Promise<Resolved<V>>
}

/** One change: a value, or `unset` to take the value of a level back. */
export interface SettingChange {
  readonly key: string
  readonly level: SettingLevel
  /** Id of the person, role, team or place; left out for the organisation. */
  readonly target?: string
  readonly value?: unknown
  readonly unset?: boolean
}

/** A setting as a screen needs it. */
export interface SettingView extends Pick<SettingDefinition, 'type' | 'label' | 'minimum' | 'maximum' | 'options' | 'data' | 'stricter'> {
  readonly key: string
  readonly plugin: string
  readonly help: Words | null
  readonly default: unknown
  readonly nullable: boolean
  readonly levels: readonly SettingLevel[]
}

/** One entry of a setting's history. */
export interface SettingHistoryEntry extends Omit<StoredSetting, 'value'> {
  /** Undefined where the value was taken back. */
  readonly value?: unknown
}

/** What a change would mean for somebody. */
export interface SettingEffect {
  readonly person: string
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

/** The settings of a tenant, as one actor may read and change them. */
export interface Settings extends SettingsReader {
  /** All settings there are, by key. */
  definitions(): readonly SettingView[]
  /** Every setting (or those of some keys) resolved, with provenance. Reading somebody else's needs the right to read `settings`. */
  resolve(question?: SettingQuestion, keys?: readonly string[]): Promise<readonly Resolved[]>
  /** The same for many people at once, 1,000 at most. */
  resolveMany(people: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly Resolved[]>>
  /** What has been set, at every level. Needs the right to read `settings`. */
  values(query?: {
    readonly level?: SettingLevel
    readonly target?: string
    readonly keys?: readonly string[]
  }): Promise<readonly StoredSetting[]>
  /** Sets and takes back values, 10,000 at most, all or none. Needs the right to define `settings`. The answer is the new version. */
  set(changes: readonly SettingChange[], options?: { readonly version?: number }): Promise<{ readonly version: number }>
  /** Who would get which other value. Nothing is written. Needs the right to define `settings`. */
  preview(changes: readonly SettingChange[], people: readonly string[]): Promise<readonly SettingEffect[]>
  /** What a setting was at a level, newest first. */
  history(query: {
    readonly key: string
    readonly level: SettingLevel
    readonly target?: string
    readonly limit?: number
  }): Promise<readonly SettingHistoryEntry[]>
}

import type { Words } from '../locale/locale.ts'
import type { Resolved, StoredSetting } from './resolved.ts'
import type { SettableBy, Setting, SettingDefinition, SettingLevel } from './setting.ts'

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
  readonly group: Words | null
  readonly settableBy: SettableBy
}

/** What an actor may do about the settings of somebody or something. */
export interface SettingRights {
  /** May see what is set there, and what it was. */
  readonly read: boolean
  /** May set everything, everywhere. */
  readonly define: boolean
  /** Teams they lead directly. */
  readonly leads: readonly string[]
  /** Keys they may set there. */
  readonly keys: readonly string[]
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
  /** What the actor may read and set of a person, role, team, place or the organisation. */
  rights(place: { readonly level: SettingLevel; readonly target?: string }): Promise<SettingRights>
  /**
   * Every setting (or those of some keys) resolved, with provenance. Reading somebody else's needs the right to read `settings`, or to
   * lead them.
   */
  resolve(question?: SettingQuestion, keys?: readonly string[]): Promise<readonly Resolved[]>
  /** The same for many people at once, 1,000 at most. */
  resolveMany(people: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly Resolved[]>>
  /** What has been set, at every level. Needs the right to read `settings`. */
  values(query?: {
    readonly level?: SettingLevel
    readonly target?: string
    readonly keys?: readonly string[]
  }): Promise<readonly StoredSetting[]>
  /**
   * Sets and takes back values, 10,000 at most, all or none. Needs the right to define `settings`, or to be who the setting is settable
   * by. The answer is the new version.
   */
  set(changes: readonly SettingChange[], options?: { readonly version?: number }): Promise<{ readonly version: number }>
  /**
   * Who would get which other value, among some people (1,000 at most) or everybody the actor may see. Nothing is written. Needs the
   * rights that `set` needs.
   */
  preview(changes: readonly SettingChange[], people?: readonly string[]): Promise<readonly SettingEffect[]>
  /** What a setting was at a level, newest first. */
  history(query: {
    readonly key: string
    readonly level: SettingLevel
    readonly target?: string
    readonly limit?: number
  }): Promise<readonly SettingHistoryEntry[]>
}

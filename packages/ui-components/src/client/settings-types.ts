import type { Words } from './types.ts'

/** Where a value may be set, most specific first. */
export type SettingLevel = 'person' | 'role' | 'team' | 'place' | 'organisation'

/** What a setting holds. */
export type SettingType =
  | 'integer'
  | 'percent'
  | 'boolean'
  | 'text'
  | 'choice'
  | 'choices'
  | 'duration'
  | 'time'
  | 'zone'
  | 'hours'
  | 'dates'
  | 'workdays'
  | 'years'
  | 'message'

/** A setting as the server describes it. */
export interface SettingView {
  readonly key: string
  readonly plugin: string
  readonly group: Words | null
  readonly type: SettingType
  readonly label: Words
  readonly help: Words | null
  readonly default: unknown
  readonly nullable: boolean
  readonly levels: readonly SettingLevel[]
  readonly minimum?: number
  readonly maximum?: number
  /** Of messages: the facts their words may mention, by kind. */
  readonly data?: Readonly<Record<string, string>>
  readonly options?: readonly { readonly value: string; readonly label: Words }[]
}

/** A value that somebody set. */
export interface StoredSetting {
  readonly key: string
  readonly level: SettingLevel
  /** Empty for the organisation. */
  readonly target: string
  /** Left out in a history where it was taken back. */
  readonly value?: unknown
  readonly version: number
  readonly at: number
  readonly by: string
}

/** The value that counts, and why. */
export interface ResolvedSetting {
  readonly key: string
  readonly value: unknown
  readonly level: SettingLevel | 'default'
  readonly target: string | null
  readonly version: number
  readonly configVersion: number
  readonly at: number | null
  readonly by: string | null
  readonly passed: readonly StoredSetting[]
}

/** What the reader may do about one target. */
export interface SettingRights {
  readonly read: boolean
  readonly define: boolean
  readonly leads: readonly string[]
  readonly keys: readonly string[]
}

/** A value to set or, with `unset`, to take back. */
export interface SettingChange {
  readonly key: string
  readonly level: SettingLevel
  readonly target?: string
  readonly value?: unknown
  readonly unset?: boolean
}

/** What a change would mean for somebody. */
export interface SettingEffect {
  readonly person: string
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

/** Effects of a change: the first ones, and how many there are. */
export interface SettingPreview {
  readonly effects: readonly SettingEffect[]
  readonly total: number
  readonly people: number
}

/** A person with the values that count for them. */
export interface PersonSettings {
  readonly person: { readonly id: string; readonly name: string; readonly teamIds: readonly string[] }
  readonly settings: readonly ResolvedSetting[]
}

/** A team of the directory. */
export interface Team {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

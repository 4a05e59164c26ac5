import type { SettingLevel } from './setting.ts'

/** A value that somebody set, where, when, and in which version of the configuration. */
export interface StoredSetting {
  readonly key: string
  readonly level: SettingLevel
  /** Id of the person, role, team or place; empty for the organisation. */
  readonly target: string
  readonly value: unknown
  /** The tenant's revision that brought it. */
  readonly version: number
  readonly at: number
  readonly by: string
}

/** Why a value counts: where it comes from, and what it won against. */
export interface Resolved<V = unknown> {
  readonly key: string
  readonly value: V
  /** `default` is the product's own. */
  readonly level: SettingLevel | 'default'
  /** Id of the person, role, team or place; null for the organisation and the default. */
  readonly target: string | null
  /** Version of the configuration that brought the value; 0 for the default. */
  readonly version: number
  /** Version of the configuration it was resolved in: what a decision stores. */
  readonly configVersion: number
  readonly at: number | null
  readonly by: string | null
  /** Values that would also have applied, in order, and lost: a less specific level, or a laxer value at the same one. */
  readonly passed: readonly StoredSetting[]
}

/** Whom or what a value is asked for. */
export interface SettingSubject {
  readonly person: string | null
  readonly roles: readonly string[]
  /** Teams by distance: the person's own, then those above them, and so on. */
  readonly teams: readonly (readonly string[])[]
  /** Places a record stands in, such as `pool:north`. */
  readonly places: readonly string[]
}

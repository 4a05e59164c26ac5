import type { Words } from '../locale/locale.ts'
import type { ReasonData } from '../reason/reason-data.ts'
import type { MessageText } from '../template/text.ts'
import type { ExtraWorkday, WeeklyHours } from '../time/calendar.ts'
import type { OfficialYear } from '../time/official/official-calendar.ts'

/** Where a value may be set, most specific first. `place` is where a record stands: a pool, a pipeline, a stage, a channel … */
export const settingLevels = ['person', 'role', 'team', 'place', 'organisation'] as const

/** One of {@link settingLevels}. */
export type SettingLevel = (typeof settingLevels)[number]

/** What a setting holds, by type. `percent` is in basis points, `duration` is text with its unit. */
export interface SettingTypes {
  readonly integer: number
  readonly percent: number
  readonly boolean: boolean
  readonly text: string
  readonly choice: string
  readonly choices: readonly string[]
  readonly duration: string
  readonly time: string
  readonly zone: string
  readonly hours: WeeklyHours
  readonly dates: readonly string[]
  readonly workdays: readonly ExtraWorkday[]
  readonly years: readonly OfficialYear[]
  readonly message: MessageText
}

/** Who may set a value besides those who may define settings: the person it is for, or who leads them or the team. */
export interface SettableBy {
  readonly person?: readonly ('self' | 'leader')[]
  readonly team?: readonly 'leader'[]
}

/** One of the types. */
export type SettingType = keyof SettingTypes

/** A setting as its author declares it. */
export interface SettingDefinition<T extends SettingType = SettingType, N extends boolean = boolean> {
  readonly type: T
  readonly label: Words
  readonly help?: Words
  /** The product's own value, where nobody has set another. */
  readonly default: SettingTypes[T] | (N extends true ? null : never)
  /** True: null may be written and means “no limit”. Leaving it out is not the same. */
  readonly nullable?: N
  /** Bounds of integers and percents. */
  readonly minimum?: number
  readonly maximum?: number
  /** Of `choice` and `choices`. */
  readonly options?: readonly { readonly value: string; readonly label: Words }[]
  /** Of `message`: the facts its text may mention, by kind. */
  readonly data?: ReasonData
  /** Levels it may be set at. All unless said. */
  readonly levels?: readonly SettingLevel[]
  /** Who else may set it, by level. Nobody unless said. */
  readonly settableBy?: SettableBy
  /** Heading it stands under on a screen; its plugin's id unless said. */
  readonly group?: Words
  /**
   * Which of two values at one level is the stricter one and wins: the lower or higher number, the shorter or longer duration, true or
   * false, or the option that stands earlier in the list. No limit is never the stricter one. Without it, the value of the target
   * whose id comes first wins.
   */
  readonly stricter?: 'lower' | 'higher' | 'true' | 'false' | readonly string[]
}

/** A setting: its key, and what it holds. Carries its type, so that reading it needs no cast. */
export interface Setting<V = unknown> {
  /** `<plugin>.<name>`, such as `pool.dailyClaims`. */
  readonly key: string
  readonly definition: SettingDefinition
  /** Type only. */
  readonly value?: V
}

/** Declares a setting. Checked when a plugin records it. */
export function defineSetting<T extends SettingType, const N extends boolean = false>(
  key: string,
  definition: SettingDefinition<T, N>,
): Setting<SettingTypes[T] | (N extends true ? null : never)> {
  return Object.freeze({ key, definition: Object.freeze(definition) as unknown as SettingDefinition })
}

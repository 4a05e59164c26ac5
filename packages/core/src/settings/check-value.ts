import { messageValueProblem } from '../template/own-words.ts'
import { datesProblem, extraWorkdaysProblem, weeklyHoursProblem } from '../time/calendar.ts'
import { minutesOf } from '../time/clock-time.ts'
import { parseDuration } from '../time/duration.ts'
import { officialYearsProblem } from '../time/official/official-calendar.ts'
import { isZone } from '../time/zone.ts'
import type { SettingDefinition, SettingType } from './setting.ts'

/** Characters of a text, and entries of a list of choices, at most. */
export const valueLimits = { text: 1_000, choices: 200 } as const

type Problem = (value: unknown, definition: SettingDefinition) => string | null

const problems: Readonly<Record<SettingType, Problem>> = {
  integer: wholeNumber,
  percent: wholeNumber,
  boolean: (value) => (typeof value === 'boolean' ? null : 'true or false is expected'),
  text: (value) =>
    typeof value === 'string' && value.length <= valueLimits.text && !/\p{Cc}/u.test(value) && value.isWellFormed()
      ? null
      : `text of at most ${valueLimits.text} characters is expected`,
  choice: (value, definition) => (optionsOf(definition).includes(value) ? null : `it must be one of ${optionsOf(definition).join(', ')}`),
  choices: (value, definition) =>
    Array.isArray(value) &&
    value.length <= valueLimits.choices &&
    new Set(value).size === value.length &&
    value.every((one) => optionsOf(definition).includes(one))
      ? null
      : `it must be a list of ${optionsOf(definition).join(', ')}`,
  duration: (value) => (isDuration(value) ? null : 'a duration with its unit is expected, such as 30m, 2wh or 7d'),
  time: (value) => (minutesOf(value) === null ? 'a time of day such as 09:30 is expected' : null),
  zone: (value) => (isZone(value) ? null : 'an IANA time zone such as Asia/Shanghai is expected'),
  hours: weeklyHoursProblem,
  dates: datesProblem,
  workdays: extraWorkdaysProblem,
  years: officialYearsProblem,
  message: (value, { data = {} }) => messageValueProblem(value, data),
}

/** What is wrong with a value of a setting, in words; null when nothing is. */
export function valueProblem(definition: SettingDefinition, value: unknown): string | null {
  if (value === null) return definition.nullable ? null : 'it cannot be without a value'
  return problems[definition.type](value, definition)
}

function wholeNumber(value: unknown, { minimum, maximum }: SettingDefinition): string | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'a whole number is expected'
  if (minimum !== undefined && value < minimum) return `it must not be less than ${minimum}`
  if (maximum !== undefined && value > maximum) return `it must not be more than ${maximum}`
  return null
}

function optionsOf({ options = [] }: SettingDefinition): readonly unknown[] {
  return options.map(({ value }) => value)
}

function isDuration(value: unknown): boolean {
  if (typeof value !== 'string') return false
  try {
    parseDuration(value)
    return true
  } catch {
    return false
  }
}

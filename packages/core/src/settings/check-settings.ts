import { valueProblem } from './check-value.ts'
import { type Setting, type SettingType, settingLevels } from './setting.ts'

const keyPattern = /^[a-z][a-z0-9-]*(\.[a-z][A-Za-z0-9]*)+$/
const simpleTypes: readonly SettingType[] = ['integer', 'percent', 'boolean', 'text', 'choice', 'choices', 'duration', 'time']
const types: readonly string[] = [...simpleTypes, 'zone', 'hours', 'dates', 'workdays', 'years', 'message'] satisfies readonly SettingType[]
const directions: Readonly<Partial<Record<SettingType, readonly string[]>>> = {
  integer: ['lower', 'higher'],
  percent: ['lower', 'higher'],
  duration: ['lower', 'higher'],
  boolean: ['true', 'false'],
}

/** Everything wrong with the declaration of a setting, in words. */
export function settingProblems(prefix: string, { key, definition }: Setting): string[] {
  const problems: string[] = []
  const refuse = (reason: string): void => void problems.push(`the setting “${key}” ${reason}`)
  if (!keyPattern.test(key) || !key.startsWith(`${prefix}.`)) refuse(`needs a key such as “${prefix}.dailyLimit”`)
  if (!types.includes(definition.type)) {
    refuse(`has the unknown type “${String(definition.type)}”`)
    return problems
  }
  for (const [what, words] of [['label', definition.label], ...(definition.help ? ([['help', definition.help]] as const) : [])] as const)
    if (!words?.['zh-CN'] || !words.en) refuse(`needs its ${what} in zh-CN and en`)
  if (definition.options?.some(({ label }) => !label?.['zh-CN'] || !label.en)) refuse('needs the label of each option in zh-CN and en')
  const unknown = definition.levels?.find((level) => !settingLevels.includes(level))
  if (unknown !== undefined || definition.levels?.length === 0) refuse(`can be set at ${settingLevels.join(', ')}`)
  if (definition.group && (!definition.group['zh-CN'] || !definition.group.en)) refuse('needs its group in zh-CN and en')
  const setters = settersProblem(definition)
  if (setters) refuse(setters)
  const problem = valueProblem(definition, definition.default)
  if (problem) refuse(`has a default that it could not be set to: ${problem}`)
  const strict = strictProblem(definition)
  if (strict) refuse(strict)
  return problems
}

function strictProblem({ type, stricter, options = [] }: Setting['definition']): string | null {
  if (stricter === undefined) return null
  if (typeof stricter === 'string')
    return directions[type]?.includes(stricter) ? null : `cannot be compared by “${stricter}”, because it is a ${type}`
  const all = options.map(({ value }) => value)
  const complete = type === 'choice' && stricter.length === all.length && all.every((value) => stricter.includes(value))
  return complete ? null : 'must list every option once, the strictest first'
}

function settersProblem({ settableBy, levels = settingLevels }: Setting['definition']): string | null {
  if (settableBy === undefined) return null
  const known: Readonly<Record<string, readonly string[]>> = { person: ['self', 'leader'], team: ['leader'] }
  for (const [level, setters] of Object.entries(settableBy)) {
    if (!known[level] || !levels.some((one) => one === level)) return `cannot be settable at the level “${level}”`
    const stranger = setters.find((setter: string) => !known[level]?.includes(setter))
    if (stranger !== undefined) return `cannot be settable by “${stranger}” at the level “${level}”`
  }
  return null
}

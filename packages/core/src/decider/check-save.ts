import { ruleLimits, sentenceProblems } from './check-rules.ts'
import type { SaveBody, SaveInput, SaveKind, SaveRule } from './save-rule.ts'

/** Bounds of one decider that acts on save. */
export const saveLimits = { rules: 100, actions: 10, fields: 50 } as const

const kinds: ReadonlySet<string> = new Set<SaveKind>(['validation', 'compute', 'score', 'automation'])

/** What is written, with what is usual where nothing is said. */
export function saveBodyOf({ kind, rules, on, fields, mode, order, elevated, into }: SaveInput): SaveBody {
  return {
    kind,
    on: on ?? ['create', 'update'],
    fields: fields ?? null,
    mode: mode ?? (kind === 'validation' || kind === 'score' ? 'collect' : 'first'),
    order: order ?? 100,
    elevated: elevated ?? false,
    into: into ?? null,
    rules: JSON.parse(JSON.stringify(rules ?? [])) as readonly SaveRule[],
  }
}

/** What is wrong as such, before anything is known of fields and actions. In words, empty = nothing. */
export function saveProblems({ kind, on, fields, mode, order, elevated, into, rules }: SaveBody): string[] {
  const problems: string[] = []
  if (!kinds.has(kind)) problems.push(`its kind is one of ${[...kinds].join(', ')}`)
  if (!Array.isArray(on) || on.length === 0 || !on.every((one) => one === 'create' || one === 'update'))
    problems.push('it is for create, update or both')
  if (fields !== null && (!Array.isArray(fields) || fields.length === 0 || fields.length > saveLimits.fields || !fields.every(isText)))
    problems.push(`it names 1 to ${saveLimits.fields} fields, or none`)
  if (mode !== 'first' && mode !== 'collect') problems.push('its mode is first or collect')
  if (!Number.isSafeInteger(order) || Math.abs(order) > 1_000_000) problems.push('its order is no whole number')
  if (typeof elevated !== 'boolean') problems.push('elevated is true or false')
  if ((kind === 'score') !== isText(into)) problems.push('a score, and nothing else, says into which field')
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > saveLimits.rules)
    return [...problems, `it needs 1 to ${saveLimits.rules} rules`]
  for (const rule of rules) problems.push(...ruleProblems(rule))
  if (new Set(rules.map(({ id }) => id)).size < rules.length) problems.push('each rule needs an id of its own')
  if (JSON.stringify(rules).length > ruleLimits.text) problems.push(`its rules are longer than ${ruleLimits.text} characters`)
  return problems
}

function ruleProblems({ id, when, do: calls, because }: SaveRule): string[] {
  const problems: string[] = []
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(id))
    problems.push('needs an id of lower-case letters, digits and hyphens')
  if (!isObject(when)) problems.push('has no condition')
  const isList = Array.isArray(calls) && calls.length > 0 && calls.length <= saveLimits.actions
  if (!isList || !calls.every((call) => isObject(call) && isText(call.action) && isObject(call.params)))
    problems.push(`does 1 to ${saveLimits.actions} things, each an action with its params`)
  if (because !== undefined) problems.push(...(isObject(because) ? sentenceProblems(because) : ['has a sentence that is none']))
  return problems.map((reason) => `the rule “${String(id).slice(0, 60)}” ${reason}`)
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

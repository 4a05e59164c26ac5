import type { BlastLimit, ConditionRule } from './define-decider.ts'

/** Bounds of one decider. */
export const ruleLimits = { rules: 50, fields: 20, facts: 10, sentence: 500, text: 50_000 } as const

const factPattern = /^[a-zA-Z][a-zA-Z0-9]{0,59}$/

/** What is wrong with rules as such, before anything is known of the fields they name. In words, empty = nothing. */
export function rulesProblems(rules: readonly ConditionRule[], blast: BlastLimit): string[] {
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > ruleLimits.rules) return [`it needs 1 to ${ruleLimits.rules} rules`]
  if (!rules.every(isObject)) return ['each rule is an object']
  const problems = rules.flatMap(ruleProblems)
  if (new Set(rules.map(({ id }) => id)).size < rules.length) problems.push('each rule needs an id of its own')
  problems.push(...blastProblems(blast))
  if (JSON.stringify(rules).length > ruleLimits.text) problems.push(`its rules are longer than ${ruleLimits.text} characters`)
  return problems
}

/** What is wrong with limits, in words. */
export function blastProblems({ records, share }: BlastLimit): string[] {
  const problems: string[] = []
  if (records !== undefined && records !== null && !(Number.isSafeInteger(records) && records >= 0))
    problems.push('its limit of records is no whole number')
  if (share !== undefined && share !== null && !(typeof share === 'number' && share >= 0 && share <= 1))
    problems.push('its limit of a share is no number from 0 to 1')
  return problems
}

function ruleProblems({ id, when, set, because }: ConditionRule): string[] {
  const problems: string[] = []
  const refuse = (reason: string): number => problems.push(`the rule “${String(id).slice(0, 60)}” ${reason}`)
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)) refuse('needs an id of lower-case letters, digits and hyphens')
  if (!isObject(when)) refuse('has no condition')
  const fields = isObject(set) ? Object.keys(set).length : 0
  if (fields === 0 || fields > ruleLimits.fields) refuse(`sets 1 to ${ruleLimits.fields} fields`)
  if (isObject(because)) for (const problem of sentenceProblems(because)) refuse(problem)
  else refuse('has no sentence that says why')
  return problems
}

/** What is wrong with a sentence and its values, in words. */
export function sentenceProblems({ values = {}, ...words }: ConditionRule['because']): string[] {
  const names = Object.keys(values)
  const problems = names.filter((name) => !factPattern.test(name)).map((name) => `calls a value “${name}”, which is no name`)
  if (names.length > ruleLimits.facts) problems.push(`names more than ${ruleLimits.facts} values`)
  for (const locale of ['zh-CN', 'en'] as const) {
    const text = words[locale]
    if (typeof text !== 'string' || text.trim() === '' || text.length > ruleLimits.sentence) problems.push(`has no sentence in ${locale}`)
    else
      for (const [, name = ''] of text.matchAll(/\{(\w+)\}/g))
        if (!names.includes(name)) problems.push(`has a place {${name}} in ${locale} without a value`)
  }
  return problems
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

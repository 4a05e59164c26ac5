import type { SaveBody } from '../decider/save-rule.ts'

/** What the rules of one save may cost: steps of expressions for each record, rounds of rules that set each other off, milliseconds. */
export const budget = { steps: 50_000, rounds: 8, milliseconds: 5_000 } as const

/** A rough size of what is not compiled: parts of its text. */
export const costOf = ({ rules }: SaveBody): number => rules.reduce((sum, { when }) => sum + Math.ceil(JSON.stringify(when).length / 10), 0)

/** What the rules of one save may cost: steps of expressions for each record, rounds of rules that set each other off, milliseconds. */
export const budget = { steps: 20_000, rounds: 8, milliseconds: 5_000 } as const

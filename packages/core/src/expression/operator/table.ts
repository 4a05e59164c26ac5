import { arithmetic } from './arithmetic.ts'
import { choices } from './choose.ts'
import { comparisons } from './compare.ts'
import { logic } from './logic.ts'
import type { Operator } from './operator.ts'
import { texts } from './text.ts'

/** Every operator of a checked tree. What can be written is checked into these, and only these have SQL. */
export const operatorTable = { ...logic, ...comparisons, ...texts, ...arithmetic, ...choices }

/** Names of the core's own operators. */
export type OperatorName = keyof typeof operatorTable

/** The core's operators by name, for tools that list them. */
export const coreOperators: readonly Operator[] = Object.values(operatorTable)

import { compileExpression, ExpressionError, problemInWords } from '@guanxi/core/expression'
import type { CrmFilter } from './filter.ts'
import type { Source } from './model/fields.ts'
import type { Written } from './model/write.ts'

/** What is wrong with a part. */
export interface CheckProblem {
  readonly part: number | null
  readonly message: string
}

/** What the checker says of the condition, at the part concerned. */
export class Checks {
  problem: CheckProblem | null = null
  /** How many conditions are not finished. */
  unfinished = 0
  /** Can the records it holds for be counted? Not where it asks what a write changes. */
  isCountable = true
  readonly #host: CrmFilter
  #open: ReadonlySet<number> = new Set()

  constructor(host: CrmFilter) {
    this.#host = host
  }

  run(source: Source, { logic, pointers, unfinished }: Written): void {
    this.#open = new Set(unfinished)
    this.unfinished = unfinished.length
    this.problem = null
    try {
      compileExpression(logic, { ...source, expect: 'condition' })
      this.isCountable = isCountable(source, logic)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      this.problem = { part: partAt(pointers, error.path), message: problemInWords(error, this.#host.language) }
    }
  }

  isUnfinished(part: number): boolean {
    return this.#open.has(part)
  }

  messageFor(part: number): string | null {
    return this.problem?.part === part ? this.problem.message : null
  }
}

function isCountable({ mode, ...source }: Source, logic: unknown): boolean {
  if (!mode) return true
  try {
    compileExpression(logic, { ...source, expect: 'condition' })
    return true
  } catch {
    return false
  }
}

/** The innermost part that a pointer leads into. */
function partAt(pointers: ReadonlyMap<number, string>, path: string): number | null {
  let best: { readonly part: number; readonly length: number } | null = null
  for (const [part, pointer] of pointers) {
    const isWithin = path === pointer || path.startsWith(`${pointer}/`)
    if (isWithin && pointer.length >= (best?.length ?? 0)) best = { part, length: pointer.length }
  }
  return best?.part ?? null
}

import type { RuleFired } from '../decider/save-rule.ts'
import type { CompiledSave, CompiledSaveRule } from './compile-save.ts'

/** A rule that acts on a save, with the values of its sentence. */
export interface Acting {
  readonly decider: CompiledSave
  readonly rule: CompiledSaveRule
  readonly facts: Readonly<Record<string, unknown>>
}

/** What rules decided about one record of a write, and what is still to be done once it is written. */
export interface RuleOutcome {
  /** As the change keeps it. */
  readonly fired: readonly RuleFired[]
  /** Actions to be carried out after the write. */
  readonly after: readonly Acting[]
  /** What rules in shadow would have done. */
  readonly shadow: readonly ShadowActing[]
}

/** A rule in shadow, with the fields it would have set: field → [as it is saved, as it would have been]. */
export interface ShadowActing extends Acting {
  readonly values: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly refused: boolean
}

/** As the change keeps it. */
export function firedOf({ decider, rule, facts }: Acting): RuleFired {
  const { id, version, body } = decider
  return { decider: id, version, rule: rule.id, facts, ...(body.elevated && { elevated: true as const }) }
}

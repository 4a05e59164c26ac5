import { callNode } from '../expression/check/call-node.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { ExpressionContext, RecordLike } from '../expression/context.ts'
import { factsOf } from '../expression/facts.ts'
import type { Node } from '../expression/node.ts'
import { operatorTable } from '../expression/operator/table.ts'
import { createRuleIndex, type RuleIndex } from '../expression/rule-index.ts'
import { bool } from '../expression/type.ts'
import type { CompiledSave } from './compile-save.ts'

/** Deciders that look at the same save, filed by what their conditions ask for, so that most of them are never looked at. */
export class RuleGroup {
  readonly deciders: readonly CompiledSave[]
  /** Do conditions ask for the time, who saves, or the record as it was? */
  readonly usesContext: boolean
  readonly #always: readonly CompiledSave[]
  #full: Filed | null = null
  #known: Filed | null = null

  constructor(deciders: readonly CompiledSave[]) {
    this.deciders = deciders
    this.usesContext = deciders.some(({ rules }) => rules.some(({ when }) => when.usesContext))
    // A score has a value where none of its rules holds, too.
    this.#always = deciders.filter(({ body }) => body.kind === 'score')
  }

  /** Those with a rule that holds for a whole record, in no order. */
  matching(record: RecordLike, context: ExpressionContext): Set<CompiledSave> {
    this.#full ??= new Filed(this.deciders, (node) => node)
    return this.#full.find(record, context, this.#always)
  }

  /** Those that cannot be ruled out by the fields that are known. */
  possible(record: RecordLike, context: ExpressionContext, known: ReadonlySet<string>): Set<CompiledSave> {
    this.#known ??= new Filed(this.deciders, (node) => knownPart(node, known))
    return this.#known.find(record, context, this.#always)
  }
}

/** The conditions of deciders in an index, each with its owner. */
class Filed {
  readonly #owners: readonly CompiledSave[]
  readonly #index: RuleIndex

  constructor(deciders: readonly CompiledSave[], part: (node: Node) => Node) {
    const rules = deciders.flatMap((decider) => decider.rules.map((rule) => ({ decider, rule })))
    this.#owners = rules.map(({ decider }) => decider)
    this.#index = createRuleIndex(rules.map(({ rule: { when } }): CompiledExpression => ({ ...when, node: part(when.node) })))
  }

  find(record: RecordLike, context: ExpressionContext, always: readonly CompiledSave[]): Set<CompiledSave> {
    const found = new Set(always)
    for (const position of this.#index.match(record, context)) found.add(this.#owners[position] as CompiledSave)
    return found
  }
}

/** What of a condition can be told from some fields: the parts that look at nothing else. */
function knownPart(node: Node, known: ReadonlySet<string>): Node {
  const parts = partsOf(node).filter((part) => !asksBefore(part) && factsOf(part).fieldsTouched.every((name) => known.has(name)))
  return callNode(operatorTable.and, parts, bool, node.path, undefined, false)
}

const partsOf = (node: Node): readonly Node[] => (node.is === 'call' && node.op.name === 'and' ? node.of.flatMap(partsOf) : [node])

/** Does it look at the record as it was? */
export function asksBefore(node: Node): boolean {
  if (node.is === 'field') return node.previous === true
  if (node.is === 'call') return node.of.some(asksBefore)
  return node.is === 'each' && [node.where, node.value].some((part) => part !== null && asksBefore(part))
}

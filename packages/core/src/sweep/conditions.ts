import type { ExpressionContext } from '../expression/context.ts'
import { lowerCondition, lowerValue } from '../expression/lower/lower-term.ts'
import { type Places, placesOf } from '../expression/lower/places.ts'
import type { Node } from '../expression/node.ts'
import { allOf, Params } from '../expression/shape.ts'
import { contextOf } from '../read/where.ts'
import type { Scope } from '../scope/scope.ts'
import type { SweepPlan, SweepRule } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import type { Term } from '../store/term.ts'
import type { CompiledDecider, CompiledRule } from './compile-decider.ts'
import type { CompiledSet } from './compile-set.ts'
import { undecided } from './possible.ts'

/** What the rules of a call know besides the record: the instant they are judged at, and nobody in particular. */
export function contextAt(scope: Scope, at: number): ExpressionContext {
  return { ...contextOf(scope), now: at }
}

const any = (of: readonly Predicate[]): Predicate => (of.length === 1 && of[0] ? of[0] : { op: 'or', of })

/** The conditions of a decider as the store's predicates, with the parameters of the one statement they are for. */
export class Conditions {
  readonly params: Params
  readonly #decider: CompiledDecider
  readonly #context: ExpressionContext
  readonly #places: Places

  constructor(scope: Scope, decider: CompiledDecider, at: number) {
    this.params = new Params(scope.actor.tenant)
    this.#decider = decider
    this.#context = contextAt(scope, at)
    this.#places = placesOf(
      (object) => decider.tenant.runtime(object).definition,
      () => undefined,
    )
  }

  /** Records the decider looks at: live ones, in a pilot its part of them. */
  considered(): Predicate {
    const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
    const { part } = this.#decider
    return allOf([live, part ? this.#lower(part.node) : undefined]) ?? live
  }

  /** Records that would change; `rule` only by that one. */
  due(rule?: CompiledRule): Predicate {
    const { rules } = this.#decider
    const parts = rules.filter((one) => rule === undefined || one === rule).map((one) => this.#decided(one))
    return allOf([this.considered(), any(parts)]) ?? this.considered()
  }

  /** The rule is the first that holds, and something differs. */
  #decided(rule: CompiledRule): Predicate {
    const { rules } = this.#decider
    const earlier = rules.slice(0, rules.indexOf(rule)).map(({ when }) => this.#lower(when.node))
    const differs = any(rule.sets.map((set) => this.#lower(set.differs.node)))
    const none: Predicate | undefined = earlier.length > 0 ? { op: 'not', of: any(earlier) } : undefined
    return allOf([this.#lower(rule.when.node), none, differs]) ?? differs
  }

  /** Records no rule holds for, though one could if empty fields were filled. */
  unknown(): Predicate {
    const { rules } = this.#decider
    const holds = any(rules.map(({ when }) => this.#lower(when.node)))
    const could = any(rules.map(({ when }) => this.#lower(undecided(when.node))))
    return allOf([this.considered(), { op: 'not', of: holds }, could]) ?? could
  }

  /** Everything at once: which rows, by which rule, to what. */
  sweep(): SweepPlan {
    const { rules, fields, runtime } = this.#decider
    const columns = fields.map((field) => columnOf(field))
    return { table: runtime.definition.table, where: this.due(), rules: rules.map((rule) => this.#sweepRule(rule)), columns }
  }

  #sweepRule(rule: CompiledRule): SweepRule {
    return {
      when: this.#lower(rule.when.node),
      set: this.#decider.fields.map((field) => {
        const set = rule.sets.find((one) => one.field === field)
        return set ? this.#value(set) : null
      }),
      facts: rule.facts.map(({ name, expression }) => ({ name, term: this.#term(expression.node) })),
    }
  }

  #value({ constant, expression, field }: CompiledSet): Term {
    if (expression) return this.#term(expression.node)
    const type = 'columns' in field.storage ? field.storage.columns[0]?.type : undefined
    return { op: 'param', param: this.params.add(constant?.stored ?? null), type: type ?? 'text', nullable: true }
  }

  /** A condition stands as a value where a yes or no is wanted. */
  #term(node: Node): Term {
    const isTest = node.type.is === 'bool' && node.is !== 'field'
    return isTest ? { op: 'holds', predicate: this.#lower(node) } : lowerValue(node, this.#places, this.params, this.#context)
  }

  #lower(node: Node): Predicate {
    return lowerCondition(node, this.#places, this.params, this.#context)
  }
}

function columnOf({ storage, name }: CompiledSet['field']): string {
  const column = 'columns' in storage ? storage.columns[0]?.name : undefined
  if (column === undefined) throw new TypeError(`${name} is no column.`)
  return column
}

import type { ExpressionContext } from '../expression/context.ts'
import { lowerCondition, lowerValue } from '../expression/lower/lower-term.ts'
import { type Places, placesOf } from '../expression/lower/places.ts'
import type { Node } from '../expression/node.ts'
import { allOf, Params } from '../expression/shape.ts'
import { contextOf } from '../read/context.ts'
import type { Scope } from '../scope/scope.ts'
import type { SweepPlan, SweepRule } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import type { Term } from '../store/term.ts'
import { definitionsOf } from '../tenant/definitions-of.ts'
import type { Tenant } from '../tenant/tenants.ts'
import type { CompiledDecider, CompiledRule } from './compile-decider.ts'
import type { CompiledSet } from './compile-set.ts'
import { possible } from './possible.ts'

/** What the rules of a call know besides the record: the instant they are judged at, and nobody in particular. */
export function contextAt(scope: Scope, tenant: Tenant, at: number): ExpressionContext {
  return { ...contextOf(scope, tenant), now: at }
}

const never: Predicate = { op: 'or', of: [] }

/** What belongs to the first condition that holds; each is looked at once. */
function firstOf(holds: readonly Predicate[], then: readonly Predicate[]): Predicate {
  const of = holds.flatMap((predicate, index): Term[] => [
    { op: 'holds', predicate },
    { op: 'holds', predicate: then[index] ?? never },
  ])
  const chosen: Term = {
    op: 'call',
    name: 'choose',
    of: [...of, { op: 'holds', predicate: never }],
    type: 'boolean',
    nullable: false,
    strict: false,
  }
  return { op: 'term', term: { op: 'call', name: 'isTrue', of: [chosen], type: 'boolean', nullable: false, strict: true } }
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
    this.#context = contextAt(scope, decider.tenant, at)
    this.#places = placesOf(definitionsOf(decider.tenant), () => undefined)
  }

  /** Records the decider looks at: live ones, in a pilot its part of them. */
  considered(): Predicate {
    const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }
    const { part } = this.#decider
    return allOf([live, part ? this.#lower(part.node) : undefined]) ?? live
  }

  /** Records that would change. */
  due(): Predicate {
    return allOf([this.considered(), this.changing()]) ?? this.considered()
  }

  /** The first rule that holds would change something; `rule` where that one is it. */
  changing(rule?: CompiledRule): Predicate {
    const { rules } = this.#decider
    const holds = rules.map(({ when }) => this.#lower(when.node))
    const changes = rules.map((one) =>
      rule === undefined || one === rule ? any(one.sets.map((set) => this.#lower(set.differs.node))) : never,
    )
    const [only, ...others] = holds
    if (only && others.length === 0) return allOf([only, ...changes]) ?? only
    // The first part lets an index answer, the second decides.
    return { op: 'and', of: [any(holds), firstOf(holds, changes)] }
  }

  /** No rule holds, though one could if empty fields were filled. */
  unknown(): Predicate {
    const { rules } = this.#decider
    const could = any(rules.map(({ when }) => this.#lower(possible(when.node))))
    const holds = any(rules.map(({ when }) => this.#lower(when.node)))
    return { op: 'and', of: [could, { op: 'not', of: holds }] }
  }

  /** Everything at once: which rows, by which rule, to what. With `page` only the first of them by id. */
  sweep(page?: { readonly after: string; readonly limit: number }): SweepPlan {
    const { rules, fields, runtime } = this.#decider
    const columns = fields.map((field) => columnOf(field))
    const plan: SweepPlan = {
      table: runtime.definition.table,
      where: this.due(),
      rules: rules.map((rule) => this.#sweepRule(rule)),
      columns,
    }
    return page ? { ...plan, page: { after: this.params.add(page.after), limit: this.params.add(page.limit) } } : plan
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

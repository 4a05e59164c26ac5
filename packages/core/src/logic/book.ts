import { CrmError } from '../error/crm-error.ts'
import type { Form } from '../expression/check/checker.ts'
import type { LiteralForm } from '../expression/check/literal.ts'
import { checkExpression } from '../expression/compile-expression.ts'
import type { Computation } from '../expression/computation.ts'
import { factsOf } from '../expression/facts.ts'
import { contextIn, fieldsIn } from '../expression/fields-in.ts'
import { inKind } from '../expression/in-kind.ts'
import type { Node } from '../expression/node.ts'
import { currencyNode, inOwnCurrency, isCurrencyCode } from '../expression/own-currency.ts'
import { type ExpressionSchema, schemaOf } from '../expression/schema.ts'
import type { FieldDefinition, FormulaDefinition, ObjectDefinition } from '../object/definition.ts'
import { ObjectLogic } from './object-logic.ts'
import { inDefinition, refused } from './refusal.ts'

/** What the expressions of definitions are checked against. */
export interface LogicSources {
  readonly definition: (object: string) => ObjectDefinition | undefined
  readonly forms: ReadonlyMap<string, Form>
  readonly literal: LiteralForm
  /** A part that no longer fits, because code it used is gone, is left out instead of stopping everything. */
  readonly tolerant?: boolean
}

/** Everything that a tenant's definitions say in expressions; each is checked when it is first asked for. */
export class LogicBook {
  readonly sources: LogicSources
  readonly #computations = new Map<string, Computation>()
  readonly #logic = new Map<string, ObjectLogic>()
  /** Formulas being checked, each because the one before uses it. */
  readonly #chain: string[] = []

  constructor(sources: LogicSources) {
    this.sources = sources
  }

  /** The logic of an object; throws DEFINITION_INVALID. */
  of(definition: ObjectDefinition): ObjectLogic {
    const known = this.#logic.get(definition.name)
    if (known) return known
    const made = new ObjectLogic(definition, this)
    this.#logic.set(definition.name, made)
    return made
  }

  /** A part of the logic, or null where it no longer fits and may be left out. */
  attempt<T>(make: () => T): T | null {
    if (!this.sources.tolerant) return make()
    try {
      return make()
    } catch (error) {
      if (error instanceof CrmError && error.code === 'DEFINITION_INVALID') return null
      throw error
    }
  }

  /** The schema of an object with all that it leads to, whoever asks. */
  schema(object: ObjectDefinition): ExpressionSchema {
    return schemaOf(object, this.sources.definition, this.computation)
  }

  /** A formula as checked. Throws DEFINITION_INVALID, also where it needs itself. */
  readonly computation = (object: string, name: string): Computation => {
    const key = `${object}.${name}`
    const known = this.#computations.get(key)
    if (known) return known
    const start = this.#chain.indexOf(key)
    if (start >= 0)
      throw refused(object, `formulas need each other: ${[...this.#chain.slice(start), key].join(' → ')}; take one of them out`)
    this.#chain.push(key)
    try {
      const made = this.#check(object, name)
      this.#computations.set(key, made)
      return made
    } finally {
      this.#chain.pop()
    }
  }

  /** Checks any expression of a definition. */
  check(definition: ObjectDefinition, logic: unknown, mode: 'both' | 'memory', schema = this.schema(definition)): Node {
    const { forms, literal } = this.sources
    return checkExpression(logic, { schema, forms, literal, mode })
  }

  #check(object: string, name: string): Computation {
    const definition = this.sources.definition(object)
    const field = definition?.field.get(name)
    if (!definition || !field?.formula) throw refused(object, `"${name}" is no formula`)
    const { formula } = field
    return inDefinition(object, `the formula of "${name}"`, () => {
      const { currency } = formula
      const checked = this.check(definition, formula.logic, 'both', this.#schemaFor(definition, field, formula))
      this.#followFormulas(checked)
      const node = inKind(checked, field, currency)
      this.#requireMode(object, field, formula, node)
      return { node, currency: currency === null ? null : currencyNode(this.schema(definition), currency) }
    })
  }

  /** The amount a formula's own amount goes by counts in its own currency. */
  #schemaFor(definition: ObjectDefinition, { name }: FieldDefinition, { currency }: FormulaDefinition): ExpressionSchema {
    if (currency !== null && !isCurrencyCode(currency) && definition.field.get(currency)?.kind !== 'money') {
      throw refused(definition.name, `the currency of "${name}" is a code such as CNY, or a money field of the object, not "${currency}"`)
    }
    return inOwnCurrency(this.schema(definition), currency)
  }

  /** Checks the formulas that a formula uses, and so finds those that need themselves. */
  #followFormulas(node: Node): void {
    for (const field of fieldsIn(node)) {
      if (this.sources.definition(field.object)?.field.get(field.name)?.formula) this.computation(field.object, field.name)
    }
  }

  #requireMode(object: string, { name }: FieldDefinition, { mode }: FormulaDefinition, node: Node): void {
    const asks = contextIn(node).filter((what) => what.startsWith('actor') || what === 'tenant')
    if (asks.length > 0)
      throw refused(object, `the formula of "${name}" asks who reads ("$.${asks[0]}"); a value is the same for everybody`)
    const { relationsNeeded, usesContext } = factsOf(node)
    if (mode === 'read') return
    const [related] = relationsNeeded
    if (related) throw refused(object, `the formula of "${name}" looks at "${related.path}", which changes without it; give it mode "read"`)
    if (usesContext) throw refused(object, `the formula of "${name}" uses the time, which passes without it; give it mode "read"`)
  }
}

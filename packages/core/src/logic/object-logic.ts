import { computedValue } from '../expression/compile-field.ts'
import type { Computation } from '../expression/computation.ts'
import type { ExpressionContext, RecordLike } from '../expression/context.ts'
import { type ExpressionFacts, factsOf } from '../expression/facts.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import type { LogicBook } from './book.ts'
import { type ComputedDefault, computedDefaults } from './defaults.ts'
import { type FieldRules, fieldRules, type RecordRule, recordRules } from './rules.ts'

/** A field that is computed, ready to run. */
export interface ComputedField {
  readonly field: FieldDefinition
  readonly computation: Computation
  readonly facts: ExpressionFacts
  /** The value in the form of the API. */
  readonly evaluate: (record: RecordLike, context: ExpressionContext) => unknown
}

/** A formula that writes keep. */
export interface StoredFormula extends ComputedField {
  /** Fields of the record that it depends on, those of the formulas it uses included. */
  readonly needs: ReadonlySet<string>
}

/** What the definition of an object says in expressions. */
export class ObjectLogic {
  readonly definition: ObjectDefinition
  /** In an order in which each finds what it uses. */
  readonly stored: readonly StoredFormula[]
  readonly read: readonly ComputedField[]
  readonly defaults: readonly ComputedDefault[]
  readonly fields: readonly FieldRules[]
  readonly rules: readonly RecordRule[]

  constructor(definition: ObjectDefinition, book: LogicBook) {
    const computed = definition.fields
      .filter(({ formula }) => formula !== null)
      .flatMap((field) => book.attempt(() => computedField(definition, field, book)) ?? [])
    this.definition = definition
    this.read = computed.filter(({ field }) => field.formula?.mode === 'read')
    this.stored = inOrder(computed.filter(({ field }) => field.formula?.mode === 'stored'))
    const leaves = (names: readonly string[]): ReadonlySet<string> => leavesOf(names, this.stored)
    this.defaults = computedDefaults(definition, book)
    this.fields = fieldRules(definition, book, leaves)
    this.rules = recordRules(definition, book, leaves)
  }
}

function computedField(definition: ObjectDefinition, field: FieldDefinition, book: LogicBook): ComputedField {
  const computation = book.computation(definition.name, field.name)
  return { field, computation, facts: factsOf(computation.node), evaluate: computedValue(computation) }
}

/** Formulas after those they use, with all the fields they come from. The book has refused circles. */
function inOrder(formulas: readonly ComputedField[]): readonly StoredFormula[] {
  const byName = new Map(formulas.map((formula) => [formula.field.name, formula]))
  const made = new Map<string, StoredFormula>()
  const add = (formula: ComputedField): StoredFormula => {
    const known = made.get(formula.field.name)
    if (known) return known
    const touched = touchedBy(formula)
    const used = touched.flatMap((name) => byName.get(name) ?? []).map(add)
    const needs = new Set([...touched.filter((name) => !byName.has(name)), ...used.flatMap((one) => [...one.needs])])
    const stored = { ...formula, needs }
    made.set(formula.field.name, stored)
    return stored
  }
  for (const formula of formulas) add(formula)
  return [...made.values()]
}

/** Fields computed on read stand for those they come from, which are among the touched ones too. */
function touchedBy({ facts, computation }: ComputedField): string[] {
  const currency = computation.currency ? factsOf(computation.currency).fieldsTouched : []
  return [...new Set([...facts.fieldsTouched, ...currency])]
}

/** The fields that people and code write, behind those named. */
function leavesOf(names: readonly string[], stored: readonly StoredFormula[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => [...(stored.find(({ field }) => field.name === name)?.needs ?? [name])]))
}

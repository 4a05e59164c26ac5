import { compileNode } from '../expression/closure/compile.ts'
import { toApi } from '../expression/compile-expression.ts'
import type { ExpressionContext, RecordLike } from '../expression/context.ts'
import { factsOf } from '../expression/facts.ts'
import { inKind } from '../expression/in-kind.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import type { LogicBook } from './book.ts'
import { inDefinition, refused } from './refusal.ts'

/** A default that a new record's other fields decide. */
export interface ComputedDefault {
  readonly field: FieldDefinition
  readonly touches: readonly string[]
  /** In the form of the API. */
  readonly evaluate: (record: RecordLike, context: ExpressionContext) => unknown
}

/** The computed defaults of an object, each after those it uses. */
export function computedDefaults(definition: ObjectDefinition, book: LogicBook): readonly ComputedDefault[] {
  const made = definition.fields
    .filter(({ defaultLogic }) => defaultLogic !== null)
    .flatMap((field) => book.attempt(() => computedDefault(definition, field, book)) ?? [])
  const byName = new Map(made.map((one) => [one.field.name, one]))
  const ordered = new Set<ComputedDefault>()
  const add = (one: ComputedDefault, chain: readonly string[]): void => {
    const { name } = one.field
    if (chain.includes(name)) {
      const circle = [...chain.slice(chain.indexOf(name)), name].join(' → ')
      throw refused(definition.name, `defaults need each other: ${circle}; take one of them out`)
    }
    if (ordered.has(one)) return
    for (const used of one.touches.flatMap((touched) => byName.get(touched) ?? [])) add(used, [...chain, name])
    ordered.add(one)
  }
  for (const one of made) add(one, [])
  return [...ordered]
}

function computedDefault(definition: ObjectDefinition, field: FieldDefinition, book: LogicBook): ComputedDefault {
  const what = `the default of "${field.name}"`
  return inDefinition(definition.name, what, () => {
    const node = inKind(book.check(definition, field.defaultLogic, 'memory'), field, null)
    const { fieldsTouched, relationsNeeded } = factsOf(node)
    const [related] = relationsNeeded
    if (related) throw refused(definition.name, `${what} looks at "${related.path}"; a default uses the record's own fields only`)
    const value = compileNode(node)
    return { field, touches: fieldsTouched, evaluate: (record, context) => toApi(value(record, context), node.type) }
  })
}

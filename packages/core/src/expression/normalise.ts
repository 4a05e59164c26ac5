import { coreForms } from './form/table.ts'
import { foreignNames, importJsonLogic } from './import-json-logic.ts'
import { type ObjectLike, schemaOf } from './schema.ts'
import { lowerShorthand } from './shorthand/lower-shorthand.ts'

/**
 * An expression from any form a condition may be written in: the short form, an expression, JsonLogic as visual builders export it, or a
 * mixture; nothing at all is the condition that always holds. It is not checked yet. Throws ExpressionError where the short form names a
 * field that is not there.
 */
export function normaliseExpression(
  given: unknown,
  source: {
    readonly object: ObjectLike
    readonly objects?: (name: string) => ObjectLike | undefined
    /** What can be written, where it is more than the core's operators. */
    readonly forms?: ReadonlyMap<string, unknown>
  },
): unknown {
  if (given === null || given === undefined || given === false) return { and: [] }
  const { forms = coreForms } = source
  const isOperator = (name: string): boolean => forms.has(name) || foreignNames.has(name)
  const { logic } = lowerShorthand(given, schemaOf(source.object, source.objects), isOperator)
  return importJsonLogic(logic, source)
}

import { type KindContext, KindRefusal } from '../../kind/kind.ts'
import { kindOf } from '../../kind/registry.ts'
import type { ObjectDefinition } from '../../object/definition.ts'
import type { LiteralForm } from '../check/literal.ts'

/** Literals in the one form of a field's values, by its kind: E.164 for phones, lower case for e-mail addresses, NFC for texts. */
export function literalForm(definition: (object: string) => ObjectDefinition, context: KindContext): LiteralForm {
  return ({ object, name }, value, use) => {
    const field = definition(object).field.get(name)
    if (!field) return undefined
    try {
      return kindOf(field.kind).operand(value, field, context, use === 'whole' ? 'eq' : use === 'startsWith' ? 'startsWith' : 'contains')
    } catch (error) {
      if (error instanceof KindRefusal) return undefined
      throw error
    }
  }
}

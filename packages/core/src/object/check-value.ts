import { type CrmError, crmError } from '../error/crm-error.ts'
import { type KindContext, KindRefusal } from '../kind/kind.ts'
import { kindOf } from '../kind/registry.ts'
import { ajvValidator } from '../schema/ajv-validator.ts'
import { faultIssue } from '../schema/fault-issue.ts'
import type { FieldDefinition } from './definition.ts'

/** One value of one field: its one spelling, or why it cannot be taken. For single values; records go through a compiled plan. */
export function checkValue(
  field: FieldDefinition,
  value: unknown,
  context: KindContext,
): { readonly value: unknown } | { readonly issue: CrmError } {
  const kind = kindOf(field.kind)
  const [fault] = ajvValidator(kind.schema(field)).check(value)
  if (fault) return { issue: faultIssue(fault, field, `/${field.name}`) }
  try {
    return { value: kind.normalise ? kind.normalise(value, field, context) : value }
  } catch (error) {
    if (error instanceof KindRefusal) return { issue: crmError(error.code, error.params, { path: `/${field.name}` }) }
    throw error
  }
}

import type { FieldView } from '../client/types.ts'
import { isPercent } from '../format/option.ts'

/** Is a sum of this column worth showing? Of shares it is not. */
export function isSummed(field: FieldView): boolean {
  return field.summable === true && field.layer !== 'system' && !isPercent(field)
}

import type { Form } from '../check/checker.ts'
import { compareForms } from './compare.ts'
import { fieldForms } from './field.ts'
import { logicForms } from './logic.ts'
import { rowForms } from './rows.ts'
import { timeForms } from './time.ts'
import { valueForms } from './value.ts'

/** Everything that can be written. A Map: names such as `constructor` are looked up as what they are, unknown. */
export const coreForms: ReadonlyMap<string, Form> = new Map(
  [logicForms, compareForms, fieldForms, valueForms, timeForms, rowForms].flatMap((forms) => Object.entries(forms)),
)

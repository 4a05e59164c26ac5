import type { FieldView, ObjectView } from '../../client/types.ts'
import type { Draft } from '../draft.ts'
import { paramsOf } from './action-schema.ts'
import { type Actions, targetOf } from './draft-save.ts'

/** Whoever and whatever the actions of a rule name, so that they can be shown by name. */
export function valuesIn(
  { object, rules }: Draft,
  actions: Actions,
  objects: ReadonlyMap<string, ObjectView>,
): { readonly people: readonly string[]; readonly pairs: readonly (readonly [FieldView, unknown])[] } {
  const people: string[] = []
  const pairs: (readonly [FieldView, unknown])[] = []
  const own = objects.get(object)
  for (const action of rules.flatMap((rule) => rule.actions)) {
    const spec = actions.get(action.action)
    for (const { name, control, of } of spec ? paramsOf(spec) : []) {
      const value = action.params[name]
      if (control === 'person' && typeof value === 'string') people.push(value)
      const target = control === 'fields' ? targetOf(of, action, own, objects) : undefined
      for (const set of action.rows[name] ?? []) {
        const field = target?.fields.find((one) => one.name === set.field)
        if (field && set.how === 'value') pairs.push([field, set.value])
      }
    }
  }
  return { people, pairs }
}

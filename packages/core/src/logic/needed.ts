import type { ObjectLogic } from './object-logic.ts'
import type { FieldRules } from './rules.ts'

type Names = ReadonlySet<string>

/** Are all of the names among the others? */
export function isWithin(names: Names, others: Names): boolean {
  for (const name of names) if (!others.has(name)) return false
  return true
}

/** Is one of the names among the others? */
export function meets(names: Names, others: Names): boolean {
  for (const name of names) if (others.has(name)) return true
  return false
}

/** Which of the object's expressions make an update need the record as it was, in words. */
export function neededByLogic(logic: ObjectLogic | null, sent: readonly string[], privileged: boolean): readonly string[] {
  if (!logic) return []
  const names = new Set(sent)
  const asks = (needs: ReadonlySet<string>): boolean => meets(needs, names) && !isWithin(needs, names)
  return [
    ...logic.stored
      .filter(({ needs }) => asks(needs))
      .map(({ field, needs }) => `the formula of ${field.name} needs ${rest(names, needs)}`),
    ...logic.fields
      .filter((rules) => (rules.readOnly && !privileged && names.has(rules.field.name)) || asks(neededBy(rules)))
      .map(({ field }) => `the conditions of ${field.name} need the record`),
    ...logic.rules.filter(({ needs }) => asks(needs)).map(({ id, needs }) => `the validation ${id} needs ${rest(names, needs)}`),
  ]
}

const rest = (names: ReadonlySet<string>, needs: ReadonlySet<string>): string => [...needs].filter((name) => !names.has(name)).join(', ')

const nothing: ReadonlySet<string> = new Set()

/** What must be known to say whether a field must be filled in or emptied. */
export function neededBy({ field, required, hidden, clear }: FieldRules): ReadonlySet<string> {
  if (!required && !clear) return nothing
  return new Set([field.name, ...(required?.needs ?? []), ...(hidden?.needs ?? [])])
}

/** The same for the plan: what can make an update need the record, by whatever is sent. */
export function neededAtMost(logic: ObjectLogic): readonly string[] {
  const several = (needs: Names): boolean => needs.size > 1
  const names = (needs: Names): string => [...needs].join(', ')
  return [
    ...logic.stored
      .filter(({ needs }) => several(needs))
      .map(({ field, needs }) => `the formula of ${field.name} needs all of ${names(needs)}`),
    ...logic.fields
      .filter((rules) => rules.readOnly || neededBy(rules).size > 1)
      .map(({ field }) => `the conditions of ${field.name} need the record`),
    ...logic.rules.filter(({ needs }) => several(needs)).map(({ id, needs }) => `the validation ${id} needs all of ${names(needs)}`),
  ]
}

/** What of the object's expressions has to be looked at when these fields change, in words: a statement alone does not. */
export function concernedLogic(logic: ObjectLogic | null, fields: readonly string[]): readonly string[] {
  if (!logic) return []
  const names = new Set(fields)
  return [
    ...logic.stored.filter(({ needs }) => meets(needs, names)).map(({ field }) => `${field.name} is computed from what is set`),
    ...logic.fields.filter((rules) => meets(neededBy(rules), names)).map(({ field }) => `${field.name} has conditions`),
    ...logic.rules.filter(({ needs }) => meets(needs, names)).map(({ id }) => `validation ${id} must hold`),
  ]
}

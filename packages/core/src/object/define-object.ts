import { crmError } from '../error/crm-error.ts'
import type { ObjectDefinitionHandle } from './handle.ts'
import type { SchemaShape } from './infer.ts'
import { objectNamePattern } from './names.ts'
import { propertiesProblems } from './property-problems.ts'
import type { ObjectOptions } from './schema.ts'

/**
 * Defines an object. Its record type is inferred from the schema; give it a name of its own:
 * `export interface Deal extends RecordOf<typeof definition> {}`.
 */
export function defineObject<const S extends SchemaShape>(name: string, schema: S, options: ObjectOptions = {}): ObjectDefinitionHandle<S> {
  refuse(name, [...nameProblems(name), ...propertiesProblems(schema.properties, schema.required ?? [])])
  return Object.freeze({ name, schema, options })
}

/** Throws DEFINITION_INVALID with the first problem, and all of them in the details. */
export function refuse(object: string, problems: readonly string[]): void {
  const [reason] = problems
  if (reason !== undefined) throw crmError('DEFINITION_INVALID', { object, reason }, { details: { problems } })
}

function nameProblems(name: string): string[] {
  if (objectNamePattern.test(name)) return []
  return [`"${name}" is no object name; use 1 to 40 lower-case letters, digits and underscores, starting with a letter`]
}

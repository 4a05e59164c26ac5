import { refuse } from './define-object.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'

type Definitions = ReadonlyMap<string, ObjectDefinition>

/** Checks what no object can check alone: where references point, whether children are pointed back at, tables that share a name. */
export function checkDefinitions(definitions: Definitions): void {
  const tables = new Map<string, string>()
  for (const definition of definitions.values()) {
    refuse(definition.name, [
      ...definition.fields.flatMap((field) => relationProblems(definition, field, definitions)),
      ...tablesOf(definition).flatMap((table) => {
        const owner = tables.get(table)
        tables.set(table, definition.name)
        return owner === undefined ? [] : [`its table "${table}" is already used by object "${owner}"; rename one of them`]
      }),
    ])
  }
}

function relationProblems(definition: ObjectDefinition, field: FieldDefinition, definitions: Definitions): string[] {
  if (field.to === null) return []
  const target = definitions.get(field.to)
  if (!target)
    return [`"${field.name}" points to object "${field.to}", which does not exist; define it or name the plugin that does in "requires"`]
  if (field.kind !== 'children') return []
  const back = field.by === null ? undefined : target.field.get(field.by)
  // Ids are unique across objects, so a pointer to any object points to this record or to none of its kind.
  if (back?.kind === 'anyReference' || (back?.kind === 'reference' && back.to === definition.name)) return []
  return [
    `"${field.name}" needs a reference "${field.by}" in object "${field.to}" that points to "${definition.name}"; add it or correct "by"`,
  ]
}

function tablesOf(definition: ObjectDefinition): string[] {
  return [definition.table.name, ...definition.fields.flatMap((field) => (field.storage.at === 'links' ? [field.storage.table.name] : []))]
}

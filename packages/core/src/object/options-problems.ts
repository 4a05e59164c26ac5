import type { FieldDefinition } from './definition.ts'
import type { ObjectOptions } from './schema.ts'

type Fields = ReadonlyMap<string, FieldDefinition>

/** What is wrong with an object's options, in words that say what to do. */
export function optionsProblems(options: ObjectOptions, nameField: string | null, fields: Fields): string[] {
  const sections = (options.sections ?? []).flatMap((section) => section.fields)
  return [
    ...nameFieldProblems(nameField, fields),
    ...unknownNames('boards', options.boards, fields),
    ...unknownNames('columns', options.columns, fields),
    ...unknownNames('sections', sections, fields),
    ...sharedByProblems(options.sharedBy, fields),
    ...boardProblems(options.boards ?? [], fields),
  ]
}

function nameFieldProblems(name: string | null, fields: Fields): string[] {
  const kind = name === null ? 'text' : fields.get(name)?.kind
  return kind === 'text' || kind === 'email' || kind === 'phone' ? [] : [`nameField "${name}" must be a field of kind text, email or phone`]
}

function sharedByProblems(name: string | undefined, fields: Fields): string[] {
  const field = name === undefined ? null : fields.get(name)
  if (field === null || (field?.kind === 'boolean' && field.storage.at === 'columns')) return []
  return [`"sharedBy" must name a field of kind boolean, not "${name}"`]
}

function unknownNames(option: string, names: readonly string[] | undefined, fields: Fields): string[] {
  return (names ?? [])
    .filter((name) => !fields.has(name))
    .map((name) => `"${option}" names "${name}", which is no field; take it out or add the field`)
}

function boardProblems(names: readonly string[], fields: Fields): string[] {
  const wrong = names.filter((name) => {
    const kind = fields.get(name)?.kind
    return kind !== undefined && kind !== 'choice' && kind !== 'reference'
  })
  return wrong.map((name) => `a board cannot have columns by "${name}"; use a choice or a reference`)
}

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
    ...sectionProblems(options.sections ?? [], fields),
    ...validationProblems(options.validations ?? [], fields),
  ]
}

function nameFieldProblems(name: string | null, fields: Fields): string[] {
  if (name !== null && fields.get(name)?.formula) return [`nameField "${name}" is computed; a record is named by something that is written`]
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

function sectionProblems(sections: NonNullable<ObjectOptions['sections']>, fields: Fields): string[] {
  return sections.flatMap(({ label, fields: names, columns, when }) => [
    ...(columns === undefined || (Number.isInteger(columns) && columns >= 1 && columns <= 3)
      ? []
      : [`section "${label.en}" has 1 to 3 columns, not ${columns}`]),
    ...(when?.hidden === undefined ? [] : names.filter((name) => fields.get(name)?.required)).map(
      (name) => `"${name}" is always required, so its section "${label.en}" cannot be hidden; use "when.required"`,
    ),
  ])
}

const validationId = /^[a-z][a-z0-9-]{0,59}$/

function validationProblems(validations: NonNullable<ObjectOptions['validations']>, fields: Fields): string[] {
  const ids = validations.map(({ id }) => id)
  return [
    ...ids.filter((id) => !validationId.test(id)).map((id) => `validation "${id}" needs an id of lower-case letters, digits and hyphens`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `there are two validations "${id}"; rename one`),
    ...validations
      .filter(({ path }) => path !== undefined && !fields.has(path))
      .map(({ id, path }) => `validation "${id}" stands at "${path}", which is no field`),
  ]
}

import type { FieldDefinition, KindName, ObjectDefinition } from '@guanxi/core'

const impossible: readonly KindName[] = ['file', 'children']

/** May a column be read into it? Ids of ours are not in other people's files. */
export function isImportable(field: FieldDefinition): boolean {
  if (impossible.includes(field.kind) || field.readOnly) return false
  return field.layer !== 'system' || field.name === 'ownerId' || field.name === 'teamId'
}

/** The id of the record itself: only as the key, from a file that was exported here. */
export function isId({ name, layer }: FieldDefinition): boolean {
  return layer === 'system' && name === 'id'
}

/** The id as cells hold it: a text of a fixed form, not a name to look up. */
export function idField(field: FieldDefinition): FieldDefinition {
  return { ...field, kind: 'text', to: null, maxLength: 36 }
}

/** Does it point to records or people, so that its cells are names to be looked up? */
export function isLink(field: FieldDefinition): boolean {
  return field.kind === 'reference' || field.kind === 'anyReference' || field.kind === 'links' || field.kind === 'user'
}

/** A field that is in no definition: for columns that are read without being stored, such as dates of the history. */
export function looseField(name: string, kind: KindName): FieldDefinition {
  return {
    name,
    kind,
    label: { 'zh-CN': name, en: name },
    help: null,
    required: false,
    readOnly: false,
    unique: false,
    index: false,
    search: false,
    layer: 'object',
    author: 'import',
    storage: { at: 'none' },
    options: [],
    minLength: null,
    maxLength: null,
    minimum: null,
    maximum: null,
    scale: null,
    to: null,
    by: null,
    default: null,
    defaultLogic: null,
    formula: null,
    when: null,
  }
}

/** Fields a cell may name a record of the object by: its names in both languages, or what the object calls its key. */
export function namingFields({ nameField, field }: ObjectDefinition): string[] {
  const names = [nameField, nameField && `${nameField}En`, 'externalKey'].filter((name) => name !== null && field.has(name))
  return names as string[]
}

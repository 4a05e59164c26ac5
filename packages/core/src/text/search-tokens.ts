import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import { nameKey } from './fold.ts'
import { isLatinForm, nameCore, withoutLatinForms } from './name-core.ts'
import { divider, sortKey } from './sort-key.ts'
import { tokensOf } from './tokens.ts'

type Values = Readonly<Record<string, unknown>>

/** A row of the token table. */
export interface SearchToken {
  readonly token: string
  /** The field's name, so that a reader finds by fields they may read only. */
  readonly field: string
}

/** Rows a record may have in the token table. */
const mostTokens = 60

/** Numbers and addresses first: they are short, and must not be crowded out by a long name. */
const order = (definition: ObjectDefinition, field: FieldDefinition): number => {
  if (field.kind === 'phone' || field.kind === 'email') return 0
  if (field.name === definition.nameField) return 1
  return field.kind === 'longText' ? 3 : 2
}

const searched = new WeakMap<ObjectDefinition, readonly FieldDefinition[]>()

/** The fields the search box looks at, in the order in which they get tokens. */
export function searchedFields(definition: ObjectDefinition): readonly FieldDefinition[] {
  const known = searched.get(definition)
  if (known) return known
  const made = definition.fields.filter((field) => field.search).sort((a, b) => order(definition, a) - order(definition, b))
  searched.set(definition, made)
  return made
}

/** All search tokens of a record, none twice, at most 60. */
export function searchTokens(definition: ObjectDefinition, record: Values): SearchToken[] {
  const tokens: SearchToken[] = []
  for (const field of searchedFields(definition)) {
    for (const token of tokensOf(valueIn(field, record), field.kind)) {
      if (tokens.length === mostTokens) return tokens
      tokens.push({ token, field: field.name })
    }
  }
  return tokens
}

function valueIn(field: FieldDefinition, record: Values): unknown {
  const name = adminName(field)
  return name === null ? record[field.name] : (record.custom as Values | undefined)?.[name]
}

/** Sorts after every name, so that the column is never null and an index can serve the order on both engines. */
const nameless = '\uffff'

/** Values of the columns `name_key`, `name_core`, `name_sort`, in this order. */
export function nameValues(definition: ObjectDefinition, record: Values): [string | null, string | null, string] {
  const name = definition.nameField === null ? null : record[definition.nameField]
  if (typeof name !== 'string') return [null, null, nameless]
  return plainNameValues(name) ?? [nameKey(name), nameCore(name), sortKey(name)]
}

/** Letters, digits and single spaces of ASCII: nothing to fold, to read or to overlook, save for the form of the company at the end. */
const plainName = /^[a-z0-9]+(?: [a-z0-9]+)*$/
const longestPlain = 100

function plainNameValues(name: string): [string, string, string] | null {
  const key = name.toLowerCase()
  if (key.length > longestPlain || !plainName.test(key)) return null
  const core = isLatinForm(key.slice(key.lastIndexOf(' ') + 1)) ? withoutLatinForms(key.split(' ')).join(' ') : key
  return [key, core, `${key}${divider}${key}`]
}

import { crmError } from '../error/crm-error.ts'
import { inferKind } from '../kind/infer-kind.ts'
import { compileField } from './compile-field.ts'
import { refuse } from './define-object.ts'
import type { FieldDefinition, ObjectDefinition } from './definition.ts'
import type { ObjectHandle } from './handle.ts'
import { spokenName } from './names.ts'
import { optionsProblems } from './options-problems.ts'
import type { OverlayField } from './overlay.ts'
import type { KindName, ObjectOptions, PropertySchema, ValidationSchema } from './schema.ts'
import { systemFields } from './system-fields.ts'
import { tableSpec } from './table-spec.ts'

/** Everything that makes an object of one tenant: its own definition, the fields of other plugins, the fields of admins. */
export interface DefinitionSources {
  readonly handle: ObjectHandle<never> | ObjectHandle
  /** Plugin that defines it. */
  readonly author: string
  /** In plugin order. */
  readonly extensions?: readonly { readonly handle: ObjectHandle<never> | ObjectHandle; readonly author: string }[]
  readonly overlay?: readonly OverlayField[]
  /** Validations of admins. */
  readonly validations?: readonly ValidationSchema[]
}

/** Code fields and admin fields, each. */
export const mostFields = 500

/** Compiles an object: core < plugins < tenant. Throws DEFINITION_INVALID or PLUGIN_CLASH. */
export function compileDefinition(sources: DefinitionSources): ObjectDefinition {
  const { handle, author, extensions = [], overlay = [] } = sources
  const { name } = handle
  const options = mergedOptions(sources)
  const nameField = nameFieldOf(handle)
  const own = codeFields(name, author, 'object', handle, nameField)
  const added = extensions.flatMap((extension) => codeFields(name, extension.author, 'plugin', extension.handle, null))
  refuseClashes([...own, ...added])
  const written = [...systemFields(name), ...own, ...added, ...overlay.map((entry) => overlayField(name, entry))]
  const fields = withSections(written, options.sections ?? [])
  const field = new Map(fields.map((entry) => [entry.name, entry]))
  refuse(name, [...countProblems(own.length + added.length, overlay.length), ...optionsProblems(options, nameField, field)])
  const searchable = fields.some((entry) => entry.search)
  const label = options.label ?? { 'zh-CN': spokenName(name), en: spokenName(name) }
  return {
    name,
    author,
    label,
    pluralLabel: options.pluralLabel ?? label,
    help: options.help ?? null,
    nameField,
    options,
    table: tableSpec(name, fields, options.indexes ?? [], searchable || nameField !== null),
    fields,
    field,
    searchable,
    hasLogic: (options.validations ?? []).length > 0 || fields.some(hasLogic),
  }
}

const hasLogic = ({ formula, when, defaultLogic }: FieldDefinition): boolean => formula !== null || when !== null || defaultLogic !== null

/** A hidden section hides its fields. */
function withSections(fields: readonly FieldDefinition[], sections: NonNullable<ObjectOptions['sections']>): readonly FieldDefinition[] {
  const hiders = new Map(sections.flatMap(({ fields: names, when }) => (when?.hidden ? names.map((name) => [name, when.hidden]) : [])))
  if (hiders.size === 0) return fields
  return fields.map((field) => {
    const hider = hiders.get(field.name)
    if (hider === undefined) return field
    const hidden = field.when?.hidden ? { or: [field.when.hidden, hider] } : hider
    return { ...field, when: { ...field.when, hidden } }
  })
}

function codeFields(
  object: string,
  author: string,
  layer: 'object' | 'plugin',
  handle: DefinitionSources['handle'],
  nameField: string | null,
): FieldDefinition[] {
  const required = new Set(handle.schema.required)
  return Object.entries(handle.schema.properties).map(([name, property]) =>
    compileField({ object, layer, author, name, property, required: required.has(name), isName: name === nameField }),
  )
}

function overlayField(object: string, { id, name, property }: OverlayField): FieldDefinition {
  return compileField({ object, layer: 'tenant', author: 'tenant', name, property, required: false, isName: false, extId: id })
}

/** Lists of extensions are added to the object's own; its words stay its own. */
function mergedOptions({ handle, extensions = [], validations = [] }: DefinitionSources): ObjectOptions {
  const all: ObjectOptions[] = [
    ...[handle, ...extensions.map((extension) => extension.handle)].map(({ options }) => options),
    { validations },
  ]
  const merged = (key: 'indexes' | 'boards' | 'columns' | 'sections' | 'validations') => {
    const lists = all.flatMap((options): readonly unknown[] => options[key] ?? [])
    return lists.length > 0 ? { [key]: lists } : {}
  }
  return {
    ...handle.options,
    ...merged('indexes'),
    ...merged('boards'),
    ...merged('columns'),
    ...merged('sections'),
    ...merged('validations'),
  }
}

const namingKinds: readonly KindName[] = ['text', 'email', 'phone']

function nameFieldOf(handle: DefinitionSources['handle']): string | null {
  const canName = (property: PropertySchema | undefined) => property !== undefined && namingKinds.includes(inferKind(property))
  if (handle.options.nameField !== undefined) return handle.options.nameField
  return ['name', 'title'].find((name) => Object.hasOwn(handle.schema.properties, name) && canName(handle.schema.properties[name])) ?? null
}

function refuseClashes(fields: readonly FieldDefinition[]): void {
  const seen = new Map<string, FieldDefinition>()
  for (const field of fields) {
    const first = seen.get(field.name)
    if (first) throw crmError('PLUGIN_CLASH', { first: first.author, second: field.author, what: `field "${field.name}"` })
    seen.set(field.name, field)
  }
}

function countProblems(code: number, admin: number): string[] {
  return [
    ...(code > mostFields ? [`it has ${code} fields in code, at most ${mostFields}; move some to an object of their own`] : []),
    ...(admin > mostFields ? [`it has ${admin} fields of admins, at most ${mostFields}`] : []),
  ]
}

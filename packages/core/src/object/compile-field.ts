import { crmError } from '../error/crm-error.ts'
import { inferKind } from '../kind/infer-kind.ts'
import type { FieldKind } from '../kind/kind.ts'
import { optionsOf } from '../kind/options.ts'
import { kindOf } from '../kind/registry.ts'
import type { TableSpec } from '../store/schema.ts'
import { checkValue } from './check-value.ts'
import type { FieldDefinition, FieldStorage, FormulaDefinition, Layer } from './definition.ts'
import { identifier, snakeCase, spokenName } from './names.ts'
import type { FormulaSchema, PropertySchema } from './schema.ts'

/** Where a field comes from. */
export interface FieldSource {
  readonly object: string
  readonly layer: Layer
  readonly author: string
  readonly name: string
  readonly property: PropertySchema
  readonly required: boolean
  /** Is it the object's name field? Names are searched unless the author says no. */
  readonly isName: boolean
  /** Admin fields only: the immutable id (`f_…`) the value is kept under. */
  readonly extId?: string
}

/** A property with everything it left out filled in. */
export function compileField(source: FieldSource): FieldDefinition {
  const { object, layer, author, name, property, required, isName, extId } = source
  const kind = kindOf(inferKind(property))
  const spoken = spokenName(name)
  const field: FieldDefinition = {
    name: extId === undefined ? name : `custom.${name}`,
    kind: kind.name,
    label: property.label ?? { 'zh-CN': spoken, en: spoken },
    help: property.help ?? null,
    required,
    readOnly: property.readOnly ?? (kind.name === 'children' || property.formula !== undefined),
    unique: property.unique ?? false,
    index: property.index ?? false,
    search: property.search ?? isName,
    layer,
    author,
    storage: property.formula && property.formula.mode !== 'stored' ? { at: 'none' } : storageOf(object, name, kind, extId),
    options: optionsOf(property),
    minLength: property.minLength ?? null,
    maxLength: property.maxLength ?? kind.maxLength ?? null,
    minimum: property.minimum ?? null,
    maximum: property.maximum ?? null,
    scale: kind.name === 'decimal' ? (property.scale ?? 2) : null,
    to: property.to ?? null,
    by: property.by ?? null,
    default: null,
    ...(property.access && { access: property.access }),
    defaultLogic: computedDefault(property.default),
    formula: property.formula ? formulaOf(property.formula) : null,
    when: property.when ?? null,
  }
  const isConstant = property.default !== undefined && property.default !== null && field.defaultLogic === null
  return isConstant ? { ...field, default: defaultOf(object, field, property) } : field
}

const formulaOf = ({ logic, mode = 'read', currency }: FormulaSchema): FormulaDefinition => ({
  logic,
  mode,
  currency: currency ?? null,
})

/** No kind has values with a key `logic`. */
function computedDefault(given: unknown): unknown {
  return typeof given === 'object' && given !== null && 'logic' in given ? given.logic : null
}

function storageOf(object: string, name: string, kind: FieldKind, extId: string | undefined): FieldStorage {
  if (extId !== undefined) return { at: 'ext', id: extId }
  if (kind.columns.length === 0) return { at: 'none' }
  // Nullable even when required: additive DDL cannot add a NOT NULL column to a table with rows.
  const columns = kind.columns.map(({ suffix, type }) => ({ name: identifier(snakeCase(name) + suffix), type, nullable: true }))
  return kind.name === 'links' ? { at: 'links', columns, table: linkTable(object, name) } : { at: 'columns', columns }
}

/** Pairs (from_id, to_id) of a links field. */
function linkTable(object: string, name: string): TableSpec {
  const table = identifier('crm', object, snakeCase(name))
  return {
    name: table,
    columns: [
      { name: 'tenant_id', type: 'text', nullable: false },
      { name: 'from_id', type: 'uuid', nullable: false },
      { name: 'to_id', type: 'uuid', nullable: false },
    ],
    primaryKey: ['tenant_id', 'from_id', 'to_id'],
    indexes: [{ name: identifier(table, 'to_id', 'idx'), columns: ['to_id'] }],
  }
}

/** Properties are the same objects at every tenant and revision, so their defaults are looked at once. */
const checkedDefaults = new WeakMap<PropertySchema, unknown>()

function defaultOf(object: string, field: FieldDefinition, property: PropertySchema): unknown {
  const known = checkedDefaults.get(property)
  if (known !== undefined) return known
  const result = checkValue(field, property.default, { country: 'CN' })
  if ('issue' in result) {
    throw crmError('DEFINITION_INVALID', {
      object,
      reason: `the default of "${field.name}" does not fit its own kind: ${result.issue.toBody('en').message}`,
    })
  }
  const value = freeze(result.value)
  checkedDefaults.set(property, value)
  return value
}

const freeze = (value: unknown) => (typeof value === 'object' && value !== null ? Object.freeze(value) : value)

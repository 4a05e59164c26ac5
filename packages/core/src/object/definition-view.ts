import type { FilterOperator } from '../kind/kind.ts'
import { kindOf } from '../kind/registry.ts'
import type { Words } from '../locale/locale.ts'
import type { FieldDefinition, FormulaDefinition, Layer, ObjectDefinition } from './definition.ts'
import type { ChoiceOption, FieldConditions, KindName, SectionSchema, ValidationSchema } from './schema.ts'

/** A field as the HTTP API shows it. */
export interface FieldView {
  readonly name: string
  readonly kind: KindName
  readonly label: Words
  readonly help: Words | null
  readonly required: boolean
  readonly readOnly: boolean
  readonly unique: boolean
  readonly search: boolean
  readonly layer: Layer
  readonly author: string
  readonly options: readonly Required<ChoiceOption>[]
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly scale: number | null
  readonly to: string | null
  readonly by: string | null
  readonly default: unknown
  /** The expression of a computed default, or null. */
  readonly defaultLogic: unknown
  /** How it is computed, or null where it is written. */
  readonly formula: FormulaDefinition | null
  /** Conditions of it and of the section it stands in, or null. */
  readonly when: FieldConditions | null
  readonly sortable: boolean
  readonly groupable: boolean
  readonly summable: boolean
  readonly operators: readonly FilterOperator[]
  /** The reader sees it masked, and cannot filter, sort or group by it. */
  readonly masked: boolean
  /** They may ask for a value, one at a time. */
  readonly revealable: boolean
}

/** An object as the HTTP API shows it: plain JSON, without storage. */
export interface ObjectView {
  readonly name: string
  readonly author: string
  readonly label: Words
  readonly pluralLabel: Words
  readonly help: Words | null
  readonly nameField: string | null
  readonly columns: readonly string[]
  readonly boards: readonly string[]
  readonly sections: readonly SectionSchema[]
  readonly validations: readonly ValidationSchema[]
  readonly permissions: readonly string[]
  readonly fields: readonly FieldView[]
}

const defaultColumns = 6
const unlisted: readonly KindName[] = ['longText', 'links', 'children', 'file', 'anyReference']

/** What a client is told of an object. */
export function definitionView(definition: ObjectDefinition, permissions: readonly string[]): ObjectView {
  const { name, author, label, pluralLabel, help, nameField, options } = definition
  return {
    name,
    author,
    label,
    pluralLabel,
    help,
    nameField,
    columns: options.columns ?? columnsUnlessSaid(definition),
    boards: options.boards ?? [],
    sections: options.sections ?? [],
    validations: options.validations ?? [],
    permissions,
    fields: definition.fields.filter((field) => field.name !== 'id').map(fieldView),
  }
}

function columnsUnlessSaid({ nameField, fields }: ObjectDefinition): string[] {
  const listed = fields.filter((field) => field.layer !== 'system' && field.name !== nameField && !unlisted.includes(field.kind))
  const names = [...(nameField === null ? [] : [nameField]), ...listed.map((field) => field.name)]
  return names.slice(0, defaultColumns)
}

function fieldView(field: FieldDefinition): FieldView {
  const { sortable, groupable, summable, operators } = kindOf(field.kind)
  const { storage: _storage, index: _index, access: _access, masked, revealable = false, options, ...rest } = field
  const words = { ...rest, options: options.map(optionView), masked: masked !== undefined, revealable }
  if (masked !== undefined) return { ...words, sortable: false, groupable: false, summable: false, operators: [] }
  return { ...words, sortable, groupable, summable, operators }
}

function optionView({ value, label, retired = false }: ChoiceOption): Required<ChoiceOption> {
  return { value, label: label ?? { 'zh-CN': value, en: value }, retired }
}

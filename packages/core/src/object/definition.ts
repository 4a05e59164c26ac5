import type { Words } from '../locale/locale.ts'
import type { MaskKind } from '../privacy/mask.ts'
import type { ColumnSpec, TableSpec } from '../store/schema.ts'
import type { FieldAccess } from './field-right.ts'
import type { ChoiceOption, FieldConditions, FormulaSchema, KindName, ObjectOptions } from './schema.ts'

/** Who added a field: the core system fields, the plugin that defines the object, another plugin, or the tenant's admin. */
export type Layer = 'system' | 'object' | 'plugin' | 'tenant'

/** Where a field's value lives. */
export type FieldStorage =
  | { readonly at: 'columns'; readonly columns: readonly ColumnSpec[] }
  /** In the `ext` document, under this immutable id (`f_…`). */
  | { readonly at: 'ext'; readonly id: string }
  /** Ids as a JSON list on the row, which reads and diffs use, and as pairs (from_id, to_id) in a table, which filters use. */
  | { readonly at: 'links'; readonly columns: readonly ColumnSpec[]; readonly table: TableSpec }
  /** Nowhere: children are read from their own object, formulas on read are computed. */
  | { readonly at: 'none' }

/** A formula with everything it left out filled in. */
export interface FormulaDefinition extends Required<Pick<FormulaSchema, 'logic' | 'mode'>> {
  readonly currency: string | null
}

/** A field as compiled for a tenant. */
export interface FieldDefinition {
  /** As the API names it; admin fields are `custom.<name>`. */
  readonly name: string
  readonly kind: KindName
  readonly label: Words
  readonly help: Words | null
  readonly required: boolean
  readonly readOnly: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly search: boolean
  readonly layer: Layer
  /** Plugin id, or `tenant`. */
  readonly author: string
  readonly storage: FieldStorage
  readonly options: readonly ChoiceOption[]
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  /** Decimals only. */
  readonly scale: number | null
  /** Object that a reference, links or children points to. */
  readonly to: string | null
  /** children only. */
  readonly by: string | null
  /** A constant. */
  readonly default: unknown
  /** Rights on it by role, as its author declared them. */
  readonly access?: FieldAccess
  /** Set in a reader's view of the object where they see the field masked only. */
  readonly masked?: MaskKind
  /** Set beside `masked` where the reader may ask for values one by one. */
  readonly revealable?: boolean
  /** The expression of a computed default, or null. */
  readonly defaultLogic: unknown
  readonly formula: FormulaDefinition | null
  /** Its own conditions, and those of the section it stands in. */
  readonly when: FieldConditions | null
}

/** An object as compiled for a tenant at one revision: core < plugins < tenant. */
export interface ObjectDefinition {
  readonly name: string
  /** Plugin that defines it. */
  readonly author: string
  readonly label: Words
  readonly pluralLabel: Words
  readonly help: Words | null
  readonly nameField: string | null
  readonly options: ObjectOptions
  readonly table: TableSpec
  /** In order: system fields, own, plugins', tenant's. */
  readonly fields: readonly FieldDefinition[]
  readonly field: ReadonlyMap<string, FieldDefinition>
  /** True when any field is searched: tokens are kept and `name_key`, `name_core`, `name_sort` filled. */
  readonly searchable: boolean
  /** True when anything of it is an expression: formulas, computed defaults, conditions, validations. */
  readonly hasLogic: boolean
}

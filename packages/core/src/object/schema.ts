import type { Words } from '../locale/locale.ts'
import type { FieldAccess } from './field-right.ts'

/** How a field stores, checks, filters and shows its value. The closed list of kinds; admins choose from it too. */
export type KindName =
  | 'text'
  | 'longText'
  | 'integer'
  | 'number'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'date'
  | 'instant'
  | 'choice'
  | 'multiChoice'
  | 'phone'
  | 'email'
  | 'url'
  | 'reference'
  | 'anyReference'
  | 'links'
  | 'children'
  | 'user'
  | 'file'

/** One option of a choice. `value` is stored and never changes; the label may. */
export interface ChoiceOption {
  readonly value: string
  readonly label?: Words
  /** Shown where it is set, refused in new values. */
  readonly retired?: boolean
}

/** Words and switches any property may carry beside its JSON Schema. */
export interface PropertyWords {
  readonly label?: Words
  readonly help?: Words
  /** Set by code only: refused in what users send. */
  readonly readOnly?: boolean
  /** Two live records never share a value. */
  readonly unique?: boolean
  /** Build an index for filters and sorting. */
  readonly index?: boolean
  /** Found by the search box. */
  readonly search?: boolean
  /** Who may do what with it, by role; `*` = every role that is not named. Open unless said; what a host grants comes first. */
  readonly access?: FieldAccess
}

/**
 * A property in JSON Schema 2020-12, with `kind` where the type alone does not say enough. Without `kind`: `enum` → choice,
 * array of `enum` → multiChoice, string → text (`format: 'date' | 'email' | 'uri'` → date, email, url), integer, number, boolean.
 */
export interface PropertySchema extends PropertyWords {
  readonly kind?: KindName
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object'
  readonly format?: 'date' | 'email' | 'uri'
  readonly enum?: readonly string[]
  /** Labels of the enum's values, or the options themselves where there is no enum. */
  readonly options?: readonly ChoiceOption[]
  readonly items?: { readonly enum?: readonly string[]; readonly type?: 'string' }
  readonly minLength?: number
  /** Characters at most. text 255, longText 100,000 unless said. */
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  /** Decimal places of a decimal, 0 to 8; 2 unless said. */
  readonly scale?: number
  /** Object a reference, links or children points to. */
  readonly to?: string
  /** children only: the reference field of `to` that points back here. */
  readonly by?: string
  readonly default?: unknown
}

/** An object's properties and which of them are required, as JSON Schema. */
export interface ObjectSchema {
  readonly type: 'object'
  readonly required?: readonly string[]
  readonly properties: Readonly<Record<string, PropertySchema>>
}

/** What an object is besides its properties. */
export interface ObjectOptions {
  readonly label?: Words
  readonly pluralLabel?: Words
  readonly help?: Words
  /** The field shown as the record's name; `name` or `title` when there is one. */
  readonly nameField?: string
  /** Composite indexes, by field names. */
  readonly indexes?: readonly (readonly string[])[]
  /** Records belong to their owner: others see one only where this boolean field of it is true, whatever their roles are granted. */
  readonly sharedBy?: string
  /** Fields a board can have columns by; the first is the default. choice, or reference to an object with `order`. */
  readonly boards?: readonly string[]
  /** Fields shown by a list when nobody chose. */
  readonly columns?: readonly string[]
  /** Form sections. Fields in none of them come last. */
  readonly sections?: readonly { readonly label: Words; readonly fields: readonly string[] }[]
}

import type { Logic } from '../expression/logic.ts'
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

/** A field that computes itself. Nobody writes it. */
export interface FormulaSchema {
  /** An expression. Checked against the kind of the field, which says what it gives. */
  readonly logic: Logic
  /**
   * `read` (unless said): computed by the database at each read; may look at child records, follow references and use the time.
   * `stored`: computed by each write and kept; over the record's own fields only.
   */
  readonly mode?: 'stored' | 'read'
  /** money only: an ISO 4217 code, or the money field whose currency it has; that field then counts in its own currency. */
  readonly currency?: string
}

/** Conditions of a field, as expressions over the record: the same answer in a form and on the server. */
export interface FieldConditions {
  /** Must have a value while it holds. */
  readonly required?: Logic
  /** Not shown and not asked for while it holds; the value stays unless {@link clear} says otherwise. */
  readonly hidden?: Logic
  /** Cannot be changed by people while it holds. */
  readonly readOnly?: Logic
  /** A write that leaves the field hidden empties it. */
  readonly clear?: boolean
}

/** Something that must hold across fields. */
export interface ValidationSchema {
  /** Unique within the object; its code in answers is `RECORD_RULE` with this id. */
  readonly id: string
  /** Must hold, or {@link message} is answered. */
  readonly logic: Logic
  readonly message: Words
  /** The field the message stands at; the record as a whole unless said. */
  readonly path?: string
}

/** A part of the form. */
export interface SectionSchema {
  readonly label: Words
  readonly fields: readonly string[]
  /** Columns of fields beside each other where there is room: 1 to 3; 2 unless said. */
  readonly columns?: number
  readonly when?: Pick<FieldConditions, 'hidden'>
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
  readonly formula?: FormulaSchema
  readonly when?: FieldConditions
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
  /** A value, or `{ logic }`: computed for a new record over the fields that were sent, who acts (`$.actor`), and the time. */
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
  /** Composite indexes, by field names. The id is put at the end: pages are sorted by it last. */
  readonly indexes?: readonly (readonly string[])[]
  /** Records belong to their owner: others see one only where this boolean field of it is true, whatever their roles are granted. */
  readonly sharedBy?: string
  /** Fields a board can have columns by; the first is the default. choice, or reference to an object with `order`. */
  readonly boards?: readonly string[]
  /** Fields shown by a list when nobody chose. */
  readonly columns?: readonly string[]
  /** Form sections. Fields in none of them come last. */
  readonly sections?: readonly SectionSchema[]
  /** What must hold across fields; all of them are answered together with what is wrong with single fields. */
  readonly validations?: readonly ValidationSchema[]
}

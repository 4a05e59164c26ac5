import type { OperatorView } from '@guanxi/core/expression'

/** The same words in every language. */
export interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** How a field stores, checks and shows its value. */
export type FieldKind =
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

/** One option of a choice. */
export interface ChoiceOption {
  readonly value: string
  readonly label?: Words
  /** Shown where it is set, not offered for new values. */
  readonly retired?: boolean
}

/** A field as the server describes it to this reader. */
export interface FieldView {
  /** Admin fields are `custom.<name>`. */
  readonly name: string
  readonly kind: FieldKind
  readonly label: Words
  readonly help?: Words | null
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly unique?: boolean
  readonly search?: boolean
  readonly layer?: 'system' | 'object' | 'plugin' | 'tenant'
  readonly author?: string
  readonly options?: readonly ChoiceOption[]
  readonly minLength?: number | null
  readonly maxLength?: number | null
  readonly minimum?: number | null
  readonly maximum?: number | null
  readonly scale?: number | null
  /** Object that a reference, links or children points to. */
  readonly to?: string | null
  readonly by?: string | null
  readonly default?: unknown
  /** The expression of a computed default. */
  readonly defaultLogic?: unknown
  /** How it is computed; null where it is written. */
  readonly formula?: { readonly logic: unknown; readonly mode: 'stored' | 'read'; readonly currency: string | null } | null
  /** Conditions, as expressions. */
  readonly when?: { readonly required?: unknown; readonly hidden?: unknown; readonly readOnly?: unknown; readonly clear?: boolean } | null
  readonly sortable?: boolean
  readonly groupable?: boolean
  readonly summable?: boolean
  readonly operators?: readonly string[]
  /** This reader sees it masked. */
  readonly masked?: boolean
  /** They may ask for a value, one at a time; it is written down. */
  readonly revealable?: boolean
}

/** An object as the server describes it to this reader. */
export interface ObjectView {
  readonly name: string
  readonly label: Words
  readonly pluralLabel: Words
  readonly help?: Words | null
  readonly nameField: string | null
  readonly columns?: readonly string[]
  readonly boards?: readonly string[]
  readonly sections?: readonly {
    readonly label: Words
    readonly fields: readonly string[]
    /** Columns of fields where there is room; 2 unless said. */
    readonly columns?: number
  }[]
  readonly permissions: readonly string[]
  readonly fields: readonly FieldView[]
}

/** A sum of money: minor units and an ISO 4217 code. */
export interface Money {
  readonly minor: number
  readonly currency: string
}

/** The part of a record that a reference brings along. */
export interface RelatedRecord {
  readonly id: string
  readonly name?: string | null
  readonly [field: string]: unknown
}

/** A record as it is read. */
export interface CrmRecord {
  readonly id: string
  readonly version: number
  readonly createdAt?: number
  readonly createdBy?: string
  readonly updatedAt?: number
  readonly updatedBy?: string
  readonly deletedAt?: number | null
  readonly ownerId?: string | null
  readonly custom?: Readonly<Record<string, unknown>>
  readonly related?: Readonly<Record<string, RelatedRecord | readonly RelatedRecord[] | null>>
  readonly [field: string]: unknown
}

/** Field values as they are sent; admin fields sit under `custom`. */
export type RecordValues = Readonly<Record<string, unknown>>

/** What to find. */
export interface RecordQuery {
  readonly where?: RecordValues
  readonly search?: string
  readonly sort?: readonly string[]
  readonly limit?: number
  readonly cursor?: string | null
  /** Leaves out so many before the first; not with `cursor`. */
  readonly skip?: number
  readonly fields?: readonly string[]
  readonly expand?: readonly string[]
  readonly count?: boolean
}

/** Which records a bulk write is for; more than `maxAffected` = nothing happens. */
export type BulkTarget = { readonly maxAffected: number } & ({ readonly ids: readonly string[] } | { readonly where: RecordValues })

/** One kind of write for many records. */
export type BulkOperation = { readonly update: BulkTarget & { readonly set: RecordValues } } | { readonly remove: BulkTarget }

/** One page of records. */
export interface RecordPage {
  readonly records: readonly CrmRecord[]
  readonly cursor: string | null
  readonly total?: number
}

/** Figures of one group. */
export interface AggregateRow {
  readonly group: Readonly<Record<string, string | number | boolean | null>>
  readonly values: Readonly<Record<string, number | string | null>>
}

/** Why a record satisfies a condition, or does not. */
export interface Explanation {
  readonly result: unknown
  readonly reasons: readonly { readonly path: string; readonly holds: boolean; readonly sentence: Words }[]
  /** All reasons in one sentence. */
  readonly sentence: Words
}

/** A person of the directory. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email?: string | null
}

/** Who is looking, and what they may do. */
export interface Me {
  readonly identity: {
    readonly id: string
    readonly name?: string | null
    readonly locale?: string | null
    readonly roles?: readonly string[]
    readonly tenant?: string | null
  }
  readonly permissions: Readonly<Record<string, readonly string[]>>
  readonly now?: number
  /** Zone in which expressions mean days. */
  readonly timeZone?: string
}

/** What there is to ask about: objects, and the operators that plugins have added to expressions. */
export interface Definitions {
  readonly objects: readonly ObjectView[]
  readonly operators?: readonly OperatorView[]
}

import type { Reason } from '../run/reason.ts'

/** A value that was not understood, how often it is there, and what it was probably meant to be. */
export interface UnknownValue {
  readonly value: string
  readonly count: number
  readonly nearest: string | null
}

/** Something a person decides once for all rows. Nothing of it is decided for them. */
export type Question =
  /** Cells that are no option of the field: map each to one, in `values`. */
  | {
      readonly kind: 'options'
      readonly column: string
      readonly field: string
      readonly distinct: number
      readonly values: readonly UnknownValue[]
    }
  /** Names that no record or person has: map them in `values`, or choose what happens in `references`. */
  | {
      readonly kind: 'references'
      readonly column: string
      readonly field: string
      readonly object: string
      readonly distinct: number
      readonly values: readonly UnknownValue[]
    }
  /** Dates such as 03/04/2026: choose `dateOrder`. */
  | {
      readonly kind: 'dateOrder'
      readonly column: string
      readonly field: string
      readonly dmy: number
      readonly mdy: number
      readonly either: number
    }
  /** Everything else that would be refused. */
  | {
      readonly kind: 'refused'
      readonly column: string
      readonly field: string
      readonly count: number
      readonly example: string
      readonly reason: Reason
    }
  /** Required fields that no column fills. */
  | { readonly kind: 'required'; readonly field: string }

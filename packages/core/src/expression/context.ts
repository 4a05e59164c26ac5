/** What an expression may know besides the record. All of it is fixed for one evaluation or one sweep. */
export interface ExpressionContext {
  /** The time, ms. */
  readonly now: number
  /** IANA zone of days, months and `today`; UTC unless said. */
  readonly zone?: string
  readonly tenant?: string
  readonly actor?: {
    readonly id: string
    readonly personId?: string | null
    readonly teamIds?: readonly string[]
    readonly roles?: readonly string[]
  }
  /** What records and people are called, by id: for sentences only. */
  readonly names?: ReadonlyMap<string, string>
  /** The record before the write; only where a rule looks at a write. */
  readonly previous?: Readonly<Record<string, unknown>>
}

/** A record as the API spells it; related records stand under `related`, by field. */
export type RecordLike = Readonly<Record<string, unknown>>

/** A compiled part of an expression. Gives null where there is no value; never undefined. */
export type Closure = (record: RecordLike, context: ExpressionContext) => unknown

/** A compiled condition. */
export type Test = (record: RecordLike, context: ExpressionContext) => boolean

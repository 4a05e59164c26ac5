/** One breach of a schema. */
export interface Fault {
  /** JSON pointer to the value at fault. */
  readonly path: string
  /** Keyword of JSON Schema that was breached. */
  readonly keyword: string
  /** What the keyword asked for: `{ limit: 10 }`, `{ type: 'string' }`. */
  readonly params: Readonly<Record<string, unknown>>
}

/** A compiled schema: finds all faults of a value. */
export interface Validator {
  check(value: unknown): readonly Fault[]
}

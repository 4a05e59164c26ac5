/**
 * A unique key refused a write. `constraint` is the name of the index (or primary key: `<table>_pkey`), the same on both engines.
 */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation'
  readonly constraint: string

  constructor(constraint: string, options?: ErrorOptions) {
    super(`Unique key ${constraint} is taken.`, options)
    this.constraint = constraint
  }
}

/** The database could not be reached, is locked, or failed. Nothing was written. */
export class StoreFailure extends Error {
  override readonly name: string = 'StoreFailure'
  /** True: trying again may help. */
  readonly transient: boolean

  constructor(message: string, transient: boolean, options?: ErrorOptions) {
    super(message, options)
    this.transient = transient
  }
}

/** The store was used before it was opened, or after it was closed. */
export class StoreClosed extends StoreFailure {
  override readonly name: string = 'StoreClosed'

  constructor() {
    super('The store is not open.', false)
  }
}

/**
 * The connection broke while a write was being confirmed: it may be there, or not. Who wrote with an idempotency key finds out by writing
 * again with the same key.
 */
export class OutcomeUnknown extends StoreFailure {
  override readonly name: string = 'OutcomeUnknown'

  constructor(message: string, options?: ErrorOptions) {
    super(message, true, options)
  }
}

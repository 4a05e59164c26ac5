/** A text with the name it has in traces. */
export interface Statement {
  readonly sql: string
  readonly label: string
  /** A temporary view that the text writes through, made on each connection before the text is prepared. */
  readonly view?: { readonly name: string; readonly create: readonly string[] }
}

/** What removes a view and its trigger. */
export function dropView(name: string): string {
  return `DROP VIEW IF EXISTS temp."${name}"`
}

const missingView = /no such table: (temp\.)?guanxi_/

/** A rollback, ours or the host's, also takes back views made since; they are then made again. */
export function isMissingView(statement: Statement, error: unknown): boolean {
  return statement.view !== undefined && error instanceof Error && missingView.test(error.message)
}

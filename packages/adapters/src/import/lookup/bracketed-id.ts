const shape = /^(?:.* )?\[([^[\]]{1,200})\]$/su

/** The id that stands in brackets behind a name: `Blue Sea [0198…]`. For names that several records have. */
export function bracketedId(text: string): string | null {
  return shape.exec(text)?.[1] ?? null
}

/** A name with its id behind it; without a name, the id alone in its brackets. */
export function withBracketedId(name: string | null, id: string): string {
  return name === null || name === '' ? `[${id}]` : `${name} [${id}]`
}

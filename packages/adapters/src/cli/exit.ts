/** Exit codes: all well; it could not be done; something for a person to decide or correct. */
export const exit = { well: 0, failed: 1, attention: 2 } as const

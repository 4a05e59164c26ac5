/** Columns that every update sets; they say who and when, not what, and never count as a difference. */
export const unrecorded: ReadonlySet<string> = new Set(['updated_at', 'updated_by', 'version'])

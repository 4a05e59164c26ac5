/** A moment as `datetime-local` spells it, in the reader's time zone. */
export function instantToLocal(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What `datetime-local` holds, as milliseconds UTC. */
export function localToInstant(text: string): number | null {
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? null : at
}

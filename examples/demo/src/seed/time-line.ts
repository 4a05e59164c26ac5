/** Something that happened in the company's past. */
export interface Happening {
  readonly at: number
  /** Happenings of one kind at one time are handed over together, kinds in alphabetical order. */
  readonly kind: string
  readonly run: (together: readonly Happening[]) => Promise<unknown>
}

/** Plays the past in order. The clock stands at each happening while it runs, so that every time the CRM keeps is the true one. */
export async function play(happenings: readonly Happening[], clock: { now: number }): Promise<void> {
  const ordered = happenings.toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
  for (let start = 0; start < ordered.length; ) {
    const first = ordered[start] as Happening
    let end = start + 1
    while (ordered[end]?.at === first.at && ordered[end]?.kind === first.kind) end++
    clock.now = first.at
    await first.run(ordered.slice(start, end))
    start = end
  }
}

import type { NewRecord, ObjectHandle, Session } from '@guanxi/core'

/** Something that happened in the company's past. */
export interface Happening {
  readonly at: number
  /** Happenings of one kind at one time are handed over together, kinds in alphabetical order. */
  readonly kind: string
  readonly value: unknown
  readonly run: (values: readonly unknown[]) => Promise<unknown>
}

/** A record entered at its time, in one write with others of its kind. */
export function entered<T extends object>(
  session: Session,
  object: ObjectHandle<T>,
  kind: string,
  at: number,
  value: NewRecord<T>,
): Happening {
  return { at, kind, value, run: (values) => session.records(object).createMany(values as NewRecord<T>[]) }
}

/** Plays the past in order. The clock stands at each happening while it runs, so that every time the CRM keeps is the true one. */
export async function play(happenings: readonly Happening[], clock: { now: number }): Promise<void> {
  const ordered = happenings.toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : Number(a.kind > b.kind)))
  for (let start = 0; start < ordered.length; ) {
    const first = ordered[start] as Happening
    let end = start + 1
    while (ordered[end]?.at === first.at && ordered[end]?.kind === first.kind) end++
    clock.now = first.at
    await first.run(ordered.slice(start, end).map(({ value }) => value))
    start = end
  }
}

/** What is done, with a key of its own each time, and how much of it is there. */
export interface UseCase {
  /** Made before anything fails. */
  readonly prepare?: (key: string) => Promise<unknown>
  readonly run: (key: string) => Promise<unknown>
  readonly count: () => Promise<number>
  readonly size: number
  /** Is it there whole or not at all? Else in parts, each once, and whoever goes on completes it. */
  readonly isAtomic: boolean
}

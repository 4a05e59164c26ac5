/** A connection on which plain commands can be run. */
export interface Commands {
  command(sql: string, label: string): Promise<void>
  /** Runs a command that takes work back. No observer can prevent it. */
  undo(sql: string): Promise<void>
}

/** How work reaches the database: statements that commit by themselves, a transaction of ours, or one of the host's. */
export interface Access<Link> {
  readonly transactional: boolean
  read<T>(work: (link: Link) => Promise<T>): Promise<T>
  /** The statements of `work` are written together or not at all. */
  write<T>(work: (link: Link) => Promise<T>): Promise<T>
  /** For work that writes with one statement only, which is whole or not at all by itself. */
  once<T>(work: (link: Link) => Promise<T>): Promise<T>
  /** What `work` does through this access is undone when it throws; the transaction goes on. */
  nested<T>(work: () => Promise<T>): Promise<T>
}

/** Outside a transaction there is nothing to nest in. */
export function noNesting(): Promise<never> {
  return Promise.reject(new TypeError('nested() needs a transaction around it.'))
}

import type { Knex } from 'knex'

const failedToConnect = 'Acquire connection error'

/** Knex tells of each connection that failed, with its stack, beside throwing it: who asked for one hears of it in the error. */
export function quietPool(log: (line: string) => void): Knex.Logger {
  const warn = (line: unknown): void => {
    const text = String(line)
    if (!text.startsWith(failedToConnect)) log(text)
  }
  return { warn, error: (line: unknown) => log(String(line)), deprecate: (method: string, instead: string) => log(`${method}: ${instead}`) }
}

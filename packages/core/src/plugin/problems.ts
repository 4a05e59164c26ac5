import { CrmError, crmError } from '../error/crm-error.ts'

/** A plugin that is wrong by itself. */
export const invalid = (plugin: string, reason: string, cause?: unknown): CrmError =>
  crmError('PLUGIN_INVALID', { plugin, reason }, { cause })

/** Two plugins that both define something. */
export const clash = (first: string, second: string, what: string): CrmError => crmError('PLUGIN_CLASH', { first, second, what })

/** Throws when there are problems: the first one's code and message, all of them in `details.problems`. */
export function throwAll(problems: readonly CrmError[]): void {
  const [first] = problems
  if (!first) return
  const details = { ...first.details, problems: problems.map((problem) => problem.message) }
  throw new CrmError(first.code, first.entry, first.params, { ...first.extra, details })
}

/** The first holder of each name. `claim` answers the holder when somebody else was there before. */
export class Claims {
  readonly #holders = new Map<string, string>()

  claim(name: string, by: string): string | undefined {
    const holder = this.#holders.get(name)
    if (holder === undefined) this.#holders.set(name, by)
    return holder
  }
}

/** A problem for each name that is claimed twice, naming both plugins. */
export function* clashes(entries: Iterable<{ readonly plugin: string; readonly what: string }>): Generator<CrmError> {
  const claims = new Claims()
  for (const { plugin, what } of entries) {
    const holder = claims.claim(what, plugin)
    if (holder !== undefined) yield clash(holder, plugin, what)
  }
}

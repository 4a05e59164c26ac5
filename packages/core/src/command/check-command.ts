import type { Command } from './command.ts'

const idPattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/

/** Everything wrong with the declaration of a command, in words. */
export function commandProblems(prefix: string, { id, roles, input, checks }: Command): string[] {
  const problems: string[] = []
  const refuse = (reason: string): void => void problems.push(`the command “${id}” ${reason}`)
  if (!idPattern.test(id) || !id.startsWith(`${prefix}.`)) refuse(`needs an id such as “${prefix}.do-it”`)
  if (roles !== '*' && !(Array.isArray(roles) && roles.length > 0)) refuse('names no roles; write roles: "*" for everyone identified')
  if (typeof input !== 'object' || input === null) refuse('needs a schema of its input')
  const before = new Set<string>()
  for (const check of checks) {
    if (before.has(check.id)) refuse(`has the check “${check.id}” twice`)
    const late = check.needs?.find((need) => !before.has(need))
    if (late !== undefined) refuse(`has a check “${check.id}” that needs “${late}”, which does not come before it`)
    before.add(check.id)
  }
  return problems
}

import type { Reason } from '../reason/reason.ts'
import type { CheckContext, CommandCheck } from './command.ts'

/** Asks the checks in their order; the first hard denial ends it. */
export async function firstReasons<I>(checks: readonly CommandCheck<I>[], input: I, context: CheckContext): Promise<readonly Reason[]> {
  const reasons: Reason[] = []
  const failed = new Set<string>()
  for (const check of checks) {
    const given = await askedOf(check, failed, input, context)
    reasons.push(...given)
    if (given.length > 0 && check.severity !== 'soft') break
  }
  return reasons
}

/** Asks every check that makes sense, whatever the others say. */
export async function allReasons<I>(checks: readonly CommandCheck<I>[], input: I, context: CheckContext): Promise<readonly Reason[]> {
  const reasons: Reason[] = []
  const failed = new Set<string>()
  for (const check of checks) reasons.push(...(await askedOf(check, failed, input, context)))
  return reasons
}

/** A check whose need has denied is not asked, and neither is one that needs it in turn. */
async function askedOf<I>(check: CommandCheck<I>, failed: Set<string>, input: I, context: CheckContext): Promise<readonly Reason[]> {
  if (check.needs?.some((need) => failed.has(need))) {
    failed.add(check.id)
    return []
  }
  const given = await check.check(input, context)
  const reasons = given === null ? [] : Array.isArray(given) ? (given as readonly Reason[]) : [given as Reason]
  if (reasons.length > 0) failed.add(check.id)
  return reasons
}

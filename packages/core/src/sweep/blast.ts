import { hash } from 'node:crypto'
import type { BlastBreach } from '../decider/deciders.ts'
import { crmError } from '../error/crm-error.ts'
import { openCursor, sealCursor } from '../read/cursor.ts'
import type { Scope } from '../scope/scope.ts'
import type { CompiledDecider } from './compile-decider.ts'
import type { Tally } from './tally.ts'

/** What a confirmation is bound to besides its numbers. */
type Counted = Pick<CompiledDecider, 'id' | 'version' | 'part'>

const day = 86_400_000

/** Limits that these numbers break. One record of a team is never too many. */
export function breachesOf({ body }: Pick<CompiledDecider, 'body'>, { affected, teams }: Tally): readonly BlastBreach[] {
  const { records, share } = body.blast
  const whole: BlastBreach[] = records !== null && affected > records ? [{ kind: 'records', team: null, affected, limit: records }] : []
  if (share === null) return whole
  const ofTeams = teams.flatMap((team): BlastBreach[] => {
    const limit = Math.max(1, Math.floor(team.holdings * share))
    return team.id !== null && team.affected > limit ? [{ kind: 'team', team: team.id, affected: team.affected, limit }] : []
  })
  return [...whole, ...ofTeams]
}

/** What confirms exactly these numbers of this version, for a day. */
export function sealToken(scope: Scope, decider: Counted, numbers: Tally, now: number): string {
  return sealCursor([now + day], bindingOf(scope, decider, numbers), scope.kernel.cursorKey())
}

/** Throws RUN_TOKEN unless the token was made for these numbers and is not too old. */
export function requireToken(scope: Scope, decider: Counted, numbers: Tally, token: string, now: number): void {
  if (!isGood(scope, decider, numbers, token, now)) throw crmError('RUN_TOKEN', {}, { path: '/confirm' })
}

function isGood(scope: Scope, decider: Counted, numbers: Tally, token: string, now: number): boolean {
  try {
    const [until] = openCursor(token, bindingOf(scope, decider, numbers), scope.kernel.cursorKey(), 1)
    return Number(until) > now
  } catch {
    return false
  }
}

function bindingOf({ actor }: Scope, { id, version, part }: Counted, numbers: Tally): string {
  const text = JSON.stringify([part?.logic ?? null, numbers.affected, numbers.rules, numbers.people, numbers.teams])
  return `run\0${actor.tenant}\0${id}\0${version}\0${hash('sha256', text, 'base64url')}`
}

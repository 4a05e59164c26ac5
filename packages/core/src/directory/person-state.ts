import { coreReasons } from '../reason/core-reasons.ts'
import type { Reason } from '../reason/reason.ts'
import type { Person, PersonState } from './directory.ts'

/** What decides about somebody's state. */
type Stored = Pick<Person, 'state' | 'awayFrom' | 'awayTo'>

/**
 * The state of a person at a time. An absence counts in `[awayFrom, awayTo)`, an open end being open, whether it was entered as the
 * state `away` or beside another one; outside of it somebody `away` is active. Who is suspended or has left stays so.
 */
export function stateAt({ state, awayFrom, awayTo }: Stored, now: number): PersonState {
  if (state === 'suspended' || state === 'left') return state
  const planned = state === 'away' || awayFrom !== null || awayTo !== null
  if (planned && (awayFrom === null || now >= awayFrom) && (awayTo === null || now < awayTo)) return 'away'
  return state === 'away' ? 'active' : state
}

/** Does somebody get new work at a time? Only who is active or onboarding does. */
export function receivesWork(person: Stored, now: number): boolean {
  const state = stateAt(person, now)
  return state === 'active' || state === 'onboarding'
}

/** Why somebody gets no work; null when they do. */
export function workDenial(person: Stored & Pick<Person, 'id'>, now: number): Reason | null {
  const { id, awayTo } = person
  switch (stateAt(person, now)) {
    case 'away':
      return awayTo === null
        ? coreReasons.make.person_away({ person: id })
        : coreReasons.make.person_away_until({ person: id, until: awayTo })
    case 'suspended':
      return coreReasons.make.person_suspended({ person: id })
    case 'left':
      return coreReasons.make.person_left({ person: id })
    default:
      return null
  }
}

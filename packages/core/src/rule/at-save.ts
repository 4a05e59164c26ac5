import type { SaveRules } from '../write/save-rules.ts'
import { actByRules } from './after-rules.ts'
import { setByRules } from './before-rules.ts'
import { brokenBy } from './broken.ts'
import { alsoRefused, refusedByRules } from './refusals.ts'
import { rulesConcerned } from './rules-of.ts'

/** The rules of administrators, as writes call them. */
export const saveRules: SaveRules = {
  set: setByRules,
  refuse: refusedByRules,
  alsoRefuse: alsoRefused,
  act: actByRules,
  broken: brokenBy,
  concerned: rulesConcerned,
}

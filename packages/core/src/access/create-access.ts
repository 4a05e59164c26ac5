import { crmError } from '../error/crm-error.ts'
import { type Access, type Action, actions, type Grant, type Reach, type RoleGrants, type Verdict } from './access.ts'
import type { Actor } from './actor.ts'

type Reaches = ReadonlyMap<Action, Reach>

const refused: Verdict = Object.freeze({ allowed: false })
const verdicts: Readonly<Record<Reach, Verdict>> = {
  all: Object.freeze({ allowed: true, reach: 'all' }),
  own: Object.freeze({ allowed: true, reach: 'own' }),
}

const everyday: readonly Action[] = ['read', 'create', 'update', 'delete', 'restore']
const everydayReaches = reachesOf(everyday)
const allReaches = reachesOf(actions)

/**
 * The one door. Without grants everyone identified may work with records, and the role `admin` may also define and import. With
 * grants nothing is allowed that no role grants; several roles add up, and the widest reach wins. The system itself may everything.
 */
export function createAccess(grants?: RoleGrants): Access {
  return grants ? grantedAccess(grants) : openAccess
}

const openAccess: Access = {
  judge({ kind, roles }, action) {
    const reaches = kind === 'system' || roles.includes('admin') ? allReaches : everydayReaches
    return verdictOf(reaches.get(action))
  },
}

/** Reaches are worked out once per role and object of the grants, so a judgement is two look-ups a role. */
function grantedAccess(grants: RoleGrants): Access {
  const byRole = new Map(Object.entries(grants).map(([role, objects]) => [role, compileRole(role, objects)]))
  const reachOf = ({ kind, roles }: Actor, action: Action, object: string): Reach | undefined => {
    if (kind === 'system') return allReaches.get(action)
    let widest: Reach | undefined
    for (const role of roles) {
      const objects = byRole.get(role)
      const reach = wider(objects?.get('*')?.get(action), objects?.get(object)?.get(action))
      if (reach === 'all') return reach
      widest = wider(widest, reach)
    }
    return widest
  }
  return { judge: (actor, action, object) => verdictOf(reachOf(actor, action, object)) }
}

function compileRole(role: string, objects: RoleGrants[string]): ReadonlyMap<string, Reaches> {
  if (objects === '*') return new Map([['*', allReaches]])
  return new Map(
    Object.entries(objects).map(([object, grant]) => [object, grant === '*' ? allReaches : compileGrant(`${role}.${object}`, grant)]),
  )
}

function compileGrant(where: string, grant: Grant): Reaches {
  if (typeof grant !== 'object' || grant === null) throw invalid(`${where} must be "*", a list of actions, or a reach per action`)
  const entries: [string, unknown][] = isList(grant) ? grant.map((action) => [action, 'all']) : Object.entries(grant)
  return new Map(entries.map(([action, reach]) => [knownAction(where, action), knownReach(where, reach)]))
}

/** A misspelt action would silently allow nothing. */
function knownAction(where: string, action: string): Action {
  const known = actions.find((candidate) => candidate === action)
  if (known) return known
  throw invalid(`${where} grants the unknown action "${action}"`)
}

function knownReach(where: string, reach: unknown): Reach {
  if (reach === 'all' || reach === 'own') return reach
  throw invalid(`${where} grants the unknown reach "${String(reach)}"`)
}

function reachesOf(granted: readonly Action[]): Reaches {
  return new Map(granted.map((action) => [action, 'all']))
}

function wider(a: Reach | undefined, b: Reach | undefined): Reach | undefined {
  return a === 'all' || b === 'all' ? 'all' : (a ?? b)
}

function verdictOf(reach: Reach | undefined): Verdict {
  return reach ? verdicts[reach] : refused
}

function isList(grant: Grant): grant is readonly Action[] {
  return Array.isArray(grant)
}

function invalid(reason: string) {
  return crmError('PARAMETER_INVALID', { name: 'access', reason })
}

import { crmError } from '../error/crm-error.ts'
import { fullMay } from '../object/field-right.ts'
import { type Access, type Action, actions, type FieldGrants, type Grant, type Reach, type RoleGrants, type Verdict } from './access.ts'
import type { Actor } from './actor.ts'
import { mayOfRoles } from './field-rules.ts'

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
  field: ({ kind, roles }, _object, field) =>
    kind === 'system' || roles.includes('admin') ? fullMay : mayOfRoles(roles, field, () => undefined),
}

/** Reaches are worked out once per role and object of the grants, so a judgement is two look-ups a role. */
function grantedAccess(grants: RoleGrants): Access {
  const byRole = new Map(Object.entries(grants).map(([role, objects]) => [role, compileRole(role, objects)]))
  const isAll = (role: string, object: string): boolean => {
    const objects = grants[role]
    return objects === '*' || objects?.[object] === '*' || (objects?.['*'] === '*' && objects[object] === undefined)
  }
  const fieldsOf = (role: string, object: string): FieldGrants | undefined => {
    const objects = grants[role]
    if (objects === undefined || objects === '*') return undefined
    return fieldGrants(objects[object]) ?? fieldGrants(objects['*'])
  }
  const roleReach = (role: string, action: Action, object: string): Reach | undefined => {
    const objects = byRole.get(role)
    return wider(objects?.get('*')?.get(action), objects?.get(object)?.get(action))
  }
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
  return {
    judge: (actor, action, object) => verdictOf(reachOf(actor, action, object)),
    field(actor, object, field) {
      if (actor.kind === 'system' || actor.roles.some((role) => isAll(role, object))) return fullMay
      // A role that reaches less than all together must not open a field on records that only the others reach.
      const counting = (action: Action) => {
        const widest = reachOf(actor, action, object)
        return actor.roles.filter((role) => widest !== undefined && roleReach(role, action, object) === widest)
      }
      const of = (roles: readonly string[]) => mayOfRoles(roles, field, (role) => fieldsOf(role, object))
      const [readers, updaters, creators] = [counting('read'), counting('update'), counting('create')]
      const { read, reveal } = of(readers)
      const writers = [updaters, creators].filter((roles) => roles.length > 0)
      return { read, reveal, write: writers.length > 0 && writers.every((roles) => of(roles).write) }
    },
  }
}

function compileRole(role: string, objects: RoleGrants[string]): ReadonlyMap<string, Reaches> {
  if (objects === '*') return new Map([['*', allReaches]])
  return new Map(
    Object.entries(objects).map(([object, grant]) => [object, grant === '*' ? allReaches : compileGrant(`${role}.${object}`, grant)]),
  )
}

function compileGrant(where: string, grant: Grant): Reaches {
  if (typeof grant !== 'object' || grant === null) throw invalid(`${where} must be "*", a list of actions, or a reach per action`)
  const entries: [string, unknown][] = isList(grant)
    ? grant.map((action) => [action, 'all'])
    : Object.entries(grant).filter(([name]) => name !== 'fields')
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

function fieldGrants(grant: '*' | Grant | undefined): FieldGrants | undefined {
  return typeof grant === 'object' && !isList(grant) ? grant.fields : undefined
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

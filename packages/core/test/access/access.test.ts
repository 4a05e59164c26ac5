import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, actions, type RoleGrants } from '../../src/access/access.ts'
import type { Actor } from '../../src/access/actor.ts'
import { createAccess } from '../../src/access/create-access.ts'

const actorWith = (roles: readonly string[], kind: Actor['kind'] = 'user'): Actor => ({
  id: 'u1',
  tenant: 't1',
  kind,
  roles,
  teamIds: [],
  name: null,
  locale: null,
})

/** Allowed actions with their reach, as short text: `read:own update:all`. */
const matrix = (grants: RoleGrants | undefined, actor: Actor, object: string): string => {
  const access = createAccess(grants)
  return actions
    .flatMap((action) => {
      const verdict = access.judge(actor, action, object)
      return verdict.allowed ? `${action}:${verdict.reach}` : []
    })
    .join(' ')
}

const records = 'read:all create:all update:all delete:all restore:all'
const everything = `${records} define:all import:all`

describe('without grants', () => {
  it.each<[string, Actor, string]>([
    ['somebody without a role', actorWith([]), records],
    ['a role nobody knows', actorWith(['rep']), records],
    ['an integration', actorWith([], 'integration'), records],
    ['an admin', actorWith(['rep', 'admin']), everything],
    ['the system', actorWith([], 'system'), everything],
  ])('%s may do this much', (_, actor, expected) => {
    expect(matrix(undefined, actor, 'deal')).toBe(expected)
  })
})

describe('with grants', () => {
  const grants: RoleGrants = {
    boss: '*',
    rep: { deal: { read: 'all', update: 'own', create: 'all' }, lead: ['read'] },
    owner: { deal: { update: 'all', delete: 'own' }, '*': { read: 'own' } },
    clerk: { '*': ['read'], deal: '*' },
    idle: {},
    constructor: { deal: ['read'] as const },
  }

  it.each<[string, Actor, string, string]>([
    ['no role', actorWith([]), 'deal', ''],
    ['a role without grants', actorWith(['idle']), 'deal', ''],
    ['a role that is not in the grants', actorWith(['admin']), 'deal', ''],
    ['the name of something every object has', actorWith(['toString', '__proto__']), 'deal', ''],
    ['a role of an unlucky name', actorWith(['constructor']), 'deal', 'read:all'],
    ['a role with everything', actorWith(['boss']), 'anything', everything],
    ['a list of actions', actorWith(['rep']), 'lead', 'read:all'],
    ['a reach per action', actorWith(['rep']), 'deal', 'read:all create:all update:own'],
    ['an object that was not named', actorWith(['rep']), 'contact', ''],
    ['all objects by *', actorWith(['owner']), 'contact', 'read:own'],
    ['* and the object together', actorWith(['owner']), 'deal', 'read:own update:all delete:own'],
    ['everything on one object', actorWith(['clerk']), 'deal', everything],
    ['two roles: they add up, the widest reach wins', actorWith(['rep', 'owner']), 'deal', 'read:all create:all update:all delete:own'],
    ['an integration like anybody', actorWith(['rep'], 'integration'), 'lead', 'read:all'],
    ['the system, whatever is granted', actorWith([], 'system'), 'deal', everything],
  ])('%s', (_, actor, object, expected) => {
    expect(matrix(grants, actor, object)).toBe(expected)
  })

  it('a role more never takes anything away, and their order changes nothing', () => {
    const role = fc.constantFrom(...Object.keys(grants))
    fc.assert(
      fc.property(fc.array(role), role, fc.constantFrom('deal', 'lead', 'contact'), (roles, more, object) => {
        const before = matrix(grants, actorWith(roles), object)
        const after = matrix(grants, actorWith([...roles, more]), object)
        expect(matrix(grants, actorWith([more, ...roles]), object)).toBe(after)
        for (const allowed of before.split(' ').filter(Boolean)) expect(after).toContain(allowed.replace(':own', ':'))
      }),
    )
  })

  it.each<[string, unknown, string]>([
    ['an action', { rep: { deal: ['raed'] } }, 'rep.deal grants the unknown action "raed"'],
    ['a reach', { rep: { deal: { read: 'team' } } }, 'rep.deal grants the unknown reach "team"'],
    ['a grant', { rep: { deal: 'read' } }, 'rep.deal must be'],
  ])('misspelt %s is refused at once', (_, wrong, reason) => {
    expect(() => createAccess(wrong as RoleGrants)).toThrow(reason)
  })

  it('knows every action there is', () => {
    const known: readonly Action[] = ['read', 'create', 'update', 'delete', 'restore', 'define', 'import']
    expect(actions).toEqual(known)
  })
})

import { describe, expect, it } from 'vitest'
import type { Identity } from '../../src/access/actor.ts'
import { toActor } from '../../src/access/to-actor.ts'

describe('an identity', () => {
  it('becomes an actor with everything filled in', () => {
    expect(toActor({ id: 'u1' }, 't1')).toEqual({ id: 'u1', tenant: 't1', kind: 'user', roles: [], teamIds: [], name: null, locale: null })
    const full: Identity = {
      id: 'u1',
      tenant: 't2',
      kind: 'integration',
      roles: ['rep'],
      teamIds: ['north'],
      name: '王芳',
      locale: 'zh-CN',
    }
    expect(toActor(full, 't1')).toEqual(full)
  })

  it('is copied: what the host changes later changes nothing', () => {
    const roles = ['rep']
    const actor = toActor({ id: 'u1', tenant: 't1', roles })
    roles.push('admin')
    expect(actor.roles).toEqual(['rep'])
    expect(() => (actor.roles as string[]).push('admin')).toThrow(TypeError)
    expect(() => Object.assign(actor, { kind: 'system' })).toThrow(TypeError)
  })

  it('that is missing is nobody', () => {
    expect(() => toActor(null, 't1')).toThrow('UNAUTHENTICATED')
    expect(() => toActor(undefined, 't1')).toThrow('UNAUTHENTICATED')
  })

  it('without a tenant is refused, unless the CRM has one', () => {
    expect(() => toActor({ id: 'u1' })).toThrow('TENANT_MISSING')
    expect(() => toActor({ id: 'u1', tenant: '' })).toThrow('TENANT_MISSING')
  })

  it.each<[string, unknown]>([
    ['no object', 'u1'],
    ['no id', {}],
    ['an empty id', { id: '' }],
    ['a number as id', { id: 7 }],
    ['an id of 201 characters', { id: 'x'.repeat(201) }],
    ['an id with a control character', { id: 'a\u0000b' }],
    ['an id with half a character', { id: '\ud800' }],
    ['the tenant of the instance itself', { id: 'u1', tenant: '*' }],
    ['a number as tenant', { id: 'u1', tenant: 3 }],
    ['an unknown kind', { id: 'u1', kind: 'root' }],
    ['roles that are no list', { id: 'u1', roles: 'admin' }],
    ['a role that is no text', { id: 'u1', roles: [{}] }],
    ['101 roles', { id: 'u1', roles: Array(101).fill('rep') }],
    ['a team id that is too long', { id: 'u1', teamIds: ['x'.repeat(201)] }],
    ['a name that is no text', { id: 'u1', name: 5 }],
    ['a locale that is none', { id: 'u1', locale: 'zh CN; drop' }],
  ])('with %s is refused', (_, identity) => {
    expect(() => toActor(identity as Identity, 't1')).toThrow('IDENTITY_INVALID')
  })

  it('may have an id of 200 characters and 100 roles', () => {
    expect(toActor({ id: 'x'.repeat(200), roles: Array(100).fill('rep') }, 't1').roles).toHaveLength(100)
  })

  it('with a name too long keeps the beginning of it', () => {
    expect(toActor({ id: 'u1', name: `${'名'.repeat(300)}` }, 't1').name).toHaveLength(200)
  })
})

import { crmError } from '../error/crm-error.ts'
import type { Actor, Identity } from './actor.ts'

/** Bounds of what a host says of somebody. */
const identityLimits = { id: 200, name: 200, locale: 35, roles: 100, teams: 1_000 } as const

const kinds: readonly string[] = ['user', 'system', 'integration'] satisfies readonly Actor['kind'][]

/** The tenant of rows that belong to the instance itself. */
const reservedTenant = '*'

/** Fills in and checks an identity. Throws UNAUTHENTICATED for none, TENANT_MISSING, and IDENTITY_INVALID with a reason. */
export function toActor(identity: Identity | null | undefined, defaultTenant?: string): Actor {
  if (identity === null || identity === undefined) throw crmError('UNAUTHENTICATED')
  if (typeof identity !== 'object') throw invalid('it must be an object with an id')
  const { kind = 'user', tenant = defaultTenant } = identity
  if (tenant === undefined || tenant === null || tenant === '') throw crmError('TENANT_MISSING')
  if (tenant === reservedTenant) throw invalid('the tenant “*” is reserved')
  if (!kinds.includes(kind)) throw invalid(`its kind must be ${kinds.join(', ')}`)
  return Object.freeze({
    id: textId('id', identity.id),
    tenant: textId('tenant', tenant),
    kind,
    roles: textIds('roles', identity.roles, identityLimits.roles),
    teamIds: textIds('teamIds', identity.teamIds, identityLimits.teams),
    name: shownName(identity.name),
    locale: locale(identity.locale),
  })
}

/** Is this an id as a host may give it: text of 1 to 200 characters, none of them a control character? */
export function isTextId(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length > 0 && value.length <= identityLimits.id && !/\p{Cc}/u.test(value) && value.isWellFormed()
  )
}

function textId(name: string, value: unknown): string {
  if (isTextId(value)) return value
  throw invalid(`${name} must be text of 1 to ${identityLimits.id} characters`)
}

function textIds(name: string, values: unknown, limit: number): readonly string[] {
  if (values === undefined || values === null) return none
  if (!Array.isArray(values) || values.length > limit) throw invalid(`${name} must be a list of at most ${limit}`)
  return Object.freeze(values.map((value: unknown, index) => textId(`${name}[${index}]`, value)))
}

/** A name is only shown: a long one is cut rather than locking its bearer out. */
function shownName(name: unknown): string | null {
  if (name === undefined || name === null || name === '') return null
  if (typeof name !== 'string') throw invalid('name must be text')
  return name
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, identityLimits.name)
    .toWellFormed()
}

function locale(tag: unknown): string | null {
  if (tag === undefined || tag === null || tag === '') return null
  if (typeof tag === 'string' && tag.length <= identityLimits.locale && /^[\w-]+$/.test(tag)) return tag
  throw invalid('locale must be a BCP 47 tag')
}

const none: readonly string[] = Object.freeze([])

function invalid(reason: string) {
  return crmError('IDENTITY_INVALID', { reason })
}

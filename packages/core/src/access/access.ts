import type { FieldDefinition } from '../object/definition.ts'
import type { FieldMay, FieldRight } from '../object/field-right.ts'
import type { Actor } from './actor.ts'

/** What can be allowed on an object. `define` changes definitions, `import` sets when something was true. */
export const actions = ['read', 'create', 'update', 'delete', 'restore', 'define', 'import'] as const

/** One of {@link actions}. */
export type Action = (typeof actions)[number]

/** Which records an action reaches: all, or those the actor owns. */
export type Reach = 'all' | 'own'

/** What a judgement reaches: besides {@link Reach}, one's own records and those whose column of that name is true. */
export type Reached = Reach | `own or ${string}`

/** Rights on fields by name; a field that is not named is open. */
export type FieldGrants = Readonly<Record<string, FieldRight>>

/** Allowed actions of a role on an object: a list (all records), or a reach per action. `fields`: what the role may do with which field. */
export type Grant = readonly Action[] | (Readonly<Partial<Record<Action, Reach>>> & { readonly fields?: FieldGrants })

/** Role → object (or `*`) → grant. `*` as the whole grant allows everything. What is not granted is refused. */
export type RoleGrants = Readonly<Record<string, '*' | Readonly<Record<string, '*' | Grant>>>>

/** The answer of the one door: refused, or allowed with the records it reaches. */
export type Verdict = { readonly allowed: false } | { readonly allowed: true; readonly reach: Reached }

/** The one door every read and write passes. */
export interface Access {
  judge(actor: Actor, action: Action, object: string): Verdict
  /** What the actor may do with a field of an object they have some right to. */
  field(actor: Actor, object: string, field: FieldDefinition): FieldMay
}

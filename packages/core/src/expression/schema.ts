import type { Computation } from './computation.ts'
import { anyDecimal, anyInt, anyNumber, type Range, type Type } from './type.ts'

interface Words {
  readonly 'zh-CN': string
  readonly en: string
}

/** A field as expressions see it. */
export interface ExpressionField {
  /** As the API names it; admin fields are `custom.<name>`. */
  readonly name: string
  /** The object it is a field of. */
  readonly object: string
  readonly type: Type
  readonly label: Words
  readonly range?: Range
  readonly options?: readonly { readonly value: string; readonly label?: Words }[]
  readonly nullable: boolean
  /** The schema of the object that a reference or children lead to. */
  readonly leadsTo?: () => ExpressionSchema | undefined
  /** The currency of an amount instead of the amount. */
  readonly part?: 'currency'
  /** Is it a formula that is worked out at each read? */
  readonly onRead?: boolean
  /** Where the value is not kept but computed at each read. */
  readonly computed?: () => Computation
}

/** The fields of one object, looked up by name. */
export interface ExpressionSchema {
  readonly object: string
  field(name: string): ExpressionField | undefined
}

/** The part of an object definition that expressions need: the compiled one of the server and the view of the HTTP API both have it. */
export interface ObjectLike {
  readonly name: string
  readonly fields: readonly FieldLike[]
}

/** A field of {@link ObjectLike}. */
export interface FieldLike {
  readonly name: string
  readonly kind: string
  readonly label?: Words
  readonly options?: ExpressionField['options']
  readonly minimum?: number | null
  readonly maximum?: number | null
  readonly scale?: number | null
  readonly to?: string | null
  readonly by?: string | null
  /** Its reader does not see its values, so expressions of theirs do not either. */
  readonly masked?: unknown
  readonly formula?: { readonly mode: 'stored' | 'read' } | null
}

/** The checked formula of a field that is computed on read. */
export type Computations = (object: string, field: string) => Computation

/** What paths through people and teams lead to. No object of a plugin can be called so. */
export const personObject = '$person'
export const teamObject = '$team'

const typesOfKinds: Readonly<Record<string, Type['is']>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  url: 'text',
  integer: 'int',
  number: 'num',
  decimal: 'decimal',
  money: 'money',
  boolean: 'bool',
  date: 'date',
  instant: 'instant',
  choice: 'choice',
  multiChoice: 'codes',
  reference: 'id',
  anyReference: 'id',
  user: 'id',
  links: 'ids',
  children: 'set',
}

const known = new WeakMap<ObjectLike, Map<string, ExpressionField>>()

/**
 * The schema of an object; `objects` finds those its references lead to, and people and teams. Without `computations` fields computed on read are read from
 * the record as it was given.
 */
export function schemaOf(
  object: ObjectLike,
  objects: (name: string) => ObjectLike | undefined = () => undefined,
  computations?: Computations,
): ExpressionSchema {
  const byName = known.get(object) ?? fieldsOf(object)
  known.set(object, byName)
  return {
    object: object.name,
    field(name) {
      // `customer` may be written for `customerId`.
      const found = byName.get(name) ?? byName.get(`${name}Id`)
      const field = computations && found?.onRead ? { ...found, computed: () => computations(object.name, found.name) } : found
      if (!field?.type.to) return field
      const { to } = field.type
      return {
        ...field,
        leadsTo: () => {
          const target = objects(to)
          return target && schemaOf(target, objects, computations)
        },
      }
    },
  }
}

function fieldsOf(object: ObjectLike): Map<string, ExpressionField> {
  const seen = object.fields.filter(({ masked }) => !masked)
  const byName = new Map(seen.map((field) => [field.name, fieldOf(object.name, field)]))
  if (!byName.has('id')) byName.set('id', fieldOf(object.name, { name: 'id', kind: 'reference' }))
  return byName
}

const neverNull = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy'])

function fieldOf(object: string, field: FieldLike): ExpressionField {
  const type = typeOf(field)
  return {
    name: field.name,
    object,
    type,
    label: field.label ?? { 'zh-CN': field.name, en: field.name },
    onRead: field.formula?.mode === 'read',
    nullable: !neverNull.has(field.name) && type.is !== 'codes' && type.is !== 'ids',
    range: rangeOf(type, field),
    ...(field.options && field.options.length > 0 && { options: field.options }),
  }
}

function typeOf(field: FieldLike): Type {
  const { kind, scale } = field
  const is = Object.hasOwn(typesOfKinds, kind) ? (typesOfKinds[kind] ?? 'other') : 'other'
  if (is === 'decimal') return { is, scale: scale ?? 2 }
  const to = targetOf(field)
  return to ? { is, to } : { is }
}

/** The object that a field leads to. A record's own id leads nowhere: it is the record. */
function targetOf({ name, kind, to }: FieldLike): string | null | undefined {
  if (name === 'id') return null
  if (kind === 'user') return personObject
  // Every record has its team as a text, because hosts name their teams.
  if (name === 'teamId' && kind === 'text') return teamObject
  return kind === 'reference' || kind === 'links' || kind === 'children' ? to : null
}

function rangeOf(type: Type, { minimum, maximum }: FieldLike): Range | undefined {
  const widest = { int: anyInt, money: anyInt, decimal: anyDecimal, num: anyNumber, instant: { max: 8.64e15, tiny: 1 } }[type.is as 'int']
  const bound = Math.max(...[minimum, maximum].map((end) => Math.abs(end ?? Number.POSITIVE_INFINITY)))
  return widest && { max: Math.min(widest.max, bound * 10 ** (type.scale ?? 0)), tiny: widest.tiny }
}

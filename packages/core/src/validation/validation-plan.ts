import type { FieldKind } from '../kind/kind.ts'
import { kindOf } from '../kind/registry.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import { ajvValidator } from '../schema/ajv-validator.ts'
import type { Validator } from '../schema/validator.ts'
import { recordSchema } from './record-schema.ts'

/** One field as validation sees it. */
export interface FieldPlan {
  readonly field: FieldDefinition
  readonly kind: FieldKind
  /** Its key in the values, or in `custom`. */
  readonly key: string
  readonly isAdmin: boolean
  /** JSON pointer. */
  readonly path: string
  /** Lists are empty rather than null. */
  readonly isList: boolean
  /** See {@link FieldKind.settled}; null = its values are always looked at. */
  readonly isSettled: ((value: unknown) => boolean) | null
  /** Who may send it: anyone, only code, or nobody, because the runner sets it. */
  readonly sender: 'anyone' | 'code' | 'nobody'
}

/** The keys of a new record in their order, and what they mean. */
export interface Layout {
  readonly keys: readonly string[]
  readonly plans: readonly (FieldPlan | undefined)[]
  /** Fields of code that a new record has besides them. */
  readonly absent: readonly FieldPlan[]
}

/** A definition made ready for checking records. */
export interface ValidationPlan {
  readonly fields: ReadonlyMap<string, FieldPlan>
  readonly custom: ReadonlyMap<string, FieldPlan>
  readonly validator: Validator
  /** Fields that a new record has, besides its id. */
  readonly writable: readonly FieldPlan[]
  readonly writableCustom: readonly FieldPlan[]
  /** An empty draft: one literal that is cloned, so that the validator meets one hidden class only. */
  readonly blank: Readonly<Record<string, unknown>>
  readonly blankCustom: Readonly<Record<string, unknown>>
  /** Fields that must have a value once hooks have run. */
  readonly required: readonly FieldPlan[]
  /** Names of everything a new record has when it is checked; admin fields as `custom.<name>`. */
  readonly created: readonly string[]
}

const layouts = new WeakMap<ValidationPlan, Layout>()
const mostKeys = 1_000

/** The layout of a new record. Records that come one after the other mostly have the same, so the last one is remembered. */
export function layoutOf(plan: ValidationPlan, keys: readonly string[]): Layout {
  const last = layouts.get(plan)
  if (last && isSame(last.keys, keys)) return last
  const known = new Set(keys)
  const made = { keys, plans: keys.map((key) => plan.fields.get(key)), absent: plan.writable.filter(({ key }) => !known.has(key)) }
  if (keys.length <= mostKeys) layouts.set(plan, made)
  return made
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}

const plans = new WeakMap<ObjectDefinition, ValidationPlan>()

/** The plan of a definition, made once. */
export function validationPlan(definition: ObjectDefinition): ValidationPlan {
  const known = plans.get(definition)
  if (known) return known
  const made = makePlan(definition)
  plans.set(definition, made)
  return made
}

function makePlan(definition: ObjectDefinition): ValidationPlan {
  const all = definition.fields.map(fieldPlan)
  const fields = new Map(all.filter((plan) => !plan.isAdmin).map((plan) => [plan.key, plan]))
  const custom = new Map(all.filter((plan) => plan.isAdmin).map((plan) => [plan.key, plan]))
  const writableCustom = [...custom.values()].filter((plan) => plan.sender !== 'nobody')
  const writable = [...fields.values()].filter((plan) => plan.sender !== 'nobody' && plan.key !== 'id')
  const blankOf = (plans: Iterable<FieldPlan>) => Object.fromEntries(Array.from(plans, (plan) => [plan.key, undefined]))
  const stamps = all.filter((plan) => plan.sender === 'nobody' && plan.field.layer === 'system' && plan.key !== 'id')
  return {
    fields,
    custom,
    validator: ajvValidator(recordSchema(definition)),
    writable,
    writableCustom,
    // The stamps come with the literal, too, although they are set later: adding them to each record would cost more.
    blank: { id: undefined, ...blankOf(writable), custom: undefined, ...blankOf(stamps) },
    blankCustom: blankOf(writableCustom),
    required: writable.filter(({ field }) => field.required),
    created: ['id', ...writable.map(({ key }) => key), ...writableCustom.map(({ key }) => `custom.${key}`)],
  }
}

function fieldPlan(field: FieldDefinition): FieldPlan {
  const admin = adminName(field)
  const kind = kindOf(field.kind)
  return {
    field,
    kind,
    isSettled: kind.settled?.(field) ?? null,
    key: admin ?? field.name,
    isAdmin: admin !== null,
    path: admin === null ? `/${field.name}` : `/custom/${admin}`,
    isList: field.kind === 'multiChoice' || field.kind === 'links',
    sender: senderOf(field),
  }
}

function senderOf(field: FieldDefinition): FieldPlan['sender'] {
  if (field.formula || field.kind === 'children' || (field.layer === 'system' && field.readOnly)) return 'nobody'
  return field.readOnly ? 'code' : 'anyone'
}

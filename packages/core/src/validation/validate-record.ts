import { type CrmError, crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { type KindContext, KindRefusal } from '../kind/kind.ts'
import type { ComputedDefault } from '../logic/defaults.ts'
import type { ObjectDefinition } from '../object/definition.ts'
import { adminName } from '../object/ext-codec.ts'
import { escapePointer, faultIssue } from '../schema/fault-issue.ts'
import { type FieldPlan, type Layout, layoutOf, type ValidationPlan, validationPlan } from './validation-plan.ts'

type Values = Record<string, unknown>

/** What validation depends on besides the values. */
export interface ValidationContext extends KindContext {
  /** True for hooks and the system: they may set read-only fields. */
  readonly privileged?: boolean
  /** Defaults that are computed for a new record. */
  readonly defaults?: ComputedDefaults
}

/** Computed defaults, each after those it uses, and what they may ask. */
export interface ComputedDefaults {
  readonly list: readonly ComputedDefault[]
  readonly context: ExpressionContext
}

/** Values in their one spelling, and everything that is wrong with what was sent. With issues, the values are not to be used. */
export interface Normalised {
  /** Nested as the API spells records: admin fields in `custom`. */
  readonly values: Values
  readonly issues: readonly CrmError[]
  /** Fields that a computed default filled in. */
  readonly defaulted?: readonly string[]
}

/** Nobody reads more than this at once, and a body of nonsense must not become an answer many times its size. */
const mostIssues = 100

/** A record, and the fields that code has set. */
interface Coded {
  readonly authors: ReadonlyMap<string, unknown>
  readonly next: Readonly<Values>
}

/** Sent values, sorted out before any schema sees them. */
interface Draft {
  /** Values that are there. */
  readonly values: Values
  custom: Values | undefined
  /** Sent values that the schema and their kind have still to look at. */
  readonly unsettled: FieldPlan[]
  /** Sent without a value: null, or empty text. */
  readonly emptied: FieldPlan[]
  readonly issues: CrmError[]
}

/**
 * Checks a new record. The values are complete: what was not sent has its default, null, or an empty list. `id` is there only when
 * it was sent.
 */
export function validateCreate(definition: ObjectDefinition, values: unknown, context: ValidationContext): Normalised {
  const plan = validationPlan(definition)
  const custom = { ...plan.blankCustom }
  const draft: Draft = { values: { ...plan.blank, custom }, custom, unsettled: [], emptied: [], issues: [] }
  const layout = isRecord(values) ? layoutOf(plan, Object.keys(values)) : null
  const isWhole = sortOut(draft, plan, values, context, layout)
  normalise(draft, plan, context)
  complete(draft, layout && isWhole && draft.emptied.length === 0 ? layout.absent : plan.writable, draft.values, context)
  complete(draft, plan.writableCustom, draft.custom ?? {}, context)
  const defaulted = context.defaults ? fillDefaults(draft, plan, context.defaults, context) : undefined
  return { values: draft.values, issues: bounded(draft.issues), defaulted }
}

/** Checks a change. Only sent fields are in the values. */
export function validatePatch(definition: ObjectDefinition, values: unknown, context: ValidationContext): Normalised {
  const plan = validationPlan(definition)
  const draft: Draft = { values: {}, custom: undefined, unsettled: [], emptied: [], issues: [] }
  sortOut(draft, plan, values, context, null)
  normalise(draft, plan, context)
  for (const field of draft.emptied) empty(draft, field, context)
  return { values: draft.values, issues: bounded(draft.issues) }
}

/** Is all that was set spelled as it is stored? Where that would have to be looked at, the answer is no. */
export function isInOrder(definition: ObjectDefinition, { authors, next }: Coded): boolean {
  const { fields } = validationPlan(definition)
  for (const name of authors.keys()) {
    const value = next[name]
    const plan = fields.get(name)
    const maySet = plan !== undefined && plan.sender !== 'nobody' && name !== 'id'
    if (!maySet || plan.isSettled?.(value) !== true || (typeof value === 'string' && value.trim() !== value)) return false
  }
  return true
}

const noIssues: readonly CrmError[] = []

/** Required fields without a value, as issues: for the record as it is after hooks have run. */
export function requiredIssues(definition: ObjectDefinition, record: Readonly<Values>): readonly CrmError[] {
  const { required: plans } = validationPlan(definition)
  const missing = ({ key }: FieldPlan): boolean => isEmpty(record[key])
  return plans.some(missing) ? plans.filter(missing).map(required) : noIssues
}

const bounded = (issues: CrmError[]) => (issues.length > mostIssues ? issues.slice(0, mostIssues) : issues)

const isEmpty = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const isRecord = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Only new records have a layout. Answers whether every key had a value that may be there. */
function sortOut(draft: Draft, plan: ValidationPlan, values: unknown, context: ValidationContext, layout: Layout | null): boolean {
  if (!isRecord(values)) {
    draft.issues.push(crmError('VALUE_TYPE', { expected: 'object' }, { path: '' }))
    return false
  }
  const keys = layout?.keys ?? Object.keys(values)
  let isWhole = true
  for (let index = 0; index < keys.length; index++) {
    if (draft.issues.length >= mostIssues) return false
    const key = keys[index] as string
    const value = values[key]
    if (value === undefined) isWhole = false
    else if (key === 'custom') sortOutCustom(draft, plan, value, context)
    else take(draft, draft.values, layout ? layout.plans[index] : plan.fields.get(key), key, '', value, context, layout !== null)
  }
  return isWhole && draft.issues.length === 0
}

function sortOutCustom(draft: Draft, plan: ValidationPlan, values: unknown, context: ValidationContext): void {
  if (!isRecord(values)) {
    draft.issues.push(crmError('VALUE_TYPE', { expected: 'object' }, { path: '/custom' }))
    return
  }
  const custom = customOf(draft)
  for (const key of Object.keys(values)) {
    if (draft.issues.length >= mostIssues) return
    const value = values[key]
    if (value !== undefined) take(draft, custom, plan.custom.get(key), key, '/custom', value, context, true)
  }
}

function customOf(draft: Draft): Values {
  if (draft.custom) return draft.custom
  const made: Values = {}
  draft.custom = made
  draft.values.custom = made
  return made
}

function take(
  draft: Draft,
  into: Values,
  plan: FieldPlan | undefined,
  key: string,
  base: string,
  value: unknown,
  context: ValidationContext,
  isNew: boolean,
): void {
  if (!plan) {
    const field = base === '' ? key : `custom.${key}`
    draft.issues.push(crmError('FIELD_UNKNOWN', { field }, { path: `${base}/${escapePointer(key)}` }))
    return
  }
  if (!maySend(plan, context, isNew)) {
    const code = plan.field.formula ? 'FIELD_COMPUTED' : 'FIELD_READ_ONLY'
    draft.issues.push(crmError(code, { field: plan.field.name }, { path: plan.path }))
    return
  }
  // Trimmed here already, so that the schema counts the characters that will be stored.
  const trimmed = typeof value === 'string' ? value.trim() : value
  if (trimmed === null || trimmed === '') {
    draft.emptied.push(plan)
    return
  }
  into[plan.key] = trimmed
  if (plan.isSettled?.(trimmed) !== true) draft.unsettled.push(plan)
}

function maySend({ sender, key, isAdmin }: FieldPlan, { privileged }: ValidationContext, isNew: boolean): boolean {
  if (key === 'id' && !isAdmin) return isNew
  return sender === 'anyone' || (sender === 'code' && privileged === true)
}

function normalise(draft: Draft, plan: ValidationPlan, context: ValidationContext): void {
  if (draft.unsettled.length === 0) return
  const wrong = breaches(draft, plan)
  for (const field of draft.unsettled) {
    if (wrong?.has(field)) continue
    const into = field.isAdmin ? draft.custom : draft.values
    if (into) normaliseOne(draft, field, into, context)
  }
}

function normaliseOne(draft: Draft, plan: FieldPlan, into: Values, context: ValidationContext): void {
  const { kind, field, key } = plan
  if (!kind.normalise) return
  try {
    const value = kind.normalise(into[key], field, context)
    into[key] = value
    if (field.required && isEmpty(value)) draft.emptied.push(plan)
  } catch (error) {
    if (!(error instanceof KindRefusal)) throw error
    draft.issues.push(crmError(error.code, error.params, { path: plan.path }))
  }
}

/** Asks the schema, and says which fields are not to be looked at any further. */
function breaches(draft: Draft, plan: ValidationPlan): Set<FieldPlan> | undefined {
  const faults = plan.validator.check(draft.values)
  if (faults.length === 0) return undefined
  const wrong = new Set<FieldPlan>()
  for (const fault of faults) {
    const [, first = '', second = ''] = fault.path.split('/')
    const broken = first === 'custom' ? plan.custom.get(second) : plan.fields.get(first)
    if (!broken) continue
    wrong.add(broken)
    const issue = faultIssue(fault, broken.field, fault.path)
    // What has the wrong type is also no option; the first says enough.
    if (!hasIssue(draft, issue.path)) draft.issues.push(issue)
  }
  return wrong
}

/** Fills in what a new record was not sent. */
function complete(draft: Draft, plans: readonly FieldPlan[], into: Values, context: ValidationContext): void {
  for (const plan of plans) {
    const { key, field } = plan
    if (into[key] !== undefined && !(field.required && isEmpty(into[key]))) continue
    if (isComputedLater(draft, plan, context)) continue
    if (field.default !== null && !draft.emptied.includes(plan)) into[key] = field.default
    else {
      into[key] = plan.isList ? [] : null
      if (isMissing(plan, context) && !hasIssue(draft, plan.path)) draft.issues.push(required(plan))
    }
  }
}

const hasIssue = ({ issues }: Draft, path: string | null): boolean => issues.some((issue) => issue.path === path)

const isComputedLater = (draft: Draft, plan: FieldPlan, { defaults }: ValidationContext): boolean =>
  defaults !== undefined && plan.field.defaultLogic !== null && !draft.emptied.includes(plan)

/** Fills in computed defaults, over what was sent and the constant ones. What comes out must be a value like any other. */
function fillDefaults(
  draft: Draft,
  plan: ValidationPlan,
  { list, context: asked }: ComputedDefaults,
  context: ValidationContext,
): string[] {
  return list.flatMap(({ field, evaluate }) => {
    const own = plan.fields.get(field.name) ?? plan.custom.get(adminName(field) ?? '')
    const into = own?.isAdmin ? customOf(draft) : draft.values
    if (!own || into[own.key] !== undefined) return []
    const value = evaluate(draft.values, asked)
    into[own.key] = value ?? (own.isList ? [] : null)
    if (value === null) {
      if (isMissing(own, context)) draft.issues.push(required(own))
      return []
    }
    const alone = own.isAdmin ? { custom: { [own.key]: value } } : { [own.key]: value }
    const [fault] = plan.validator.check(alone)
    if (fault) draft.issues.push(faultIssue(fault, field, own.path))
    return [field.name]
  })
}

/** Sets a field of a change to nothing. */
function empty(draft: Draft, plan: FieldPlan, context: ValidationContext): void {
  const into = plan.isAdmin ? customOf(draft) : draft.values
  into[plan.key] = plan.isList ? [] : null
  if (isMissing(plan, context)) draft.issues.push(required(plan))
}

/** Read-only fields are filled in by hooks later, so a user cannot have forgotten them. */
const isMissing = ({ field, sender }: FieldPlan, { privileged }: ValidationContext) =>
  field.required && (sender === 'anyone' || privileged === true)

const required = (plan: FieldPlan) => crmError('VALUE_REQUIRED', {}, { path: plan.path })

import { compileExpression, compileField, type ExpressionContext, ExpressionError } from '@guanxi/core/expression'
import { isBlank, nestValues, readField, sameValue } from '../client/record.ts'
import type { Session } from '../client/session.ts'
import type { CrmRecord, FieldView, Me, ObjectView, RecordValues } from '../client/types.ts'
import type { Draft } from './draft.ts'
import type { FormMode } from './layout.ts'

type Condition = (record: RecordValues, context: ExpressionContext) => boolean
type Compute = (record: RecordValues, context: ExpressionContext) => unknown

/** A field whose value other fields decide. */
interface Computed {
  readonly name: string
  readonly touches: readonly string[]
  readonly compute: Compute
}

interface Conditions {
  readonly required: Condition
  readonly hidden: Condition
  readonly readOnly: Condition
}

/** What the conditions say of a field now. */
interface FieldState {
  readonly required: boolean
  readonly hidden: boolean
  readonly readOnly: boolean
}

const FREE: FieldState = { required: false, hidden: false, readOnly: false }
const never: Condition = () => false

/** The expressions of an object in a form, for whoever is signed in. */
export async function formLogic(session: Session, object: ObjectView): Promise<FormLogic> {
  const me = await session.me().catch(() => null)
  return new FormLogic(object, me, () => session.now())
}

/** The expressions of one object in a form, by the very engine that the server judges by. */
export class FormLogic {
  readonly #now: () => number
  readonly #me: Me | null
  readonly #conditions: ReadonlyMap<string, Conditions>
  readonly #formulas: readonly Computed[]
  readonly #defaults: readonly Computed[]
  readonly #views = new Map<string, FieldView>()
  #states = new Map<string, FieldState>()
  #values = new Map<string, unknown>()

  constructor(object: ObjectView, me: Me | null, now: () => number) {
    this.#me = me
    this.#now = now
    this.#conditions = new Map(object.fields.flatMap((field) => (field.when ? [[field.name, conditionsOf(object, field)] as const] : [])))
    this.#formulas = inOrder(object.fields.flatMap((field) => formulaOf(object, field)))
    this.#defaults = inOrder(object.fields.flatMap((field) => defaultOf(object, field)))
  }

  /** Draws the consequences of what stands in the form. True when anything is another than before. */
  follow(draft: Draft, touched: ReadonlySet<string>): boolean {
    const context = this.#context()
    let changed = false
    if (!draft.base) for (const one of this.#defaults) if (!touched.has(one.name)) changed = this.#fill(draft, one, context) || changed
    let record = recordOf(draft)
    const values = new Map<string, unknown>()
    for (const { name, compute } of this.#formulas) {
      const value = compute(record, context)
      values.set(name, value)
      record = withValue(record, name, value)
      changed ||= !sameValue(value, this.#values.get(name))
    }
    const states = new Map([...this.#conditions].map(([name, conditions]) => [name, stateOf(conditions, record, context)] as const))
    changed ||= [...states].some(([name, state]) => !isSame(state, this.#states.get(name) ?? FREE))
    this.#values = values
    this.#states = states
    return changed
  }

  /** Is the field shown now? Undefined where nothing of it decides. What computes itself is shown while it is entered. */
  shows({ name, formula, layer }: FieldView, mode: FormMode, listed: boolean): boolean | undefined {
    if (this.#states.get(name)?.hidden) return false
    return formula && mode !== 'read' && this.#values.has(name) ? listed || layer === 'tenant' : undefined
  }

  /** The value that a field shows: of formulas as they would be saved, of locked fields as they are. */
  shown(name: string, draft: Draft): unknown {
    if (this.#values.has(name)) return this.#values.get(name)
    return this.#states.get(name)?.readOnly ? readField(draft.base, name) : draft.value(name)
  }

  /** The field as it is filled in now; the same object as long as that stays. */
  view(field: FieldView): FieldView {
    const { required, readOnly } = this.#states.get(field.name) ?? FREE
    if (!required && !readOnly) return field
    const key = `${field.name} ${required} ${readOnly}`
    const known = this.#views.get(key) ?? { ...field, required: required || field.required, readOnly: readOnly || field.readOnly }
    this.#views.set(key, known)
    return known
  }

  /** What is to be sent: nothing that is not asked for now. */
  patch(edits: ReadonlyMap<string, unknown>): RecordValues {
    const sent = [...edits].filter(([name]) => !this.#states.get(name)?.hidden && !this.#states.get(name)?.readOnly)
    return nestValues(new Map(sent.map(([name, value]) => [name, value === undefined ? null : value])))
  }

  #fill(draft: Draft, { name, compute }: Computed, context: ExpressionContext): boolean {
    const value = compute(recordOf(draft), context)
    if (sameValue(value, draft.value(name))) return false
    draft.give(name, value)
    return true
  }

  #context(): ExpressionContext {
    const { identity, timeZone } = this.#me ?? {}
    const actor = identity && { id: identity.id, personId: identity.id, teamIds: [], roles: identity.roles ?? [] }
    return { now: this.#now(), zone: timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, ...(actor && { actor }) }
  }
}

function conditionsOf(object: ObjectView, field: FieldView): Conditions {
  const one = (logic: unknown): Condition => {
    const compiled = logic === undefined ? null : orNothing(() => compileExpression(logic, { object, expect: 'condition', mode: 'memory' }))
    return compiled ? (record, context) => compiled.evaluate(record, context) === true : never
  }
  return { required: one(field.when?.required), hidden: one(field.when?.hidden), readOnly: one(field.when?.readOnly) }
}

function formulaOf(object: ObjectView, field: FieldView): Computed[] {
  return field.formula ? computedOf(object, field, field.formula.logic, field.formula.currency) : []
}

function defaultOf(object: ObjectView, field: FieldView): Computed[] {
  const isOpen = field.defaultLogic !== undefined && field.defaultLogic !== null && !field.readOnly
  return isOpen ? computedOf(object, field, field.defaultLogic, null) : []
}

function computedOf(object: ObjectView, field: FieldView, logic: unknown, currency: string | null): Computed[] {
  const compiled = orNothing(() => compileField(logic, field, object, currency))
  return compiled ? [{ name: field.name, touches: compiled.fieldsTouched, compute: compiled.evaluate }] : []
}

/**
 * Nothing where a form cannot tell: for other records, operators of plugins and masked fields. Then the server's value stands, and the
 * server says what is missing when the record is saved.
 */
function orNothing<T>(compile: () => T): T | null {
  try {
    return compile()
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

/** Each after those it uses; the server has refused circles. */
function inOrder(all: readonly Computed[]): readonly Computed[] {
  const ordered = new Set<Computed>()
  const add = (one: Computed): void => {
    if (ordered.has(one)) return
    for (const used of all) if (used !== one && one.touches.includes(used.name)) add(used)
    ordered.add(one)
  }
  for (const one of all) add(one)
  return [...ordered]
}

const stateOf = (conditions: Conditions, record: RecordValues, context: ExpressionContext): FieldState => ({
  required: conditions.required(record, context),
  hidden: conditions.hidden(record, context),
  readOnly: conditions.readOnly(record, context),
})

const isSame = (a: FieldState, b: FieldState): boolean => a.required === b.required && a.hidden === b.hidden && a.readOnly === b.readOnly

/** The record as it would be with what was entered; empty texts are nothing, as they are when they are saved. */
function recordOf({ base, edits }: Draft): RecordValues {
  const entered = nestValues(new Map([...edits].map(([name, value]) => [name, isBlank(value) && !Array.isArray(value) ? null : value])))
  return { ...base, ...entered, custom: { ...base?.custom, ...(entered.custom as CrmRecord['custom']) } }
}

function withValue(record: RecordValues, name: string, value: unknown): RecordValues {
  const nested = nestValues(new Map([[name, value]]))
  return { ...record, ...nested, custom: { ...(record.custom as object), ...(nested.custom as object | undefined) } }
}

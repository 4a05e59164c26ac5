import { type CrmError, crmError } from '../error/crm-error.ts'
import type { ExpressionContext } from '../expression/context.ts'
import { meets, neededBy } from '../logic/needed.ts'
import type { FieldRules } from '../logic/rules.ts'
import type { FieldDefinition } from '../object/definition.ts'
import { fieldValue, type RecordValues } from '../object/field-value.ts'
import { contextOf } from '../read/context.ts'
import type { Scope } from '../scope/scope.ts'
import type { LogicAtWork, ObjectRuntime } from '../tenant/object-runtime.ts'
import type { Draft } from './draft.ts'
import { isKnown, type KnownFields, knownFields, place } from './known.ts'
import { storageValues } from './storage-values.ts'

/** One write, as the conditions of its object see it. */
interface Asked {
  readonly draft: Draft
  readonly known: KnownFields
  readonly touched: ReadonlySet<string>
  readonly context: ExpressionContext
}

/** What the object's conditions and validations have against the record as it would be. Old faults that a write does not touch stay. */
export function logicIssues(scope: Scope, { logic }: ObjectRuntime, draft: Draft): CrmError[] {
  if (!logic) return []
  const asked = askedOf(scope, logic, draft)
  const said = new Set(draft.issues.map(({ path }) => path))
  const fields = logic.fields.flatMap((rules) => [...lockedIssue(scope, rules, asked), ...requiredIssue(rules, asked)])
  const rules = logic.rules.filter((rule) => concerns(rule.needs, asked) && !rule.holds(draft.next, asked.context))
  return [...fields.filter(({ path }) => !said.has(path)), ...rules.map(({ refusal }) => refusal)]
}

/** Empties what a write leaves hidden, where the field says so. True when something was. */
export function clearHidden(scope: Scope, { logic }: ObjectRuntime, draft: Draft): boolean {
  if (!logic) return false
  const asked = askedOf(scope, logic, draft)
  const hidden = logic.fields.filter((rules) => rules.clear && concerns(neededBy(rules), asked) && isHidden(rules, asked))
  const full = hidden.filter(({ field }) => !isEmpty(fieldValue(draft.next, field)))
  for (const { field } of full) place(draft, field, field.kind === 'multiChoice' || field.kind === 'links' ? [] : null)
  return full.length > 0
}

const askedOf = (scope: Scope, { tenant }: LogicAtWork, draft: Draft): Asked => ({
  draft,
  known: knownFields(draft),
  touched: draft.touched,
  context: { ...contextOf(scope, tenant), ...(draft.previous && { previous: draft.previous }) },
})

function concerns(needs: ReadonlySet<string>, { draft, known, touched }: Asked): boolean {
  return isKnown(known, needs) && (draft.operation === 'create' || meets(needs, touched))
}

const isHidden = ({ hidden }: FieldRules, { draft, context }: Asked): boolean => hidden?.holds(draft.next, context) === true

function requiredIssue(rules: FieldRules, asked: Asked): CrmError[] {
  const { required, field, path } = rules
  const { draft, context } = asked
  if (!required || !concerns(neededBy(rules), asked) || !isEmpty(fieldValue(draft.next, field))) return []
  return required.holds(draft.next, context) && !isHidden(rules, asked) ? [crmError('VALUE_REQUIRED', {}, { path })] : []
}

/** Only people are held to it: what hooks and defaults set stays. */
function lockedIssue({ privileged }: Scope, { readOnly, field, path }: FieldRules, asked: Asked): CrmError[] {
  const { draft, context } = asked
  if (!readOnly || privileged || !isSentBySender(draft, field) || !differs(draft, field)) return []
  return readOnly.holds(draft.next, context) ? [crmError('FIELD_LOCKED', { field: field.name }, { path })] : []
}

const isSentBySender = ({ sent, authors, computed }: Draft, { name }: FieldDefinition): boolean =>
  sent.includes(name) && !authors.has(name) && !computed.has(name)

function differs({ previous, next }: Draft, field: FieldDefinition): boolean {
  const then: RecordValues = previous ?? {}
  const before = storageValues(field, previous ? fieldValue(then, field) : field.default)
  return (
    storageValues(field, fieldValue(next, field)).some((value, index) => value !== before[index]) && !isNewAndEmpty(previous, next, field)
  )
}

const isNewAndEmpty = (previous: RecordValues | null, next: RecordValues, field: FieldDefinition): boolean =>
  previous === null && isEmpty(fieldValue(next, field))

const isEmpty = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0)

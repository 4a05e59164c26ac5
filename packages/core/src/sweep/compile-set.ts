import { crmError } from '../error/crm-error.ts'
import { callNode } from '../expression/check/call-node.ts'
import { compileNode } from '../expression/closure/compile.ts'
import type { CompiledExpression } from '../expression/compile-expression.ts'
import type { Node } from '../expression/node.ts'
import { operatorTable } from '../expression/operator/table.ts'
import { bool, type Type } from '../expression/type.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import { fieldValue } from '../object/field-value.ts'
import type { KindName } from '../object/schema.ts'
import { systemFields } from '../object/system-fields.ts'
import type { Scope } from '../scope/scope.ts'
import { fieldOf } from '../tenant/object-runtime.ts'
import { validatePatch } from '../validation/validate-record.ts'
import { storageValues } from '../write/storage-values.ts'
import type { Check } from './check.ts'

/** One field that a rule sets. */
export interface CompiledSet {
  readonly field: FieldDefinition
  /** The value where it is the same for all records, in the form of the API and of storage. */
  readonly constant: { readonly value: unknown; readonly stored: unknown } | null
  readonly expression: CompiledExpression | null
  /** True for records that have another value. */
  readonly differs: Pick<CompiledExpression, 'node' | 'evaluate'>
  /** Why it cannot be set by a statement alone; null where it can. */
  readonly needsRunner: string | null
}

export const settable = new Set<KindName>([
  ...(['text', 'longText', 'phone', 'email', 'url', 'choice', 'reference', 'user', 'date', 'instant'] as const),
  ...(['integer', 'number', 'decimal', 'boolean'] as const),
])

export const owned = new Set(systemFields('').flatMap(({ name, readOnly }) => (readOnly ? [name] : [])))

/** Checks what a rule sets one field to. */
export function compileSet(
  scope: Scope,
  definition: ObjectDefinition,
  check: Check,
  name: string,
  given: unknown,
  path: string,
): CompiledSet {
  const field = settableField(definition, name, path)
  if (isExpression(given)) {
    if (field.readOnly && !scope.privileged) throw crmError('FIELD_READ_ONLY', { field: name }, { path })
    const expression = check.value(given, path)
    requireFit(field, expression.node, path)
    const differs = differing(check.value({ var: name }, path).node, expression.node)
    return { field, constant: null, expression, differs, needsRunner: runnerFor(definition, field, expression.node) }
  }
  const value = constantOf(scope, definition, field, given, path)
  const [stored] = storageValues(field, value)
  const differs = check.condition({ '!==': [{ var: name }, value] }, path)
  return { field, constant: { value, stored }, expression: null, differs, needsRunner: runnerFor(definition, field, null) }
}

function settableField(definition: ObjectDefinition, name: string, path: string): FieldDefinition {
  const field = fieldOf(definition, name, path)
  if (field.formula) throw crmError('FIELD_COMPUTED', { field: name }, { path })
  if (!settable.has(field.kind) || owned.has(name)) throw refuse(path, `“${name}” (${field.kind}) cannot be set by a rule`)
  return field
}

/** A value for a field of any object: the same for all, or computed over the record that a rule is about. */
export type CompiledValue = Pick<CompiledSet, 'field' | 'constant' | 'expression'>

/** Checks what a rule writes into a field of another record. */
export function compileValue(
  scope: Scope,
  definition: ObjectDefinition,
  check: Check,
  name: string,
  given: unknown,
  path: string,
): CompiledValue {
  const field = fieldOf(definition, name, path)
  if (field.formula) throw crmError('FIELD_COMPUTED', { field: name }, { path })
  if (isExpression(given) && settable.has(field.kind)) {
    const expression = check.value(given, path)
    requireFit(settableField(definition, name, path), expression.node, path)
    return { field, constant: null, expression }
  }
  if (owned.has(name)) throw refuse(path, `“${name}” (${field.kind}) cannot be set by a rule`)
  const value = constantOf(scope, definition, field, given, path)
  return { field, constant: { value, stored: null }, expression: null }
}

/** Two values of one type: null equals null. */
function differing(now: Node, then: Node): CompiledSet['differs'] {
  const equal = callNode(operatorTable.equal, [now, then], bool, then.path, undefined, false)
  const node = callNode(operatorTable.not, [equal], bool, then.path, undefined, false)
  const closure = compileNode(node)
  return { node, evaluate: (record, context = { now: Date.now() }) => closure(record, context) }
}

/** An object stands for an expression. */
export const isExpression = (given: unknown): boolean => typeof given === 'object' && given !== null && !Array.isArray(given)

function constantOf(scope: Scope, definition: ObjectDefinition, field: FieldDefinition, given: unknown, path: string): unknown {
  const patch = patchOf([[field, given]])
  const { values, issues } = validatePatch(definition, patch, { ...scope.kernel.kinds, privileged: scope.privileged })
  const [issue] = issues
  if (issue) throw crmError('VALIDATION_FAILED', { count: issues.length }, { path, details: { issues } })
  return fieldValue(values, field) ?? null
}

/** Field values as a patch; those of admins under `custom`. */
export function patchOf(values: readonly (readonly [FieldDefinition, unknown])[]): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  for (const [{ name }, value] of values) {
    if (!name.startsWith('custom.')) patch[name] = value
    else patch.custom = { ...(patch.custom as object | undefined), [name.slice('custom.'.length)]: value }
  }
  return patch
}

const types: Readonly<Partial<Record<KindName, Type['is']>>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  url: 'text',
  choice: 'choice',
  reference: 'id',
  user: 'id',
  date: 'date',
  instant: 'instant',
  integer: 'int',
  number: 'num',
  decimal: 'decimal',
  boolean: 'bool',
}

function requireFit(field: FieldDefinition, node: Node, path: string): void {
  const wanted = types[field.kind]
  const { type } = node
  const fits =
    type.is === wanted
      ? (wanted !== 'decimal' || type.scale === field.scale) && (field.kind !== 'reference' || (type.to ?? field.to) === field.to)
      : (wanted === 'num' && type.is === 'int') ||
        (type.is === 'text' && (wanted === 'id' || wanted === 'choice')) ||
        (wanted === 'text' && type.is === 'id')
  if (!fits || (field.kind === 'reference' && type.is === 'text'))
    throw crmError('RULE_TYPE', { expected: field.name, found: type.is }, { path })
  if (field.kind === 'choice') requireOptions(field, node, path)
}

/** A choice is chosen among its options, or read from a field that has the same ones. */
function requireOptions(field: FieldDefinition, node: Node, path: string): void {
  const known = new Set(field.options.map(({ value }) => value))
  const refuseValue = (found: string) => crmError('RULE_TYPE', { expected: field.name, found: found.slice(0, 60) }, { path })
  if (node.is === 'literal') {
    if (!known.has(String(node.value))) throw refuseValue(String(node.value))
  } else if (node.is === 'field') {
    if (!(node.field.options ?? [{ value: '' }]).every(({ value }) => known.has(value))) throw refuseValue(node.field.name)
  } else if (node.is === 'call' && (node.op.name === 'choose' || node.op.name === 'coalesce')) {
    const isValue = (index: number): boolean => node.op.name === 'coalesce' || index % 2 === 1 || index === node.of.length - 1
    node.of.forEach((part, index) => {
      if (isValue(index)) requireOptions(field, part, path)
    })
  } else throw refuseValue(node.is)
}

const bounded = new Set<KindName>(['text', 'longText', 'phone', 'email', 'url'])

/** What only the write runner can do for a field: words to search, keys, documents, bounds that a computed value might leave. */
export function runnerFor({ nameField }: ObjectDefinition, field: FieldDefinition, node: Node | null): string | null {
  const { name } = field
  if (field.storage.at !== 'columns' || field.storage.columns.length !== 1) return `${name} is no column`
  if (name === nameField || field.search) return `${name} is searched`
  if (field.unique) return `${name} is unique`
  if (!node) return null
  if (bounded.has(field.kind)) return `the text of ${name} is computed`
  if (field.minimum !== null || field.maximum !== null) return `${name} has bounds`
  if (field.required && node.nullable) return `${name} is required`
  return null
}

const refuse = (path: string, reason: string): Error => crmError('PARAMETER_INVALID', { name: 'set', reason }, { path })

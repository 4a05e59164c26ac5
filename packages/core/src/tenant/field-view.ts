import type { Access } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import { crmError } from '../error/crm-error.ts'
import { factsOf } from '../expression/facts.ts'
import type { FieldDefinition, ObjectDefinition } from '../object/definition.ts'
import type { FieldMay } from '../object/field-right.ts'
import type { ObjectOptions } from '../object/schema.ts'
import { type MaskKind, mask } from '../privacy/mask.ts'
import type { Scope } from '../scope/scope.ts'
import { definitionsOf } from './definitions-of.ts'
import { type ObjectRuntime, objectRuntime } from './object-runtime.ts'
import type { Tenant } from './tenants.ts'

/** What somebody may do with each field of an object that is not simply theirs to read and write. */
type Restricted = ReadonlyMap<string, FieldMay>

interface Known {
  readonly rules: Restricted
  readonly view: ObjectRuntime
}

const most = 200
const known = new WeakMap<ObjectRuntime, Map<string, Known>>()

/** An object as the actor may read it: fields they may not see are not there, so that nothing can be asked of them. */
export function viewOf(scope: Scope, runtime: ObjectRuntime): ObjectRuntime {
  return scope.privileged ? runtime : knownFor(scope, runtime).view
}

/** The same by name. */
export function readableRuntime(scope: Scope, tenant: Tenant, object: string): ObjectRuntime {
  return viewOf(scope, tenant.runtime(object))
}

/** What the actor may do with a field; null where nothing restricts it. */
export function restrictionOf(scope: Scope, runtime: ObjectRuntime, field: string): FieldMay | null {
  return scope.privileged ? null : (knownFor(scope, runtime).rules.get(field) ?? null)
}

/** Is anything of the object restricted for the actor? */
export function isRestricted(scope: Scope, runtime: ObjectRuntime): boolean {
  return !scope.privileged && knownFor(scope, runtime).rules.size > 0
}

/** A whole record as the actor may see it. */
export function shownRecord<T extends Readonly<Record<string, unknown>>>(scope: Scope, runtime: ObjectRuntime, record: T): T {
  if (!isRestricted(scope, runtime)) return record
  const shown: Record<string, unknown> = { ...record }
  const custom: Record<string, unknown> = { ...(record.custom as object | undefined) }
  for (const [name, { read }] of knownFor(scope, runtime).rules) {
    const own = name.startsWith('custom.') ? custom : shown
    const key = name.startsWith('custom.') ? name.slice('custom.'.length) : name
    const value = own[key]
    if (read === 'none') delete own[key]
    else if (read === 'masked' && typeof value === 'string') own[key] = mask(maskKind(runtime.definition, name), value)
  }
  if (record.custom !== undefined) shown.custom = custom
  return shown as T
}

/** Every field of values that the actor may not set, as an error each. A hidden one is as unknown as one that does not exist. */
export function unwritable(scope: Scope, runtime: ObjectRuntime, values: unknown) {
  if (typeof values !== 'object' || values === null || !isRestricted(scope, runtime)) return []
  const { rules } = knownFor(scope, runtime)
  const { custom, ...own } = values as Record<string, unknown>
  const admins =
    typeof custom === 'object' && custom !== null ? Object.entries(custom).map(([name, value]) => [`custom.${name}`, value] as const) : []
  return [...Object.entries(own), ...admins].flatMap(([name, value]) => {
    const may = rules.get(name)
    const at = { path: `/${name.replace('.', '/')}` }
    if (!may) return []
    if (!may.write) return [crmError(may.read === 'none' ? 'FIELD_UNKNOWN' : 'FIELD_FORBIDDEN', { field: name }, at)]
    if (may.read === 'full' || typeof value !== 'string' || value === '') return []
    // What a reader of masked values sends back unchanged would take the value's place.
    return value === mask(maskKind(runtime.definition, name), value) ? [crmError('FIELD_MASKED', { field: name }, at)] : []
  })
}

const roles = new WeakMap<Actor, string>()

/** Kind and roles as one text, put together once. */
function rolesOf(actor: Actor): string {
  const known = roles.get(actor)
  if (known !== undefined) return known
  const text = `${actor.kind}\0${actor.roles.join('\0')}`
  roles.set(actor, text)
  return text
}

function knownFor({ kernel: { access }, actor }: Scope, runtime: ObjectRuntime): Known {
  const { definition } = runtime
  const made = known.get(runtime) ?? newlyKnown(runtime)
  const key = rolesOf(actor)
  const found = made.get(key)
  if (found) return found
  if (made.size >= most) made.clear()
  const own = definition.fields.filter(({ layer }) => layer !== 'system')
  const rules = new Map(
    own.map((field) => [field.name, access.field(actor, definition.name, field)] as const).filter(([, may]) => !isFull(may)),
  )
  for (const [name, may] of hiddenFormulas(access, actor, runtime, rules.size > 0)) rules.set(name, may)
  const same = [...made.values()].find((one) => isSame(one.rules, rules))
  const entry = same ?? { rules, view: rules.size === 0 ? runtime : objectRuntime(viewDefinition(definition, rules)) }
  made.set(key, entry)
  return entry
}

function newlyKnown(runtime: ObjectRuntime): Map<string, Known> {
  const made = new Map<string, Known>()
  known.set(runtime, made)
  return made
}

const hidden: FieldMay = { read: 'none', write: false, reveal: false }

/** Formulas that look at something the reader may not see, also through other formulas: their value would tell it. */
function hiddenFormulas(
  access: Access,
  actor: Actor,
  { definition, logic }: ObjectRuntime,
  isRestrictedReader: boolean,
): (readonly [string, FieldMay])[] {
  if (!logic) return []
  const { tenant } = logic
  // The book has refused circles, so looking through formulas ends.
  const isSeen = (object: string, name: string): boolean => {
    const field = definitionsOf(tenant)(object).field.get(name)
    if (!field || field.layer === 'system') return true
    return access.field(actor, object, field).read === 'full' && (!field.formula || looksAtSeen(object, name))
  }
  const looksAtSeen = (object: string, name: string): boolean => {
    const known = tenant.book.attempt(() => tenant.book.computation(object, name))
    // Nobody can tell any more what a formula looked at whose fields are gone.
    if (!known) return !isRestrictedReader
    return [known.node, ...(known.currency ? [known.currency] : [])]
      .map((one) => factsOf(one))
      .every(
        ({ fieldsTouched, relationsNeeded }) =>
          fieldsTouched.every((touched) => isSeen(object, touched)) &&
          relationsNeeded.every((relation) => relation.fields.every((touched) => isSeen(relation.object, touched))),
      )
  }
  return definition.fields.flatMap(({ name, formula }) => (formula && !looksAtSeen(definition.name, name) ? [[name, hidden] as const] : []))
}

const isFull = ({ read, write }: FieldMay): boolean => read === 'full' && write

function isSame(a: Restricted, b: Restricted): boolean {
  return a.size === b.size && [...a].every(([name, may]) => JSON.stringify(may) === JSON.stringify(b.get(name)))
}

function viewDefinition(definition: ObjectDefinition, rules: Restricted): ObjectDefinition {
  const fields = definition.fields.flatMap((field) => viewField(definition, field, rules.get(field.name)))
  const field = new Map(fields.map((one) => [one.name, one]))
  const { nameField } = definition
  return {
    ...definition,
    fields,
    field,
    nameField: nameField !== null && field.has(nameField) ? nameField : null,
    options: viewOptions(definition.options, field),
    searchable: fields.some(({ search }) => search),
  }
}

function viewField(definition: ObjectDefinition, field: FieldDefinition, may: FieldMay | undefined): readonly FieldDefinition[] {
  if (!may) return [field]
  if (may.read === 'none') return []
  const readOnly = field.readOnly || !may.write
  if (may.read === 'full') return [{ ...field, readOnly }]
  return [{ ...field, readOnly, search: false, masked: maskKind(definition, field.name), revealable: may.reveal }]
}

function viewOptions(options: ObjectOptions, field: ReadonlyMap<string, FieldDefinition>): ObjectOptions {
  const shown = (names: readonly string[]): readonly string[] => names.filter((name) => field.has(name))
  return {
    ...options,
    ...(options.columns && { columns: shown(options.columns) }),
    ...(options.boards && { boards: shown(options.boards) }),
    ...(options.sections && {
      sections: options.sections
        .map((section) => ({ ...section, fields: shown(section.fields) }))
        .filter(({ fields }) => fields.length > 0),
    }),
  }
}

function maskKind({ nameField, field }: ObjectDefinition, name: string): MaskKind {
  const kind = field.get(name)?.kind
  if (kind === 'phone' || kind === 'email') return kind
  return name === nameField ? 'name' : 'text'
}

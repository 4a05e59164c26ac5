import { isStorableText } from '../kind/clean-text.ts'
import { inferKind } from '../kind/infer-kind.ts'
import { kindOf } from '../kind/registry.ts'
import { ajvValidator } from '../schema/ajv-validator.ts'
import type { Fault } from '../schema/validator.ts'
import { adminPropertySchema, adminValidationSchema } from './admin-property-schema.ts'
import { mostFields } from './compile-definition.ts'
import { compileField } from './compile-field.ts'
import { refuse } from './define-object.ts'
import { fieldNameProblem } from './names.ts'
import { propertyProblemsOf } from './property-problems.ts'
import type { PropertySchema, ValidationSchema } from './schema.ts'

/** A field that a tenant's admin added. */
export interface OverlayField {
  /** Immutable: what the value is kept under in `ext`. */
  readonly id: string
  /** The API calls it `custom.<name>`. */
  readonly name: string
  readonly property: PropertySchema
}

/** What a tenant's admins changed of an object. */
export interface Overlay {
  readonly fields: readonly OverlayField[]
  /** What must hold across fields, besides what the code demands. */
  readonly validations?: readonly ValidationSchema[]
}

/** An object as it came. */
export const emptyOverlay: Overlay = { fields: [] }

const idPattern = /^f_[a-z0-9]{4,20}$/
const mostProblems = 20
const adminProperty = ajvValidator(adminPropertySchema)

/** Checks what an admin wrote, word for word, and gives it an id. Throws DEFINITION_INVALID. `property` is untrusted. */
export function newOverlayField(
  object: string,
  overlay: Overlay,
  name: string,
  property: unknown,
  id: string = newFieldId(),
): OverlayField {
  const full = overlay.fields.length >= mostFields ? [`it has ${mostFields} fields of admins already`] : []
  const badName = fieldNameProblem(name)
  const twice = overlay.fields.some((field) => field.name === name) ? [`there is a field "${name}" already; choose another name`] : []
  refuse(object, badName === null ? [...full, ...twice] : [badName])
  const faults = adminProperty.check(property).slice(0, mostProblems)
  refuse(
    object,
    faults.map((fault) => inWords(name, fault)),
  )
  refuse(object, isTooDeep(property) ? [`"${name}": it is nested more than ${deepest} levels`] : [])
  refuse(object, textProblems(property))
  const field: OverlayField = { id, name, property: structuredClone(property) as PropertySchema }
  refuse(object, propertyProblemsOf(name, field.property))
  const kind = kindOf(inferKind(field.property))
  refuse(object, kind.admin ? [] : [`"${name}": admins cannot add fields of kind ${kind.name}`])
  compileField({ object, layer: 'tenant', author: 'tenant', name, property: field.property, required: false, isName: false, extId: id })
  return field
}

/** An expression of 32 levels, inside a property: each level is an operator and its list. */
const deepest = 80

/** Looked at before anything that walks it recursively. */
function isTooDeep(property: unknown): boolean {
  let level: unknown[] = [property]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return false
}

const mostValidations = 100
const adminValidation = ajvValidator(adminValidationSchema)

/** Checks a validation that an admin wrote, all but its expression, which needs the other definitions. `validation` is untrusted. */
export function newOverlayValidation(object: string, overlay: Overlay, validation: unknown): ValidationSchema {
  const faults = adminValidation.check(validation).slice(0, mostProblems)
  refuse(
    object,
    faults.map((fault) => inWords('validation', fault)),
  )
  refuse(object, isTooDeep(validation) ? [`the validation is nested more than ${deepest} levels`] : [])
  refuse(object, textProblems(validation))
  const full = (overlay.validations ?? []).length >= mostValidations ? [`it has ${mostValidations} validations of admins already`] : []
  refuse(object, full)
  return structuredClone(validation) as ValidationSchema
}

/** An id no other field of any object has: 60 random bits. */
function newFieldId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return `f_${Array.from(bytes, (byte) => (byte % 32).toString(32)).join('')}`
}

function inWords(name: string, { path, keyword, params }: Fault): string {
  if (keyword === 'additionalProperties') return `"${name}": admins cannot set "${String(params.additionalProperty)}"; remove it`
  const wanted = params.limit ?? params.allowedValues ?? params.type ?? params.missingProperty ?? ''
  return `"${name}"${path.replaceAll('/', '.')}: ${keyword} ${Array.isArray(wanted) ? wanted.join(', ') : String(wanted)}`.trim()
}

/** Every text in it must be storable: the whole becomes a JSON document of the database. */
function textProblems(property: unknown): string[] {
  let isStorable = true
  JSON.stringify(property, (key, value: unknown) => {
    isStorable &&= isStorableText(key) && (typeof value !== 'string' || isStorableText(value))
    return value
  })
  return isStorable ? [] : ['it contains characters that cannot be stored; remove control characters']
}

/** The stored document → overlay, parsed by the driver or not. Throws DEFINITION_INVALID when it is none of ours. */
export function parseOverlay(object: string, raw: unknown): Overlay {
  if (raw === null || raw === undefined) return emptyOverlay
  const document: unknown = typeof raw === 'string' ? JSON.parse(raw) : raw
  const { fields, validations } = (document ?? {}) as Partial<Overlay>
  const isOurs = Array.isArray(fields) && fields.every((field) => idPattern.test(String(field?.id)) && typeof field.name === 'string')
  refuse(object, isOurs ? [] : ['its overlay is damaged; restore it from a backup'])
  return { fields: fields ?? [], ...(validations && { validations }) }
}

/** Overlay → the document to store. */
export function serialiseOverlay(overlay: Overlay): string {
  return JSON.stringify(overlay)
}

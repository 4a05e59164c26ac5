import { fieldOf, isBlank, readField } from '../client/record.ts'
import type { CrmRecord, FieldView, ObjectView, Words } from '../client/types.ts'
import type { FormLogic } from './logic.ts'

/** What a form is for. */
export type FormMode = 'create' | 'edit' | 'read'

/** A titled group of fields; no label = the object's own first group. */
export interface FormSection {
  readonly key: string
  readonly label: Words | null
  readonly fields: readonly FieldView[]
  /** Columns where there is room. */
  readonly columns: number
}

const COLUMNS = 2

/** Said in the form's foot or nowhere, never as fields. */
const HIDDEN = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deletedAt', 'teamId', 'rank'])
const MANY_OPTIONS = 4

/** The sections of the definition, then what it left out, then what the tenant added; without what this mode has no use for. */
export function formSections(
  object: ObjectView,
  mode: FormMode,
  record: CrmRecord | null,
  logic: FormLogic | null = null,
): readonly FormSection[] {
  const defined = (object.sections ?? []).map((section, index) => ({
    key: `section-${index}`,
    label: section.label,
    columns: section.columns ?? COLUMNS,
    fields: section.fields.map((name) => fieldOf(object, name)).filter((field) => field !== undefined),
  }))
  const listed = new Set(defined.flatMap((section) => section.fields.map((field) => field.name)))
  const rest = object.fields.filter((field) => !listed.has(field.name) && !HIDDEN.has(field.name))
  const own = { key: 'rest', label: null, columns: COLUMNS, fields: rest.filter((field) => field.layer !== 'tenant') }
  const tenant = { key: 'custom', label: null, columns: COLUMNS, fields: rest.filter((field) => field.layer === 'tenant') }
  return [...defined, own, tenant]
    .map((section) => ({
      ...section,
      fields: section.fields.flatMap((field) =>
        isShown(field, mode, record, listed.has(field.name), logic) ? [logic?.view(field) ?? field] : [],
      ),
    }))
    .filter((section) => section.fields.length > 0)
}

function isShown(field: FieldView, mode: FormMode, record: CrmRecord | null, listed: boolean, logic: FormLogic | null): boolean {
  const living = logic?.shows(field, mode, listed)
  if (living !== undefined) return living
  if (field.kind === 'children' || field.kind === 'file') return false
  const fixed = field.readOnly || field.kind === 'anyReference'
  if (mode === 'create') return !fixed
  const blank = isBlank(readField(record, field.name))
  return !fixed || (!blank && (listed || mode === 'read'))
}

/** Does a field take both columns? */
export function isWide(field: FieldView, object: ObjectView): boolean {
  if (field.name === object.nameField || field.kind === 'longText' || field.kind === 'links') return true
  return field.kind === 'multiChoice' && (field.options?.length ?? 0) > MANY_OPTIONS
}

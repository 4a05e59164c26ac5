import { fieldOf } from '../client/record.ts'
import type { FieldKind, FieldView, ObjectView } from '../client/types.ts'

const DEFAULT_COLUMNS = 6
const NAME_WIDTH = 230
const WIDTHS: Partial<Record<FieldKind, number>> = {
  money: 132,
  integer: 96,
  number: 96,
  decimal: 104,
  boolean: 80,
  date: 108,
  instant: 136,
  choice: 124,
  user: 124,
  phone: 140,
  email: 190,
  url: 180,
  reference: 170,
  multiChoice: 180,
  links: 180,
}

/** A column of the table. */
export interface ListColumn {
  readonly field: FieldView
  readonly width: number
  readonly isName: boolean
  readonly numeric: boolean
}

/** Narrowest and widest that a column can be made. */
export const widthLimits = { least: 64, most: 640 } as const

/** The columns asked for, else the definition's, else the first fields; the name always leads. `widths` are the reader's own. */
export function listColumns(
  object: ObjectView,
  asked: readonly string[],
  widths: Readonly<Record<string, number>> = {},
): readonly ListColumn[] {
  const defined = asked.length > 0 ? asked : (object.columns ?? [])
  const names =
    defined.length > 0
      ? defined
      : object.fields
          .filter((field) => field.layer !== 'system' && field.kind !== 'longText')
          .map((field) => field.name)
          .slice(0, DEFAULT_COLUMNS)
  const lead = object.nameField ? [object.nameField] : []
  return [...new Set([...lead, ...names])]
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined)
    .map((field) => ({
      field,
      width: widths[field.name] ?? (field.name === object.nameField ? NAME_WIDTH : (WIDTHS[field.kind] ?? 160)),
      isName: field.name === object.nameField,
      numeric: isNumeric(field),
    }))
}

/** Digits stand right-aligned. */
function isNumeric({ kind }: FieldView): boolean {
  return kind === 'money' || kind === 'integer' || kind === 'number' || kind === 'decimal'
}

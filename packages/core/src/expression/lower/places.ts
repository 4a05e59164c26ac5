import { crmError } from '../../error/crm-error.ts'
import { kindOf } from '../../kind/registry.ts'
import type { FieldDefinition, ObjectDefinition } from '../../object/definition.ts'
import type { Operand, Predicate } from '../../store/predicate.ts'
import type { ColumnType } from '../../store/schema.ts'
import { directoryObject } from '../people.ts'
import type { ExpressionField } from '../schema.ts'
import { allOf, type Params } from '../shape.ts'

/** Where the value of a field stands. `second` is the currency of an amount. */
export interface FieldPlace {
  readonly operand: Operand
  readonly type: ColumnType
  readonly second?: Operand
}

/** Where the rows of a set are found. */
export interface RowsPlace {
  readonly by: string | { readonly links: string }
  /** The column that says which object a child points to, where it may point to any: ids alone do not tell them apart. */
  readonly objectColumn?: string
}

/** Where objects and fields stand in the database, and which rows of another object may be looked at. */
export interface Places {
  field(field: ExpressionField): FieldPlace
  /** How the rows of a set are found: by the column of a child that points back, or by a table of links. */
  rows(field: ExpressionField): RowsPlace
  object(name: string): { readonly table: string; readonly visible: (params: Params) => Predicate | undefined }
}

/** Rows of another object that the reader may see, besides being live; undefined = all. Throws where they may see none. */
export type Visibility = (object: string, params: Params) => Predicate | undefined

const live: Predicate = { op: 'isNull', operand: { column: 'deleted_at', nullable: true } }

/** Places by the definitions of a tenant. */
export function placesOf(definition: (object: string) => ObjectDefinition, visibility: Visibility): Places {
  const find = (field: ExpressionField): FieldDefinition => {
    const found = definition(field.object).field.get(field.name)
    if (!found) throw crmError('FIELD_UNKNOWN', { field: field.name })
    return found
  }
  return {
    field: (field) => placeOf(find(field)),
    rows(field) {
      const own = find(field)
      if (own.storage.at === 'links') return { by: { links: own.storage.table.name } }
      const back = definition(own.to ?? '').field.get(own.by ?? '')
      const [column, second] = back && 'columns' in back.storage ? back.storage.columns : []
      if (!column) throw crmError('FIELD_UNKNOWN', { field: `${own.to}.${own.by}` })
      return { by: column.name, ...(second && { objectColumn: second.name }) }
    },
    object: (name) => ({
      table: definition(name).table.name,
      visible: (params) => (directoryObject(name) ? undefined : allOf([live, visibility(name, params)])),
    }),
  }
}

const places = new WeakMap<FieldDefinition, FieldPlace>()

function placeOf(field: FieldDefinition): FieldPlace {
  const known = places.get(field)
  if (known) return known
  const place = findPlace(field)
  places.set(field, place)
  return place
}

function findPlace(field: FieldDefinition): FieldPlace {
  const { storage } = field
  const kind = kindOf(field.kind)
  if (storage.at === 'ext') {
    const operand: Operand = { ext: storage.id, type: kind.extType, nullable: true }
    const suffix = kind.columns[1]?.suffix
    if (!suffix) return { operand, type: kind.extType }
    return { operand, type: kind.extType, second: { ext: storage.id + suffix, type: 'text', nullable: true } }
  }
  const [first, second] = 'columns' in storage ? storage.columns : []
  if (!first) throw crmError('FIELD_UNKNOWN', { field: field.name })
  const operand: Operand = { column: first.name, nullable: first.nullable }
  return { operand, type: first.type, ...(second && { second: { column: second.name, nullable: second.nullable } }) }
}

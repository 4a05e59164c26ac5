import type { FieldDefinition } from '../object/definition.ts'
import type { RecordValues } from '../object/field-value.ts'
import type { ObjectRuntime } from '../tenant/object-runtime.ts'
import { diffOf } from './diff.ts'
import { storesJson } from './storage-values.ts'

/** A column of a new row whose value the change row keeps. */
interface KeptColumn {
  readonly at: number
  /** `"column":[null,` */
  readonly prefix: string
  readonly json: boolean
}

interface Kept {
  readonly columns: readonly KeptColumn[]
  readonly admin: readonly FieldDefinition[]
}

const kept = new WeakMap<ObjectRuntime, Kept>()

/** The change row's parts for a new record, made from the row as it is encoded already. */
export function createdParts(runtime: ObjectRuntime, row: readonly unknown[], record: RecordValues): string[] {
  const { columns, admin } = keptOf(runtime)
  const parts = admin.length > 0 ? [...diffOf(admin, null, record).parts] : []
  for (const { at, prefix, json } of columns) {
    const value = row[at]
    if (value === null || value === undefined) continue
    parts.push(`${prefix}${json ? value : JSON.stringify(value)}]`)
  }
  return parts
}

/** All fields but those that every record has anyway. */
function keptOf(runtime: ObjectRuntime): Kept {
  const known = kept.get(runtime)
  if (known) return known
  const fields = runtime.definition.fields.filter(({ name, layer }) => layer !== 'system' || name === 'ownerId' || name === 'teamId')
  const made: Kept = {
    admin: fields.filter(({ storage }) => storage.at === 'ext'),
    columns: fields.flatMap((field) =>
      'columns' in field.storage ? field.storage.columns.map(({ name }) => keptColumn(runtime, field, name)) : [],
    ),
  }
  kept.set(runtime, made)
  return made
}

function keptColumn(runtime: ObjectRuntime, field: FieldDefinition, name: string): KeptColumn {
  return { at: runtime.insertColumns.indexOf(name), prefix: `${JSON.stringify(name)}:[null,`, json: storesJson(field) }
}

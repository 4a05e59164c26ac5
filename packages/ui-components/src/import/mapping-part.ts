import type { ImportMapping, Preview } from '../client/import-types.ts'
import type { FieldView, ObjectView } from '../client/types.ts'
import type { ImportView } from './import-view.ts'
import type { Source } from './source.ts'
import { importableFields } from './targets.ts'

/** All that the parts of the mapping need of the file that is looked at. */
export interface MappingPart {
  readonly view: ImportView
  readonly source: Source
  readonly object: ObjectView
  readonly fields: readonly FieldView[]
  readonly preview: Preview
  readonly mapping: ImportMapping
  edit(mapping: ImportMapping): void
}

/** The part for a file, once it is read. */
export function mappingPart(view: ImportView, source: Source): MappingPart | null {
  const object = view.target(source.object)
  const { preview, mapping } = source
  if (!object || !preview || !mapping) return null
  return { view, source, object, preview, mapping, fields: importableFields(object), edit: (next) => view.edit(source, next) }
}

/** What a field is called. */
export function labelOf({ view, object }: Pick<MappingPart, 'view' | 'object'>, name: string): string {
  const field = object.fields.find((one) => one.name === name)
  return field ? view.host.words(field.label) : name
}

import type { Session } from '@guanxi/core'
import type { ImportMapping } from './map/mapping.ts'
import { importMapping } from './plugin/import-mapping.ts'

/** A mapping that was kept, under its name. */
export interface NamedMapping {
  readonly name: string
  readonly mapping: ImportMapping
}

/** Mappings kept for the next file of the same kind. */
export interface SavedMappings {
  /** Keeps a mapping under a name; one of that name is replaced. */
  save(name: string, mapping: ImportMapping): Promise<void>
  /** All of an object, the latest first; with `columns`, only those whose columns are all there. */
  list(object?: string, columns?: readonly string[]): Promise<NamedMapping[]>
}

export function savedMappings(session: Session): SavedMappings {
  const records = session.records(importMapping)
  return {
    async save(name, mapping) {
      const values = {
        name,
        object: mapping.object,
        columns: JSON.stringify(mapping.columns.map(({ column }) => column)),
        mapping: JSON.stringify(mapping),
      }
      const { records: found } = await records.find({ where: { name }, limit: 1 })
      const [known] = found
      if (known) await records.update({ id: known.id, version: known.version }, values)
      else await records.create(values)
    },
    async list(object, columns) {
      const { records: found } = await records.find({
        ...(object !== undefined && { where: { object } }),
        sort: ['-updatedAt'],
        limit: 500,
      })
      const named = found.map(({ name, mapping }): NamedMapping => ({ name, mapping: JSON.parse(mapping) as ImportMapping }))
      return columns ? named.filter(({ mapping }) => mapping.columns.every(({ column }) => columns.includes(column))) : named
    },
  }
}

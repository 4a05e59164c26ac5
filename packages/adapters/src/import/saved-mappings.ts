import { crmError, type Session } from '@guanxi/core'
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
  /** Forgets a mapping. Throws NOT_FOUND. */
  remove(name: string): Promise<void>
}

export function savedMappings(session: Session): SavedMappings {
  const records = session.records(importMapping)
  const named = async (name: string) => (await records.find({ where: { name }, limit: 1 })).records[0]
  return {
    async save(name, mapping) {
      const values = {
        name,
        object: mapping.object,
        columns: JSON.stringify(mapping.columns.map(({ column }) => column)),
        mapping: JSON.stringify(mapping),
      }
      const known = await named(name)
      if (known) await records.update({ id: known.id, version: known.version }, values)
      else await records.create(values)
    },
    async list(object, columns) {
      const { records: found } = await records.find({
        ...(object !== undefined && { where: { object } }),
        sort: ['-updatedAt'],
        limit: 500,
      })
      const kept = found.map(({ name, mapping }): NamedMapping => ({ name, mapping: JSON.parse(mapping) as ImportMapping }))
      return columns ? kept.filter(({ mapping }) => mapping.columns.every(({ column }) => columns.includes(column))) : kept
    },
    async remove(name) {
      const known = await named(name)
      if (!known) throw crmError('NOT_FOUND')
      await records.remove({ id: known.id, version: known.version })
    },
  }
}

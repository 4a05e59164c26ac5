import { type Crm, crmError, type Identity } from '@guanxi/core'
import { isZone } from '../import/convert/zone.ts'
import { writeCsv, writeJsonLines, writeXlsx } from '../import/write/index.ts'
import { exportColumns, exportFields } from './columns.ts'
import type { ObjectExport } from './object-export.ts'
import { readPagesOf, readRecords } from './read-records.ts'
import { exportRows } from './rows.ts'
import { exportTenant } from './tenant/export-tenant.ts'

/** Exports as one actor: what they may read, and nothing more. Files are made while they are read, a page at a time. */
export interface Exporter {
  /**
   * The records of an object as a file. With their ids, labels or names, a file that is imported again finds its fields by itself and
   * changes nothing. Throws FORBIDDEN, FIELD_UNKNOWN … with the first piece.
   */
  object(object: string, options?: ObjectExport): AsyncIterable<Uint8Array>
  /** All that the tenant has, as a zip of JSON lines. Needs `define` on every object. */
  tenant(): AsyncIterable<Uint8Array>
}

/** The exporter of an actor; their `locale` is the language of labels. */
export function createExporter(crm: Crm<never>, identity: Identity): Exporter {
  const session = crm.as(identity)
  return {
    async *object(object, options = {}) {
      const { format = 'csv', zone = 'Asia/Shanghai', where, search, sort, fields, deleted } = options
      if (!isZone(zone)) throw crmError('PARAMETER_INVALID', { name: 'zone', reason: 'IANA' })
      const definition = await session.definitions.get(object)
      const query = { where, search, sort, deleted, ...(fields && { fields }) }
      if (format === 'jsonl') return yield* writeJsonLines(readRecords(session, object, query))
      const wanted = exportFields(definition, fields)
      const names = wanted.map(({ name }) => name).filter((name) => name !== 'id')
      const records = readPagesOf(session, object, { ...query, fields: names })
      const first = await records.next()
      const columns = exportColumns(definition, wanted, first.done ? [] : first.value, { ...options, zone, locale: identity.locale })
      const rows = exportRows(session, columns, first.done ? [] : [first.value], records)
      const written = columns.map(({ column }) => column)
      yield* format === 'csv' ? writeCsv(written, rows) : writeXlsx(definition.name, written, rows)
    },
    tenant: () => exportTenant(session, crm.now),
  }
}

import type { ColumnType } from '@guanxi/core/store'
import { type DdlDialect, primaryKeySql } from '../schema/ddl.ts'
import { quote } from '../sql/identifier.ts'

const typeSql: Readonly<Record<ColumnType, string>> = {
  text: 'text COLLATE "C"',
  uuid: 'uuid',
  integer: 'bigint',
  real: 'double precision',
  boolean: 'boolean',
  json: 'jsonb',
  log: 'json',
}

export const postgresDdl: DdlDialect = {
  columnType: (column) => typeSql[column.type],
  sequenceParts: (table) => [
    '"seq" bigint GENERATED ALWAYS AS IDENTITY',
    '"xid" xid8 NOT NULL DEFAULT pg_current_xact_id()',
    primaryKeySql(table),
  ],
  options: () => '',
  sequenceIndexes: ({ name }) => [`CREATE INDEX IF NOT EXISTS ${quote(`${name}_xid_idx`)} ON ${quote(name)} ("xid", "seq")`],
}

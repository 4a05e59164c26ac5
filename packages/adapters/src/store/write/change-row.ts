import { type ChangeValues, changeTable } from '@guanxi/core/store'

/** Columns of the change row, in the order in which {@link changeRow} gives their values. */
export const changeColumns: readonly string[] = changeTable.columns.map((column) => column.name)

/** The values of a change row in the order of the table. */
export function changeRow(
  tenant: string,
  record: string,
  version: number,
  change: ChangeValues,
  values: string | null,
  digest: string | null,
): unknown[] {
  return [
    tenant,
    change.id,
    change.object,
    record,
    version,
    change.op,
    change.at,
    change.recordedAt,
    change.actorKind,
    change.actorId,
    change.cause,
    change.authors,
    values,
    change.salt,
    digest,
  ]
}

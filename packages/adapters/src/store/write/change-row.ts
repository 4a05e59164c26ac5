import { changeTable } from '@guanxi/core/store'

/** Columns of the change row, in the order of the table. */
export const changeColumns: readonly string[] = changeTable.columns.map((column) => column.name)

import type { BatchRow, ChangeValues } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import { changeColumns } from '../write/change-row.ts'
import { insertRows, runInsert } from './insert-rows.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

/** A change row and the record it is about. */
export interface ChangeOf {
  readonly row: Pick<BatchRow, 'id' | 'version'>
  readonly change: ChangeValues
}

/** What the change rows of one batch usually have in common. Handing it over once halves the work: most of it is binding values. */
const common = ['tenant_id', 'object', 'op', 'at', 'recorded_at', 'actor_kind', 'actor_id', 'authors'] as const
const own = ['id', 'record_id', 'version', 'cause', 'values', 'salt', 'digest'] as const

const commonValues = ({ object, op, at, recordedAt, actorKind, actorId, authors }: ChangeValues): readonly unknown[] => [
  ...[object, op, at, recordedAt, actorKind, actorId, authors],
]

const ownValues = ({ row, change: { id, cause, values, salt, digest } }: ChangeOf): readonly unknown[] => [
  ...[id, row.id, row.version, cause, values, salt, digest],
]

/** Rows a statement takes, the most first: what is left over goes by the next. */
const sizes = [50, 10, 1] as const

const together = new Map<number, Statement>(sizes.map((size) => [size, { sql: togetherSql(size), label: 'insert batch crm_change' }]))
const apart = insertRows('crm_change', changeColumns)

function togetherSql(size: number): string {
  const row = `(${own.map(() => '?').join(', ')})`
  const rows = Array.from({ length: size }, () => row).join(', ')
  const columns = quoteAll([...common, ...own])
  return `INSERT INTO "crm_change" (${columns}) SELECT ${common.map(() => '?').join(', ')}, v.* FROM (VALUES ${rows}) v`
}

/** Inserts the change rows of a batch. */
export async function insertChanges(link: SqliteLink, tenant: string, changes: readonly ChangeOf[]): Promise<void> {
  const [first] = changes
  if (!first) return
  const shared = commonValues(first.change)
  const isCommon = changes.every(({ change }) => commonValues(change).every((value, index) => value === shared[index]))
  if (!isCommon) {
    return runInsert(
      link,
      apart,
      changes.map((one) => inOrder(tenant, one)),
    )
  }
  let start = 0
  for (const size of sizes) {
    const statement = together.get(size)
    if (!statement) continue
    for (; start + size <= changes.length; start += size)
      await link.run(statement, [tenant, ...shared, ...changes.slice(start, start + size).flatMap(ownValues)])
  }
}

/** In the order of the table's columns. */
function inOrder(tenant: string, { row, change }: ChangeOf): unknown[] {
  const { id, object, op, at, recordedAt, actorKind, actorId, cause, authors, values, salt, digest } = change
  return [tenant, id, object, row.id, row.version, op, at, recordedAt, actorKind, actorId, cause, authors, values, salt, digest]
}

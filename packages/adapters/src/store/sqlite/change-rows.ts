import type { BatchRow, ChangeValues } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import { changeColumns } from '../write/change-row.ts'
import { insertRows, runInsert } from './insert-rows.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

type Record = Pick<BatchRow, 'id' | 'version'>

/** What the change rows of one batch usually have in common. Handing it over once halves the work: most of it is binding values. */
const common = ['tenant_id', 'object', 'op', 'at', 'recorded_at', 'actor_kind', 'actor_id', 'authors'] as const
const own = ['id', 'record_id', 'version', 'cause', 'values', 'salt', 'digest'] as const

/** Rows a statement takes, the most first: what is left over goes by the next. */
const sizes = [100, 10, 1] as const

const together = new Map<number, Statement>(sizes.map((size) => [size, { sql: togetherSql(size), label: 'insert batch crm_change' }]))
const apart = insertRows('crm_change', changeColumns)

function togetherSql(size: number): string {
  const row = `(${own.map(() => '?').join(', ')})`
  const rows = Array.from({ length: size }, () => row).join(', ')
  const columns = quoteAll([...common, ...own])
  return `INSERT INTO "crm_change" (${columns}) SELECT ${common.map(() => '?').join(', ')}, v.* FROM (VALUES ${rows}) v`
}

/** Inserts the change rows of a batch: one for each record, in their order. */
export async function insertChanges(
  link: SqliteLink,
  tenant: string,
  records: readonly Record[],
  changes: readonly ChangeValues[],
): Promise<void> {
  const [first] = changes
  if (!first) return
  if (!changes.every((change) => isAlike(first, change))) {
    const rows = changes.map((change, index) => inOrder(tenant, records[index] as Record, change))
    return runInsert(link, apart, rows)
  }
  const { object, op, at, recordedAt, actorKind, actorId, authors } = first
  const shared = [tenant, object, op, at, recordedAt, actorKind, actorId, authors]
  let start = 0
  for (const size of sizes) {
    const statement = together.get(size)
    if (!statement) continue
    for (; start + size <= changes.length; start += size) {
      const values: unknown[] = [...shared]
      for (let index = start; index < start + size; index++) place(values, records[index] as Record, changes[index] as ChangeValues)
      await link.run(statement, values)
    }
  }
}

function place(values: unknown[], record: Record, change: ChangeValues): void {
  values.push(change.id, record.id, record.version, change.cause, change.values, change.salt, change.digest)
}

const isAlike = (a: ChangeValues, b: ChangeValues): boolean =>
  a.at === b.at &&
  a.recordedAt === b.recordedAt &&
  a.authors === b.authors &&
  a.op === b.op &&
  a.object === b.object &&
  a.actorId === b.actorId &&
  a.actorKind === b.actorKind

/** In the order of the table's columns. */
function inOrder(tenant: string, { id: recordId, version }: Record, change: ChangeValues): unknown[] {
  const { id, object, op, at, recordedAt, actorKind, actorId, cause, authors, values, salt, digest } = change
  return [tenant, id, object, recordId, version, op, at, recordedAt, actorKind, actorId, cause, authors, values, salt, digest]
}

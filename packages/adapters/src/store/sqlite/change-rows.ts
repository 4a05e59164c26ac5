import type { BatchRow, BatchValues, ChangeValues } from '@guanxi/core/store'
import { quoteAll } from '../sql/identifier.ts'
import { changeColumns } from '../write/change-row.ts'
import type { CreatedValues } from '../write/created-text.ts'
import { insertRows, runInsert } from './insert-rows.ts'
import type { SqliteLink } from './link.ts'
import type { Statement } from './statement.ts'

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

/** Inserts the change rows of a batch; `created` states what new rows hold, null where changes are given whole. */
export async function insertChanges(link: SqliteLink, { tenant, rows }: BatchValues, created: CreatedValues | null): Promise<void> {
  const first = rows[0]?.change
  if (!first) return
  if (!rows.every(({ change }) => isAlike(first, change))) {
    return runInsert(link, apart, rows.length, (index) => inOrder(tenant, rows[index] as BatchRow, created))
  }
  const { object, op, at, recordedAt, actorKind, actorId, authors } = first
  const shared = [tenant, object, op, at, recordedAt, actorKind, actorId, authors]
  let start = 0
  for (const size of sizes) {
    const statement = together.get(size)
    if (!statement) continue
    for (; start + size <= rows.length; start += size) {
      const values: unknown[] = [...shared]
      for (let index = start; index < start + size; index++) place(values, rows[index] as BatchRow, created)
      await link.run(statement, values)
    }
  }
}

function place(list: unknown[], { id, version, set, change }: BatchRow, created: CreatedValues | null): void {
  const { values, digest } = created ? created(set, change.salt) : change
  list.push(change.id, id, version, change.cause, values, change.salt, digest)
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
function inOrder(tenant: string, { id, version, set, change }: BatchRow, created: CreatedValues | null): unknown[] {
  const { object, op, at, recordedAt, actorKind, actorId, cause, authors, salt } = change
  const { values, digest } = created ? created(set, salt) : change
  return [tenant, change.id, object, id, version, op, at, recordedAt, actorKind, actorId, cause, authors, values, salt, digest]
}

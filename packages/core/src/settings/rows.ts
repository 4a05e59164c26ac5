import type { RawRow, SelectPlan, StoreSession } from '../store/port.ts'
import type { Predicate } from '../store/predicate.ts'
import { settingChangeTable, settingTable } from '../store/system-tables.ts'
import type { SettingLevel } from './setting.ts'
import type { SettingRow } from './snapshot.ts'

const columns = ['key', 'level', 'target', 'value', 'version', 'updated_at', 'updated_by']
const column = (name: string) => ({ column: name, nullable: false })
const pageSize = 5_000

/** Rows newer than a version, a page at a time. */
const newer: SelectPlan = {
  table: settingTable,
  columns,
  where: { op: 'gt', operand: column('version'), param: 2 },
  order: ['key', 'level', 'target'].map((name) => ({ operand: column(name), descending: false })),
  limit: 1,
  revision: false,
}
const nextPage: SelectPlan = { ...newer, after: [3, 4, 5] }

const historyPlan: SelectPlan = {
  table: settingChangeTable,
  columns,
  where: {
    op: 'and',
    of: ['key', 'level', 'target'].map((name, index): Predicate => ({ op: 'eq', operand: column(name), param: index + 2 })),
  },
  order: [{ operand: column('version'), descending: true }],
  limit: 1,
  revision: false,
}

const writtenColumns = ['tenant_id', ...columns]

/** All that was set or taken back since a version. */
export async function readSettingRows(session: StoreSession, tenant: string, since: number): Promise<SettingRow[]> {
  const rows: SettingRow[] = []
  let page = await session.select(newer, [tenant, pageSize, since])
  for (;;) {
    rows.push(...page.map(decode))
    const last = rows.at(-1)
    if (page.length < pageSize || !last) return rows
    page = await session.select(nextPage, [tenant, pageSize, since, last.key, last.level, last.target])
  }
}

/** What a setting was at a level, newest first. */
export async function readSettingHistory(
  session: StoreSession,
  tenant: string,
  [key, level, target]: readonly [string, string, string],
  limit: number,
): Promise<SettingRow[]> {
  return (await session.select(historyPlan, [tenant, limit, key, level, target])).map(decode)
}

/** Writes values where they count, and into their history. */
export async function writeSettingRows(session: StoreSession, tenant: string, rows: readonly SettingRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 1_000) {
    const values = rows.slice(start, start + 1_000).map((row) => [tenant, ...encode(row)])
    await session.put({ table: settingTable, columns: writtenColumns }, values, 'replace')
    await session.put({ table: settingChangeTable, columns: writtenColumns }, values, 'error')
  }
}

/** In an object, because a text alone would read differently from the two engines' JSON. */
function encode({ key, level, target, value, version, at, by }: SettingRow): unknown[] {
  return [key, level, target, JSON.stringify(value === undefined ? {} : { value }), version, at, by]
}

function decode(row: RawRow): SettingRow {
  const document = (typeof row.value === 'string' ? JSON.parse(row.value) : row.value) as { readonly value?: unknown }
  return {
    key: String(row.key),
    level: String(row.level) as SettingLevel,
    target: String(row.target),
    ...('value' in document && { value: document.value }),
    version: Number(row.version),
    at: Number(row.updated_at),
    by: String(row.updated_by),
  }
}

import { crmError, type Session, type Stored } from '@guanxi/core'
import { compileMapping } from '../compile/compile-mapping.ts'
import type { CompiledMapping } from '../compile/compiled.ts'
import { cellText } from '../convert/cell-content.ts'
import type { Existing } from '../lookup/existing-records.ts'
import { Lookups } from '../lookup/lookups.ts'
import { peopleObject } from '../map/mapping.ts'
import { readPeople } from '../people/people-import.ts'
import { importBatch } from '../plugin/import-batch.ts'
import { importJob } from '../plugin/import-job.ts'
import { type ImportRow, importRow } from '../plugin/import-row.ts'
import type { Cell, TableRow } from '../table.ts'
import { cellsText } from './attention.ts'
import type { JobFile, RowResult, StoredJob } from './job.ts'
import { countsOf, filesOf } from './job-book.ts'
import { KeySet } from './key-set.ts'
import { type BatchPlan, fieldsNeeded, prepareBatch } from './prepare-batch.ts'
import { recordsOf } from './records-written.ts'
import type { RowPlan } from './row-plan.ts'
import { rowResults } from './row-results.ts'
import type { RunDeps } from './run-job.ts'
import { definitionsOf } from './start-job.ts'
import { missingReasons } from './wait-for-rows.ts'
import { type BatchOutcome, writeBatch } from './write-batch.ts'

/** New cells of a row that needs attention; the others stay as they were. */
export interface Repair {
  /** Place of the file in its job. */
  readonly file: number
  /** Number of the row in the file. */
  readonly row: number
  /** Column → text. */
  readonly cells: Readonly<Record<string, string>>
}

const most = 500

/** A row of the file with what the job keeps of it. */
interface KeptRow {
  readonly kept: Stored<ImportRow>
  readonly row: TableRow
}

/**
 * Plans rows again with cells that a person has corrected, under the job's mapping, and writes them. What is taken needs attention no
 * more; what is refused again is kept with its new cells and reasons. Throws IMPORT_RUNNING, NOT_FOUND, IMPORT_COLUMN_UNKNOWN.
 */
export async function repairRows(deps: RunDeps, jobId: string, repairs: readonly Repair[]): Promise<RowResult[]> {
  if (repairs.length > most) throw crmError('LIMIT_EXCEEDED', { what: 'rows', limit: most })
  const { session } = deps
  const found = new Map<Repair, RowResult>()
  for (const [index, group] of Map.groupBy(repairs, ({ file }) => file)) {
    const job = await session.records(importJob).get(jobId)
    if (job.state === 'running') throw crmError('IMPORT_RUNNING')
    const file = filesOf(job)[index]
    if (!file) throw crmError('NOT_FOUND', {}, { path: `/rows/${repairs.findIndex((repair) => repair.file === index)}/file` })
    const rows = await keptRows(session, job, index, file, group, repairs)
    const results = await writeAgain(deps, job, index, file, rows)
    for (const repair of group) {
      const result = results.find(({ row }) => row === repair.row)
      if (result) found.set(repair, result)
    }
  }
  return repairs.flatMap((repair) => found.get(repair) ?? [])
}

async function keptRows(
  session: Session,
  job: StoredJob,
  index: number,
  { columns }: JobFile,
  group: readonly Repair[],
  all: readonly Repair[],
): Promise<KeptRow[]> {
  const wanted = [...new Set(group.map(({ row }) => row))]
  const { records } = await session.records(importRow).find({ where: { jobId: job.id, file: index, row: { in: wanted } }, limit: most })
  const byRow = new Map(records.map((record) => [record.row, record]))
  const rows = new Map<number, KeptRow>()
  for (const repair of group) {
    const kept = byRow.get(repair.row)
    if (!kept) throw crmError('NOT_FOUND', {}, { path: `/rows/${all.indexOf(repair)}` })
    const before = rows.get(repair.row)?.row.cells ?? (JSON.parse(kept.cells) as Cell[])
    rows.set(repair.row, { kept, row: { number: repair.row, cells: repaired(before, columns, repair.cells) } })
  }
  return [...rows.values()]
}

/** A cell that says the same as before stays what it was: a date of a spreadsheet is more than its text. */
function repaired(cells: readonly Cell[], columns: readonly string[], texts: Repair['cells']): Cell[] {
  const next = columns.map((_, index): Cell => cells[index] ?? { kind: 'empty' })
  for (const [column, text] of Object.entries(texts)) {
    const index = columns.indexOf(column)
    if (index < 0) throw crmError('IMPORT_COLUMN_UNKNOWN', { column })
    if (cellText(next[index]) !== text) next[index] = text === '' ? { kind: 'empty' } : { kind: 'text', text }
  }
  return next
}

async function writeAgain(deps: RunDeps, job: StoredJob, index: number, file: JobFile, rows: readonly KeptRow[]): Promise<RowResult[]> {
  const { session } = deps
  const definition = (await definitionsOf(session, [file.mapping.object])).get(file.mapping.object)
  if (!definition) throw crmError('OBJECT_UNKNOWN', { object: file.mapping.object })
  const mapping = compileMapping(file.mapping, definition, file.columns)
  const { plan, people } =
    file.mapping.object === peopleObject ? await planPeople(deps, mapping, rows) : await planRows(deps, mapping, rows)
  return session.transaction(async (inner) => {
    const outcome = people ?? (await writeBatch(inner, plan, mapping, { kind: 'import', id: job.id }))
    await keepOutcome(inner, job, index, file, rows, outcome)
    return rowResults(file.name, definition, plan, outcome)
  })
}

type Planned = { readonly plan: BatchPlan; readonly people: BatchOutcome | null }

async function planRows({ session, now }: RunDeps, mapping: CompiledMapping, rows: readonly KeptRow[]): Promise<Planned> {
  const lookups = new Lookups(session)
  const context = { session, mapping, lookups, seen: new KeySet(), now: now() }
  const plan = await prepareBatch(
    context,
    rows.map(({ row }) => row),
  )
  const found = await lookups.of(mapping)
  const made = await recordsMade(session, mapping, rows)
  const settled = plan.rows.map((row): RowPlan => {
    // Nothing comes after these rows that a reference could wait for.
    const missing = row.waiting.flatMap((waiting) => missingReasons(mapping, found.get(waiting.field), waiting))
    const existing = made.get(row.row) ?? row.existing
    return { ...row, waiting: [], reasons: [...row.reasons, ...missing], existing, id: existing?.id ?? row.id }
  })
  return { plan: { ...plan, rows: settled }, people: null }
}

async function planPeople({ session, putPeople }: RunDeps, mapping: CompiledMapping, rows: readonly KeptRow[]): Promise<Planned> {
  if (!putPeople) throw crmError('FORBIDDEN', { action: 'define' })
  const { plan, outcome, input } = await readPeople(
    session,
    mapping,
    new Lookups(session).people,
    new Set(),
    rows.map(({ row }) => row),
  )
  if ((input.people?.length ?? 0) > 0 || (input.teams?.length ?? 0) > 0) await putPeople(input)
  return { plan, people: outcome }
}

/** Records of rows that are there already, only incomplete. */
async function recordsMade(session: Session, mapping: CompiledMapping, rows: readonly KeptRow[]): Promise<Map<TableRow, Existing>> {
  const ids = rows.flatMap(({ kept }) => kept.recordId ?? [])
  if (ids.length === 0) return new Map()
  const page = await session
    .records(mapping.definition.name)
    .find({ where: { id: { in: ids } }, fields: fieldsNeeded(mapping), limit: most })
  const byId = new Map(page.records.map((record) => [record.id, record]))
  const made = new Map<TableRow, Existing>()
  for (const { kept, row } of rows) {
    const record = byId.get(kept.recordId ?? '')
    if (record) made.set(row, { id: record.id, version: record.version, values: record })
  }
  return made
}

async function keepOutcome(
  session: Session,
  job: StoredJob,
  index: number,
  file: JobFile,
  rows: readonly KeptRow[],
  outcome: BatchOutcome,
): Promise<void> {
  const refused = new Map([...outcome.refused].map(([{ row }, reasons]) => [row, reasons]))
  for (const { kept, row } of rows) {
    const reasons = refused.get(row)
    const target = { id: kept.id, version: kept.version }
    if (!reasons) await session.records(importRow).remove(target)
    else await session.records(importRow).update(target, { cells: cellsText(row.cells), reasons: JSON.stringify(reasons) })
  }
  const numbers = rows.map(({ row }) => row.number)
  await session.records(importBatch).create({
    jobId: job.id,
    file: index,
    object: file.mapping.object,
    fromRow: Math.min(...numbers),
    toRow: Math.max(...numbers),
    records: JSON.stringify(recordsOf(file.name, outcome)),
  })
  await session.records(importJob).update({ id: job.id, version: job.version }, countsAfter(job, rows, outcome))
}

/** Rows that were refused are counted anew; those that were only incomplete are counted already. */
function countsAfter(job: StoredJob, rows: readonly KeptRow[], { created, updated, unchanged }: BatchOutcome) {
  const counts = countsOf(job)
  const anew = new Set(rows.filter(({ kept }) => kept.state === 'refused').map(({ row }) => row))
  const among = (plans: readonly RowPlan[]): number => plans.filter(({ row }) => anew.has(row)).length
  const taken = among(created) + among(updated) + among(unchanged)
  return {
    created: counts.created + among(created),
    updated: counts.updated + among(updated),
    unchanged: counts.unchanged + among(unchanged),
    refused: counts.refused - taken,
  }
}

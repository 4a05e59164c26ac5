import { setImmediate as breathe } from 'node:timers/promises'
import { crmError, type ObjectDefinition, type Session } from '@guanxi/core'
import { compileMapping } from '../compile/compile-mapping.ts'
import type { CompiledMapping } from '../compile/compiled.ts'
import { addToFingerprint, startFingerprint } from '../fingerprint.ts'
import { fieldValue } from '../lookup/existing-records.ts'
import { Lookups } from '../lookup/lookups.ts'
import { peopleObject } from '../map/mapping.ts'
import { type PutPeople, readPeople } from '../people/people-import.ts'
import { importBatch } from '../plugin/import-batch.ts'
import type { Table, TableRow } from '../table.ts'
import { keepRefused, keepWaiting } from './attention.ts'
import type { Counts, JobFile, Progress, RowResult } from './job.ts'
import type { JobBook } from './job-book.ts'
import { KeySet } from './key-set.ts'
import { objectsNeeded } from './order-files.ts'
import { Pace } from './pace.ts'
import { PendingRecords } from './pending-records.ts'
import { type BatchContext, type BatchPlan, prepareBatch, skipBatch } from './prepare-batch.ts'
import { recordsOf } from './records-written.ts'
import { rehearseBatch, UniqueValues } from './rehearse.ts'
import { RepairTally } from './repair-tally.ts'
import type { RowPlan } from './row-plan.ts'
import { rowResults, shownOf } from './row-results.ts'
import { missingReasons, setWaiting } from './wait-for-rows.ts'
import { type BatchOutcome, writeBatch } from './write-batch.ts'

/** A file of a job, at hand. */
export interface OpenableFile extends JobFile {
  open(): Promise<Table>
}

/** What a run is given. */
export interface RunInput {
  readonly session: Session
  readonly files: readonly OpenableFile[]
  readonly definitions: ReadonlyMap<string, ObjectDefinition>
  readonly book: JobBook
  readonly now: number
  readonly batchRows: number
  readonly mostRefused: number
  readonly putPeople: PutPeople | null
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  readonly onRows?: (rows: readonly RowResult[]) => void
}

/** One run over the files of a job, from where the last one stopped; or a rehearsal, which keeps nothing. */
export class ImportRun {
  readonly #input: RunInput
  readonly #lookups: Lookups
  readonly #pace: Pace
  readonly #pending: PendingRecords
  readonly #unique = new UniqueValues()
  readonly #people = new Set<string>()
  readonly #waiting: RowPlan[] = []
  readonly tally = new RepairTally()

  constructor(input: RunInput) {
    this.#input = input
    this.#lookups = new Lookups(input.session)
    this.#pace = new Pace(input.book.jobId, input.book.rowsTotal, input.book.counts.rowsDone)
    this.#pending = new PendingRecords(new Set(input.files.flatMap(({ mapping }) => [...objectsNeeded(mapping, input.definitions)])))
  }

  /** True when all files are done, false when it was told to stop. */
  async run(): Promise<boolean> {
    const { files, book } = this.#input
    for (let index = book.cursor.file; index < files.length; index++) {
      const file = files[index]
      if (file && !(await this.#runFile(file, index))) return false
    }
    return true
  }

  get #rehearsal(): boolean {
    return this.#input.book.jobId === null
  }

  async #runFile(file: OpenableFile, index: number): Promise<boolean> {
    const { session, book, definitions, now } = this.#input
    const table = await file.open()
    try {
      const definition = definitions.get(file.mapping.object)
      if (!definition) throw crmError('OBJECT_UNKNOWN', { object: file.mapping.object })
      if (JSON.stringify(table.columns) !== JSON.stringify(file.columns)) throw crmError('IMPORT_FILE_CHANGED', { file: file.name })
      const mapping = compileMapping(file.mapping, definition, table.columns)
      const context: BatchContext = { session, mapping, lookups: this.#lookups, seen: new KeySet(), now }
      if (!(await this.#runRows(file, index, table, context))) return false
      if (this.#rehearsal) await this.#rehearseWaiting(file.name, mapping)
      else await setWaiting(session, mapping, this.#lookups, book, index)
      const settle = await book.save(session, {}, book.counts, { file: index + 1, row: 0, hash: 0 })
      settle()
      return true
    } finally {
      await table.close()
    }
  }

  async #runRows(file: OpenableFile, index: number, table: Table, context: BatchContext): Promise<boolean> {
    const { book, signal, batchRows } = this.#input
    const skipTo = book.cursor.file === index ? book.cursor.row : 0
    let hash = startFingerprint(table.columns)
    let proved = skipTo === 0
    let rows: TableRow[] = []
    for await (const part of table.rows()) {
      const skipped = proved ? [] : part.rows.filter(({ number }) => number <= skipTo)
      if (skipped.length > 0) await skipBatch(context, skipped)
      for (const row of part.rows) {
        if (!proved && row.number > skipTo) proved = sameFile(hash, book.cursor.hash, file.name)
        hash = addToFingerprint(hash, row)
        if (row.number <= skipTo) continue
        rows.push(row)
        if (rows.length < batchRows) continue
        if (signal?.aborted) return false
        await this.#step(file, index, context, rows, hash)
        rows = []
      }
    }
    if (!proved) sameFile(hash, book.cursor.hash, file.name)
    if (signal?.aborted) return false
    if (rows.length > 0) await this.#step(file, index, context, rows, hash)
    return !signal?.aborted
  }

  /** Settles a batch: its records, its problem rows and the position of the job are written together, or not at all. */
  async #step(file: OpenableFile, index: number, context: BatchContext, rows: readonly TableRow[], hash: number): Promise<void> {
    const { book, onProgress, onRows, mostRefused } = this.#input
    const cursor = { file: index, row: rows.at(-1)?.number ?? 0, hash }
    const { plan, outcome, settle } = await this.#write(file, index, context, rows, cursor)
    settle()
    for (const row of plan.rows) if (!outcome.refused.has(row)) this.tally.add(file.name, row.row.number, row.marks)
    this.#remember(context.mapping, outcome)
    onRows?.(rowResults(file.name, context.mapping.definition, plan, outcome))
    onProgress?.(this.#pace.at(file.name, book.counts))
    if (book.counts.refused > mostRefused) throw crmError('IMPORT_TOO_MANY_REFUSED', { limit: mostRefused })
    // Databases that answer at once would otherwise hold the host for as long as there are rows.
    await breathe()
  }

  async #write(
    file: OpenableFile,
    index: number,
    context: BatchContext,
    rows: readonly TableRow[],
    cursor: JobBook['cursor'],
  ): Promise<Written> {
    const { session, book, putPeople } = this.#input
    if (file.mapping.object === peopleObject) {
      const { plan, outcome, input, people } = await readPeople(session, context.mapping, this.#lookups.people, this.#people, rows)
      if (!putPeople) throw crmError('FORBIDDEN', { action: 'define' })
      if (!this.#rehearsal && ((input.people?.length ?? 0) > 0 || (input.teams?.length ?? 0) > 0)) await putPeople(input)
      for (const person of people) this.#lookups.people.add(person)
      return { plan, outcome, settle: await this.#note(session, file, index, plan, outcome, cursor) }
    }
    const plan = await prepareBatch(context, rows)
    await breathe()
    if (this.#rehearsal) {
      const checked = { ...plan, rows: this.#unique.refuseRepeats(context.mapping, plan.rows) }
      const outcome = await rehearseBatch(session, checked, context.mapping, this.#pending)
      return { plan: checked, outcome, settle: await this.#note(session, file, index, checked, outcome, cursor) }
    }
    return session.transaction(async (inner) => {
      const outcome = await writeBatch(inner, plan, context.mapping, book.cause)
      return { plan, outcome, settle: await this.#note(inner, file, index, plan, outcome, cursor) }
    })
  }

  async #note(
    session: Session,
    file: OpenableFile,
    index: number,
    plan: BatchPlan,
    outcome: BatchOutcome,
    cursor: JobBook['cursor'],
  ): Promise<() => void> {
    const { book } = this.#input
    const { jobId } = book
    const kept = [...outcome.created, ...outcome.updated, ...outcome.unchanged]
    if (jobId === null) this.#waiting.push(...kept.filter(({ waiting: references }) => references.length > 0))
    const waiting = jobId === null ? 0 : await keepWaiting(session, { jobId, file: index }, kept)
    if (jobId !== null) {
      await keepRefused(session, { jobId, file: index }, outcome.refused)
      await session.records(importBatch).create({
        jobId,
        file: index,
        object: file.mapping.object,
        fromRow: plan.rows[0]?.row.number ?? 0,
        toRow: cursor.row,
        records: JSON.stringify(recordsOf(file.name, outcome)),
      })
    }
    return book.save(session, {}, added(book.counts, plan, outcome, waiting), cursor)
  }

  /** At the end of a file all its names are known: what still waits would stay without its reference. */
  async #rehearseWaiting(file: string, mapping: CompiledMapping): Promise<void> {
    const waiting = this.#waiting.splice(0)
    const lookups = await this.#lookups.of(mapping)
    const results = waiting.flatMap((plan): RowResult[] => {
      const { row, id } = plan
      const reasons = plan.waiting.flatMap(({ field, column, text }) =>
        missingReasons(mapping, lookups.get(field), { field, column, text }),
      )
      const shown = shownOf(plan, mapping.definition)
      return reasons.length === 0 ? [] : [{ file, row: row.number, outcome: 'incomplete', recordId: id, reasons, ...shown }]
    })
    this.#input.onRows?.(results)
  }

  /** New names can be named from now on. */
  #remember(mapping: CompiledMapping, { created, stubs }: BatchOutcome): void {
    const { name } = mapping.definition
    if (name === peopleObject) return
    for (const { id, first, last } of created) {
      this.#lookups.add(name, (field) => last[field] ?? first[field], id, this.#rehearsal)
      if (this.#rehearsal) this.#pending.keep(name, id, first)
    }
    for (const { object, id, values } of stubs) {
      this.#lookups.add(object, (field) => fieldValue(values, field), id, this.#rehearsal)
      if (this.#rehearsal) this.#pending.keep(object, id, values)
    }
  }
}

interface Written {
  readonly plan: BatchPlan
  readonly outcome: BatchOutcome
  readonly settle: () => void
}

function sameFile(hash: number, known: number, file: string): true {
  if (hash !== known) throw crmError('IMPORT_FILE_CHANGED', { file })
  return true
}

function added(counts: Counts, { rows }: BatchPlan, { created, updated, unchanged, refused }: BatchOutcome, waiting: number): Counts {
  return {
    rowsDone: counts.rowsDone + rows.length,
    created: counts.created + created.length,
    updated: counts.updated + updated.length,
    unchanged: counts.unchanged + unchanged.length,
    refused: counts.refused + refused.size,
    waiting: counts.waiting + waiting,
  }
}

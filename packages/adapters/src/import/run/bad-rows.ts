import { inLocale, type Session, type Stored } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import { importJob } from '../plugin/import-job.ts'
import { type ImportRow, importRow } from '../plugin/import-row.ts'
import type { Cell } from '../table.ts'
import { filesOf } from './job-book.ts'
import type { Reason } from './reason.ts'

/** A row that needs attention. */
export interface BadRow {
  /** Its number in the file. */
  readonly row: number
  /** `refused`: there is no record of it. `incomplete`: its record lacks a reference. `waiting`: the reference may still come. */
  readonly state: 'refused' | 'incomplete' | 'waiting'
  /** As they stood in the file, or as they were last repaired, in the order of its columns. */
  readonly cells: readonly string[]
  readonly reasons: readonly Reason[]
  /** The reasons as one sentence after another, in the reader's language. */
  readonly why: string
}

/** The rows of a file that need attention: its own columns, and why, in the reader's language. */
export interface BadRows {
  /** Place of the file in its job, as {@link Repair} names it. */
  readonly index: number
  readonly file: string
  readonly count: number
  /** The file's own, and one more for the reason. */
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly string[]>
  /** The same rows with their numbers and reasons apart. */
  readonly details: AsyncIterable<BadRow>
}

const reasonColumn = { 'zh-CN': '未导入原因', en: 'Why it was not imported' } as const

/** One of these for each file of the job that has such rows. Corrected, it can be imported again: the last column is then not mapped. */
export async function badRowsOf(session: Session, jobId: string, locale?: string): Promise<BadRows[]> {
  const job = await session.records(importJob).get(jobId)
  const found: BadRows[] = []
  for (const [index, { name, columns }] of filesOf(job).entries()) {
    const where = { jobId, file: index }
    const count = await session.records(importRow).count({ where })
    if (count === 0) continue
    const width = columns.length
    found.push({
      index,
      file: name,
      count,
      columns: [...columns, inLocale(reasonColumn, locale)],
      rows: rowsOf(session, where, width, locale),
      details: detailsOf(session, where, width, locale),
    })
  }
  return found
}

type Where = { readonly jobId: string; readonly file: number }

async function* rowsOf(session: Session, where: Where, width: number, locale: string | undefined): AsyncGenerator<string[]> {
  for await (const { cells, why } of detailsOf(session, where, width, locale)) yield [...cells, why]
}

async function* detailsOf(session: Session, where: Where, width: number, locale: string | undefined): AsyncGenerator<BadRow> {
  let cursor: string | undefined
  do {
    const page = await session.records(importRow).find({ where, sort: ['row'], limit: 500, ...(cursor !== undefined && { cursor }) })
    for (const record of page.records) yield badRow(record, width, locale)
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
}

function badRow({ row, state, cells, reasons: kept }: Stored<ImportRow>, width: number, locale: string | undefined): BadRow {
  const list = JSON.parse(cells) as Cell[]
  const reasons = JSON.parse(kept ?? '[]') as Reason[]
  return {
    row: row ?? 0,
    state: state as BadRow['state'],
    cells: Array.from({ length: width }, (_, index) => cellText(list[index])),
    reasons,
    why: sentence(reasons, locale),
  }
}

function sentence(reasons: readonly Reason[], locale: string | undefined): string {
  return reasons
    .map(({ column, message, hint }) => {
      const words = inLocale(message, locale)
      const advice = hint ? ` ${inLocale(hint, locale)}` : ''
      return `${column === null ? '' : `${column}: `}${words}${advice}`
    })
    .join(' | ')
}

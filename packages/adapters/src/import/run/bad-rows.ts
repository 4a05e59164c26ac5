import { inLocale, type Session } from '@guanxi/core'
import { cellText } from '../convert/cell-content.ts'
import { importJob } from '../plugin/import-job.ts'
import { importRow } from '../plugin/import-row.ts'
import type { Cell } from '../table.ts'
import { filesOf } from './job-book.ts'
import type { Reason } from './reason.ts'

/** The rows of a file that need attention: its own columns, and why, in the reader's language. */
export interface BadRows {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<readonly string[]>
}

const reasonColumn = { 'zh-CN': '未导入原因', en: 'Why it was not imported' } as const

/** One of these for each file of the job that has such rows. Corrected, it can be imported again: the last column is then not mapped. */
export async function badRowsOf(session: Session, jobId: string, locale?: string): Promise<BadRows[]> {
  const job = await session.records(importJob).get(jobId)
  const found: BadRows[] = []
  for (const [index, { name, columns }] of filesOf(job).entries()) {
    const where = { jobId, file: index }
    if ((await session.records(importRow).count({ where })) === 0) continue
    found.push({ file: name, columns: [...columns, inLocale(reasonColumn, locale)], rows: rowsOf(session, where, columns.length, locale) })
  }
  return found
}

async function* rowsOf(
  session: Session,
  where: { jobId: string; file: number },
  width: number,
  locale: string | undefined,
): AsyncGenerator<string[]> {
  let cursor: string | undefined
  do {
    const page = await session.records(importRow).find({ where, sort: ['row'], limit: 500, ...(cursor !== undefined && { cursor }) })
    for (const { cells, reasons } of page.records) yield [...texts(cells, width), sentence(reasons, locale)]
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
}

function texts(cells: string, width: number): string[] {
  const list = JSON.parse(cells) as Cell[]
  return Array.from({ length: width }, (_, index) => cellText(list[index]))
}

function sentence(reasons: string | null, locale: string | undefined): string {
  const list = JSON.parse(reasons ?? '[]') as Reason[]
  return list
    .map(({ column, message, hint }) => {
      const words = inLocale(message, locale)
      const advice = hint ? ` ${inLocale(hint, locale)}` : ''
      return `${column === null ? '' : `${column}: `}${words}${advice}`
    })
    .join(' | ')
}

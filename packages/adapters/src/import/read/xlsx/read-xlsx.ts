import type { TableNotice } from '../../table.ts'
import type { ByteSource } from '../byte-source.ts'
import { columnLetter } from '../column-letter.ts'
import { ReadFailure } from '../failure.ts'
import type { Task, WireRow } from '../message.ts'
import type { RawTable } from '../raw-table.ts'
import { openArchive } from './archive.ts'
import { readSharedStrings } from './shared-strings.ts'
import { type SheetReader, sheetReader, sheetRows } from './sheet.ts'
import { readDateStyles } from './styles.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

export async function readXlsx(source: ByteSource, task: Task): Promise<RawTable> {
  const archive = await openArchive(source, task.limits)
  const workbook = await readWorkbook(archive)
  const sheet = chosenSheet(workbook, task.sheet)
  const dateStyles = await readDateStyles(archive, workbook.styles)
  const strings = await readSharedStrings(archive, workbook.sharedStrings, task.limits)
  const reader = sheetReader({ part: sheet.part, strings, dateStyles, since1904: workbook.since1904 }, task.limits)
  const notices: TableNotice[] = []
  return {
    format: { type: 'xlsx', encoding: null, delimiter: null },
    sheet: sheet.name,
    sheets: workbook.sheets.map(({ name }) => name),
    notices,
    rows: withNotices(sheetRows(archive.open(sheet.part), reader, sheet.part), reader, notices),
    position: () => archive.position(),
  }
}

/** The one asked for; else the first that is not hidden. */
function chosenSheet({ sheets }: Workbook, asked: string | null): Workbook['sheets'][number] {
  if (asked !== null) {
    const found = sheets.find(({ name }) => name === asked)
    if (!found) throw new ReadFailure('IMPORT_SHEET_UNKNOWN', { sheet: asked.slice(0, 100) })
    return found
  }
  const first = sheets.find(({ hidden }) => !hidden) ?? sheets[0]
  if (!first) throw new ReadFailure('IMPORT_FILE_EMPTY')
  return first
}

/** Which columns are hidden is known once the first rows are there. */
async function* withNotices(groups: AsyncIterable<WireRow[]>, reader: SheetReader, notices: TableNotice[]): AsyncGenerator<WireRow[]> {
  let told = false
  for await (const rows of groups) {
    if (rows.length > 0 && !told) {
      told = true
      if (reader.hidden.length > 0) notices.push({ code: 'IMPORT_COLUMNS_HIDDEN', params: { columns: ranges(reader.hidden) } })
    }
    yield rows
  }
}

function ranges(hidden: SheetReader['hidden']): string {
  const named = hidden.slice(0, 20).map(([from, to]) => (from === to ? columnLetter(from) : `${columnLetter(from)}–${columnLetter(to)}`))
  return named.join(', ')
}

import type { ByteSource } from '../byte-source.ts'
import { ReadFailure } from '../failure.ts'
import type { Task } from '../message.ts'
import type { RawTable } from '../raw-table.ts'
import { openArchive } from './archive.ts'
import { readSharedStrings } from './shared-strings.ts'
import { sheetReader, sheetRows } from './sheet.ts'
import { readDateStyles } from './styles.ts'
import { readWorkbook, type Workbook } from './workbook.ts'

export async function readXlsx(source: ByteSource, task: Task): Promise<RawTable> {
  const archive = await openArchive(source, task.limits)
  const workbook = await readWorkbook(archive)
  const sheet = chosenSheet(workbook, task.sheet)
  const dateStyles = await readDateStyles(archive, workbook.styles)
  const strings = await readSharedStrings(archive, workbook.sharedStrings, task.limits)
  const reader = sheetReader({ part: sheet.part, strings, dateStyles, since1904: workbook.since1904 }, task.limits)
  return {
    format: { type: 'xlsx', encoding: null, delimiter: null },
    sheet: sheet.name,
    sheets: workbook.sheets.map(({ name }) => name),
    notices: [],
    hidden: reader.hidden,
    rows: sheetRows(archive.open(sheet.part), reader, sheet.part),
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

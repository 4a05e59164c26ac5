import { ReadFailure } from '../failure.ts'
import type { Archive } from './archive.ts'
import { insidePart, type Relationship, readRelationships } from './relationships.ts'
import { prefixed, readXml } from './xml.ts'

export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string; readonly hidden: boolean }[]
  /** Days count from 1904 on, as on old Macs. */
  readonly since1904: boolean
  readonly styles: string | null
  readonly sharedStrings: string | null
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const part = await workbookPart(archive)
  const related = await readRelationships(archive, part)
  const listed: { name: string; id: string; hidden: boolean }[] = []
  let since1904 = false
  await readXml(part, archive.open(part), {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = isTrue(attributes.date1904)
      if (name !== 'sheet') return
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden'
      listed.push({ name: attributes.name ?? '', id: prefixed(attributes, 'id') ?? '', hidden })
    },
  })
  const sheets = listed.flatMap(({ name, id, hidden }) => {
    const relationship = related.find((one) => one.id === id)
    // Sheets that are a chart or a dialog have no rows.
    if (relationship && relationship.type !== 'worksheet') return []
    return [{ name, part: insidePart(relationship, `xl/worksheets (${name.slice(0, 40)})`), hidden }]
  })
  return { sheets, since1904, styles: partOf(related, 'styles', archive), sharedStrings: partOf(related, 'sharedStrings', archive) }
}

async function workbookPart(archive: Archive): Promise<string> {
  const main = (await readRelationships(archive, '')).find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (main.toLowerCase().endsWith('.bin')) throw new ReadFailure('IMPORT_FILE_OLD_EXCEL')
  if (archive.has(main) && main.toLowerCase().startsWith('xl/')) return main
  // A zip of another program, unless what is missing should be there.
  if (archive.has('xl/_rels/workbook.xml.rels')) throw new ReadFailure('IMPORT_FILE_DAMAGED', { part: 'xl/workbook.xml' })
  throw new ReadFailure('IMPORT_FILE_TYPE')
}

function partOf(related: readonly Relationship[], type: string, archive: Archive): string | null {
  const part = related.find((one) => one.type === type)?.part ?? null
  return part !== null && archive.has(part) ? part : null
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

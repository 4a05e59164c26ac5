import { type ZipPart, zipOf } from './zip.ts'

export interface SheetFixture {
  readonly name: string
  /** What is inside of `<sheetData>`. */
  readonly rows?: string
  /** What comes before and after it. */
  readonly before?: string
  readonly after?: string
  readonly state?: string
}

export interface WorkbookFixture {
  readonly sheets?: readonly SheetFixture[]
  /** Shorthand for one sheet with these rows. */
  readonly rows?: string
  readonly since1904?: boolean
  /** Items of `<sst>`. */
  readonly strings?: string
  readonly numberFormats?: string
  /** Number format ids of styles 0, 1, … */
  readonly formats?: readonly number[]
  /** Parts added, or put in the place of those with the same name. */
  readonly parts?: readonly ZipPart[]
  readonly without?: readonly string[]
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relationships = (inner: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`

/** Parts of a workbook as Excel would lay them out. */
export function workbookParts(fixture: WorkbookFixture): ZipPart[] {
  const { sheets = [{ name: 'Sheet1', rows: fixture.rows ?? '' }], formats = [0] } = fixture
  const list = sheets.map(({ name, state }, index) => {
    return `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`
  })
  const links = sheets.map((_, index) => {
    return `<Relationship Id="rId${index + 1}" Type="${related}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`
  })
  const parts: ZipPart[] = [
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: '_rels/.rels', data: relationships(`<Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/>`) },
    {
      name: 'xl/workbook.xml',
      data: `<workbook ${main} xmlns:r="${related}"><workbookPr date1904="${fixture.since1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relationships(
        `${links.join('')}<Relationship Id="rIdS" Type="${related}/styles" Target="styles.xml"/>` +
          `<Relationship Id="rIdT" Type="${related}/sharedStrings" Target="/xl/sharedStrings.xml"/>`,
      ),
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet ${main}><numFmts>${fixture.numberFormats ?? ''}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', data: `<sst ${main}>${fixture.strings ?? ''}</sst>` },
    ...sheets.map(({ rows = '', before = '', after = '' }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: `<worksheet ${main}>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
    })),
  ]
  const added = fixture.parts ?? []
  const dropped = [...added.map(({ name }) => name), ...(fixture.without ?? [])]
  return [...parts.filter(({ name }) => !dropped.includes(name)), ...added]
}

export function workbookOf(fixture: WorkbookFixture): Buffer {
  return zipOf(workbookParts(fixture))
}

/** A row of texts, as inline strings. */
export function textRow(number: number, texts: readonly string[]): string {
  return `<row r="${number}">${texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`
}

import { xmlText } from './xml-text.ts'

export const xmlHeader = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const contentTypes = `${xmlHeader}<Types xmlns="${packaged}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="${sheetml}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetml}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="${sheetml}.styles+xml"/></Types>`

export const packageRelationships = related([['officeDocument', 'xl/workbook.xml']])

export const workbookRelationships = related([
  ['worksheet', 'worksheets/sheet1.xml'],
  ['styles', 'styles.xml'],
])

export function workbook(sheetName: string): string {
  const name = xmlText(allowedSheetName(sheetName))
  return `${xmlHeader}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

function related(targets: readonly (readonly [type: string, target: string])[]): string {
  const entries = targets.map(([type, target], index) => {
    return `<Relationship Id="rId${index + 1}" Type="${relationships}/${type}" Target="${target}"/>`
  })
  return `${xmlHeader}<Relationships xmlns="${packaged}/relationships">${entries.join('')}</Relationships>`
}

/** Excel takes 31 characters, none of `[]:*?/\`, and no apostrophe at the ends. */
function allowedSheetName(name: string): string {
  const plain = name.toWellFormed().replace(/[[\]:*?/\\\p{Cc}\ufffe\uffff]/gu, ' ')
  const short = plain
    .slice(0, 31)
    .toWellFormed()
    .replace(/\ufffd$/, '')
  return short.replace(/^['\s]+|['\s]+$/g, '') || 'Sheet1'
}

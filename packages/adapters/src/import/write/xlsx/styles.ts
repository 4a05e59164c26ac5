import type { ExportColumn } from '../column.ts'
import { main, xmlHeader } from './parts.ts'

/** Positions in the list of styles. */
export const style = { general: 0, header: 1, text: 2, guarded: 3, date: 4, datetime: 5, number: 6 } as const

/** Styles of a sheet: which one a column's values have, and the part that describes them all. */
export interface Styles {
  readonly of: (column: ExportColumn) => number
  readonly xml: string
}

export function stylesOf(columns: readonly ExportColumn[]): Styles {
  const decimals = [...new Set(columns.filter(({ type }) => type === 'money').map(placesOf))]
  const firstMoney = style.number + 1
  return {
    of: (column) => {
      if (column.type === 'money') return firstMoney + decimals.indexOf(placesOf(column))
      return column.type === 'boolean' ? style.general : style[column.type]
    },
    xml: stylesXml(decimals),
  }
}

function placesOf({ decimals = 2 }: ExportColumn): number {
  return Math.min(Math.max(Math.trunc(decimals), 0), 15)
}

function stylesXml(decimals: readonly number[]): string {
  const formats = [
    '<numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>',
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm:ss"/>',
    ...decimals.map(
      (places, index) => `<numFmt numFmtId="${166 + index}" formatCode="#,##0${places > 0 ? `.${'0'.repeat(places)}` : ''}"/>`,
    ),
  ]
  const cells = [
    cell(0),
    cell(49, ' fontId="1" applyFont="1"'),
    cell(49),
    // The mark that Excel itself sets for a text typed after an apostrophe: editing the cell does not make it a formula.
    cell(49, ' quotePrefix="1"'),
    cell(164),
    cell(165),
    cell(0),
    ...decimals.map((_, index) => cell(166 + index)),
  ]
  return `${xmlHeader}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats.join('')}</numFmts>
<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`
}

function cell(format: number, more = ''): string {
  return `<xf numFmtId="${format}" xfId="0" applyNumberFormat="1"${more}/>`
}

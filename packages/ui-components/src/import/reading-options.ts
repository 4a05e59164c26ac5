import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import { renderSelect, renderText } from './controls.ts'
import type { ImportView } from './import-view.ts'
import type { Source } from './source.ts'

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'windows-1252', 'shift_jis', 'euc-kr']
const delimiters = [',', ';', '\t', '|'] as const

/** How the file is read, where it was found out wrongly: the row of the column names, encoding, delimiter, sheet. */
export function renderReadingOptions(view: ImportView, source: Source): TemplateResult {
  const { reading, preview, uploaded } = source
  const { encoding, delimiter } = preview?.format ?? { encoding: null, delimiter: null }
  const set = (next: Source['reading']): void => view.choose(source, { reading: next })
  const without = (name: keyof Source['reading']): Source['reading'] =>
    Object.fromEntries(Object.entries(reading).filter(([known]) => known !== name))
  const setHeader = (text: string): void => {
    const row = Number(text)
    set(Number.isInteger(row) && row > 0 ? { ...reading, header: row } : without('header'))
  }
  const isCsv = uploaded?.format === 'csv'
  const found = view.t('import.reading.found', { value: encoding?.toUpperCase() ?? '?' })
  const foundDelimiter = view.t('import.reading.found', { value: delimiter === null ? '?' : view.t(delimiterKey(delimiter)) })
  // Reading it anew draws everything anew; who is at it stays at it.
  const open = `reading ${source.file.name}`
  const toggled = (event: ToggleEvent): void => {
    if ((event.newState === 'open') !== view.shown.has(open)) view.shown.toggle(open)
  }
  return html`<details class="panel fold-panel" part="panel" ?open=${view.shown.has(open)} @toggle=${toggled}>
    <summary class="panel-head"><h4 class="h3">${view.t('import.reading.title')}</h4><span class="xs dim head-hint">${[encoding?.toUpperCase(), delimiter === null ? null : view.t(delimiterKey(delimiter)), source.sheet].filter(Boolean).join(' · ')}</span><span class="grow"></span>${icon('down')}</summary>
    <div class="panel-body pairs">
      ${renderText({ label: view.t('import.reading.header'), value: reading.header === undefined ? '' : String(reading.header), placeholder: view.t('import.reading.first'), change: setHeader })}
      ${
        isCsv
          ? html`${renderSelect({
              label: view.t('import.reading.encoding'),
              value: reading.encoding ?? '',
              choices: [{ value: '', label: found }, ...encodings.map((name) => ({ value: name, label: name.toUpperCase() }))],
              choose: (value) => set(value ? { ...reading, encoding: value } : without('encoding')),
            })}
            ${renderSelect({
              label: view.t('import.reading.delimiter'),
              value: reading.delimiter ?? '',
              choices: [
                { value: '', label: foundDelimiter },
                ...delimiters.map((one) => ({ value: one, label: view.t(delimiterKey(one)) })),
              ],
              choose: (value) => set(value ? { ...reading, delimiter: value } : without('delimiter')),
            })}`
          : nothing
      }
    </div>
  </details>`
}

function delimiterKey(
  delimiter: string,
): 'import.reading.comma' | 'import.reading.semicolon' | 'import.reading.tab' | 'import.reading.bar' {
  if (delimiter === ';') return 'import.reading.semicolon'
  if (delimiter === '\t') return 'import.reading.tab'
  return delimiter === '|' ? 'import.reading.bar' : 'import.reading.comma'
}

import { html, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import { renderSelect, renderText } from './controls.ts'
import { setGeneral } from './mapping-edits.ts'
import type { MappingPart } from './mapping-part.ts'

/** What is said of all cells of the file. */
export function renderGeneral(part: MappingPart): TemplateResult {
  const { view, mapping } = part
  const words = (mapping.empty ?? []).join(' ')
  const setWords = (text: string): void => {
    const list = text.split(/[\s,，、]+/).filter(Boolean)
    part.edit(setGeneral(mapping, 'empty', list.length > 0 ? list : undefined))
  }
  return html`<details class="panel fold-panel" part="panel">
    <summary class="panel-head"><h4 class="h3">${view.t('import.general.title')}</h4><span class="grow"></span>${icon('down')}</summary>
    <div class="panel-body pairs">
      ${renderText({ label: view.t('import.general.empty'), value: words, placeholder: 'NULL  N/A  无', hint: view.t('import.general.emptyHint'), change: setWords })}
      ${renderSelect({
        label: view.t('import.general.blank'),
        value: mapping.blank ?? 'keep',
        choices: [
          { value: 'keep', label: view.t('import.general.keep') },
          { value: 'clear', label: view.t('import.general.clear') },
        ],
        choose: (value) => part.edit(setGeneral(mapping, 'blank', value === 'clear' ? 'clear' : undefined)),
      })}
      ${renderText({ label: view.t('import.zone'), value: mapping.zone ?? '', placeholder: 'Asia/Shanghai', offers: ['Asia/Shanghai', 'UTC', 'America/New_York', 'Europe/London'], id: 'zone', change: (text) => part.edit(setGeneral(mapping, 'zone', text.trim() || undefined)) })}
      ${renderText({ label: view.t('import.general.country'), value: mapping.country ?? '', placeholder: 'CN', change: (text) => part.edit(setGeneral(mapping, 'country', text.trim().toUpperCase() || undefined)) })}
    </div>
  </details>`
}

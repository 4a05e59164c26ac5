import { html, nothing, type TemplateResult } from 'lit'
import { renderButton } from '../display/button.ts'
import { icon } from '../icon/icon.ts'
import { renderSelect, renderText } from './controls.ts'
import { fitted } from './mapping-edits.ts'
import type { MappingPart } from './mapping-part.ts'

/** Mappings kept for files of the same kind: take one, keep this one. */
export function renderSaved(part: MappingPart): TemplateResult {
  const { view, source, preview } = part
  const { saved } = view
  const name = view.shownName ?? source.name.replace(/\.\w+(?= · |$)/, '')
  const apply = (chosen: string): void => {
    const found = saved.find((one) => one.name === chosen)
    if (!found) return
    const { mapping, missing } = fitted(found.mapping, preview.columns)
    source.missing = missing
    view.shownName = chosen
    part.edit(mapping)
  }
  const current = saved.some((one) => one.name === name)
  return html`<section class="panel" part="panel" aria-label=${view.t('import.saved.title')}>
    <div class="panel-head"><h4 class="h3">${view.t('import.saved.title')}</h4><span class="grow"></span><span class="xs dim head-hint">${view.t('import.saved.text')}</span></div>
    <div class="panel-body stack">
      ${source.missing.length > 0 ? html`<p class="late xs" role="status">${icon('warn')}${view.t('import.saved.missing', { names: source.missing.join(view.t('list.separator')) })}</p>` : nothing}
      <div class="saved-line">
        ${saved.length > 0 ? renderSelect({ label: view.t('import.saved.apply'), quiet: true, value: '', choices: [{ value: '', label: view.t('import.saved.apply') }, ...saved.map((one) => ({ value: one.name, label: one.name }))], choose: apply }) : nothing}
        ${renderText({
          label: view.t('import.saved.name'),
          quiet: true,
          value: name,
          change: (text) => {
            view.shownName = text
          },
        })}
        ${renderButton({ label: view.t(current ? 'import.saved.replace' : 'import.saved.save'), run: () => void view.saveMapping(source, view.shownName ?? name) })}
        ${current ? renderButton({ label: view.t('remove.name', { name }), icon: 'trash', look: 'ghost', bare: true, run: () => void view.removeMapping(name) }) : nothing}
      </div>
    </div>
  </section>`
}

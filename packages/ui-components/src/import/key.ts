import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../icon/icon.ts'
import { renderCheck } from './controls.ts'
import { toggleKey } from './mapping-edits.ts'
import { labelOf, type MappingPart } from './mapping-part.ts'
import { peopleObject } from './people-object.ts'
import { canBeKey } from './targets.ts'

/** By what records that exist are found again. */
export function renderKey(part: MappingPart): TemplateResult | typeof nothing {
  const { view, mapping, fields, object } = part
  // People are known by number, address or name; the directory sees to that itself.
  if (object.name === peopleObject) return nothing
  const key = mapping.key ?? []
  const filled = new Set([...mapping.columns.map(({ field }) => field), ...Object.keys(mapping.templates ?? {})])
  const possible = fields.filter((field) => filled.has(field.name) && canBeKey(field))
  if (possible.length === 0) return nothing
  const names = key.map((name) => labelOf(part, name)).join(view.t('list.separator'))
  return html`<section class="panel" part="panel" aria-label=${view.t('import.key.title')}>
    <div class="panel-head"><h4 class="h3">${view.t('import.key.title')}</h4></div>
    <div class="panel-body stack">
      <fieldset class="ticks"><legend class="sr">${view.t('import.key.title')}</legend>
        ${possible.map(({ name }) => renderCheck(labelOf(part, name), key.includes(name), () => part.edit(toggleKey(mapping, name))))}
      </fieldset>
      <p class="xs ${key.length > 0 ? 'dim' : 'late'}">${key.length > 0 ? view.t('import.key.some', { names }) : html`${icon('warn')}${view.t('import.key.none')}`}</p>
    </div>
  </section>`
}

import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { attributesOf, renderControl, renderProblem } from '../control.ts'
import { renderPlaced } from '../sentence.ts'
import { renderChoices, renderSelect } from './choice-control.ts'
import { renderNumber } from './number-control.ts'
import { hintOf, isKept, labelOf, type ParamPlace, put, renderOptional } from './param-place.ts'
import { renderPerson } from './person-control.ts'
import { renderNamed, renderValues } from './rows-control.ts'

/** The control that the schema of a param asks for. */
export function renderParam(place: ParamPlace): TemplateResult | typeof nothing {
  const { action, param } = place
  const value = action.params[param.name]
  switch (param.control) {
    case 'words':
      return renderWords(place)
    case 'fields':
      return renderValues(place)
    case 'values':
      return renderNamed(place)
    case 'person':
      return renderPerson(place)
    case 'number':
      return renderNumber(place)
    case 'kept':
      return value === undefined && !param.isRequired ? nothing : renderKept(place)
    case 'choices':
      return renderChoices(place)
    case 'text':
    case 'lines':
    case 'date':
      return isKept(value) ? renderKept(place) : renderText(place)
    default:
      return isKept(value) && param.control !== 'team' ? renderKept(place) : renderSelect(place)
  }
}

/** Text in both languages. */
function renderWords(place: ParamPlace): TemplateResult {
  const { writing, rule, action, param, path } = place
  const { host } = writing
  const words = Object(action.params[param.name]) as Readonly<Record<string, string>>
  const write = (locale: 'zh-CN' | 'en') => (text: string) => {
    const both = { 'zh-CN': words['zh-CN'] ?? '', en: words.en ?? '', [locale]: text }
    const isSaid = both['zh-CN'] !== '' || both.en !== ''
    put(place, isSaid || param.isRequired ? both : undefined)
  }
  return html`<fieldset class="words"><legend class="label">${labelOf(place)}${renderOptional(place)}</legend><div class="pair">${(
    ['zh-CN', 'en'] as const
  ).map((locale) =>
    renderPlaced(writing, rule, {
      label: host.t(locale === 'en' ? 'rules.english' : 'rules.chinese'),
      ...{ path: `${path}/${locale}`, locale, value: words[locale] ?? '', maxLength: Math.min(param.maxLength, 500), rows: 2 },
      write: write(locale),
    }),
  )}</div></fieldset>`
}

function renderText(place: ParamPlace): TemplateResult {
  const { writing, rule, action, param, path } = place
  const { control, maxLength, hasPlaces, isRequired } = param
  const value = action.params[param.name]
  const isLong = control === 'lines' || (control === 'text' && maxLength > 300)
  const shown = Array.isArray(value) ? value.join('\n') : String(value ?? '')
  const write = (text: string) => put(place, control === 'lines' ? listOf(text) : text)
  if (hasPlaces)
    return renderPlaced(writing, rule, {
      ...{ label: labelOf(place), path, locale: null, value: shown, maxLength, rows: isLong ? 3 : 1, isOptional: !isRequired, write },
    })
  const input = (event: Event) => write((event.target as HTMLInputElement).value)
  return renderControl(
    writing,
    { label: labelOf(place), path, hint: hintOf(place), isOptional: !isRequired },
    ({ id, invalid, describedBy }) =>
      isLong
        ? html`<textarea class="textarea" id=${id} rows="3" maxlength=${maxLength} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(shown)} @change=${input}></textarea>`
        : html`<input class="input" id=${id} type=${control === 'date' ? 'date' : 'text'} maxlength=${maxLength} aria-invalid=${invalid} aria-describedby=${describedBy} .value=${live(shown)} @input=${input} />`,
  )
}

const listOf = (text: string): readonly string[] | undefined => {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.some(Boolean) ? lines.filter(Boolean) : undefined
}

/** What cannot be shown is said, and stays as it is. */
export function renderKept(place: ParamPlace): TemplateResult {
  const { writing, action, param, path } = place
  const { host, object, view } = writing
  const { id } = attributesOf(writing, path)
  const value = action.params[param.name]
  const said = param.isExpression && object && isKept(value) ? view.words.value(object, value, true) : ''
  return html`<div class="control" role="group" aria-labelledby=${`${id}-label`}><span class="label" id=${`${id}-label`}>${labelOf(place)}</span>
    <p class="soft" id=${id} tabindex="-1">${said || host.t(value === undefined ? 'rules.param.none' : 'rules.param.kept')}</p>${renderProblem(writing, path)}</div>`
}

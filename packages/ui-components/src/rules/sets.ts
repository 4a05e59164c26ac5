import { nothing, type TemplateResult } from 'lit'
import { html } from 'lit/static-html.js'
import type { FieldView, ObjectView } from '../client/types.ts'
import { renderButton } from '../display/button.ts'
import { tagOf } from '../element/tag.ts'
import type { CrmField } from '../field/field.ts'
import { attributesOf, renderProblem } from './control.ts'
import { type DraftRule, type DraftSet, emptySet, type SetHow, settableFields, sourcesFor } from './draft.ts'
import type { Writing } from './writing.ts'

/** Fields that get values, wherever it is said. */
export interface SetRows {
  readonly sets: readonly DraftSet[]
  put(sets: DraftSet[]): void
  /** Whose fields they are. */
  readonly target: ObjectView | undefined
  readonly fields: readonly FieldView[]
  /** JSON pointers: of a row without a field, and of the value of a field. */
  readonly rowPath: string
  readonly valuePath: string
  /** None may be left. */
  readonly mayBeEmpty: boolean
  /** Another control for a text; null = that of the field. */
  text?(set: DraftSet, field: FieldView, path: string): TemplateResult | null
}

/** What a rule sets: field by field, each with a control of its own kind. */
export function renderSets(writing: Writing, rule: DraftRule, index: number): TemplateResult {
  const { host, object } = writing
  const path = `/rules/${index}`
  const rows: SetRows = {
    ...{ sets: rule.sets, target: object, fields: settableFields(object), mayBeEmpty: false },
    ...{ rowPath: `${path}/sets`, valuePath: `${path}/set` },
    put: (sets) => {
      rule.sets = sets
    },
  }
  return html`<section class="rule-sets" aria-label=${host.t('rules.set')}><h3>${host.t('rules.set')}</h3>${renderRows(writing, rows)}</section>`
}

export function renderRows(writing: Writing, rows: SetRows): TemplateResult {
  const add = () => {
    rows.put([...rows.sets, emptySet()])
    writing.changed()
    writing.focus(`#${attributesOf(writing, `${rows.rowPath}/${rows.sets.length}`).id}`)
  }
  return html`<ul>${rows.sets.map((set, at) => renderSet(writing, rows, set, at))}</ul>
    ${renderButton({ label: writing.host.t('rules.addSet'), icon: 'plus', look: 'sm ghost', run: add })}`
}

function renderSet(writing: Writing, rows: SetRows, set: DraftSet, at: number): TemplateResult {
  const { host } = writing
  const { sets, target, fields, mayBeEmpty } = rows
  const field = target?.fields.find(({ name }) => name === set.field)
  const taken = new Set(sets.filter((one) => one !== set).map((one) => one.field))
  const path = `${rows.rowPath}/${at}`
  const value = `${rows.valuePath}/${set.field}`
  const own = attributesOf(writing, path)
  const choose = (event: Event) => {
    Object.assign(set, emptySet(), { field: (event.target as HTMLSelectElement).value })
    writing.changed()
  }
  const remove = () => {
    rows.put(sets.filter((one) => one !== set))
    writing.changed()
  }
  const name = field ? host.words(field.label) : host.t('rules.set.field')
  return html`<li class="set"><div class="set-parts">
      <select class="select set-field" id=${own.id} aria-label=${host.t('rules.set.field')} aria-invalid=${own.invalid} aria-describedby=${own.describedBy} @change=${choose}>
        <option value="" ?selected=${set.field === ''}>${host.t('rules.set.choose')}</option>
        ${fields.filter((one) => one.name === set.field || !taken.has(one.name)).map((one) => html`<option value=${one.name} ?selected=${one.name === set.field}>${host.words(one.label)}</option>`)}
        ${set.field && !fields.some((one) => one.name === set.field) ? html`<option value=${set.field} selected>${field ? name : set.field}</option>` : nothing}
      </select>${field ? renderHow(writing, rows, set, field) : nothing}${field ? renderValue(writing, rows, set, field, value) : renderUnknown(writing, set)}</div>
    ${sets.length > 1 || mayBeEmpty ? renderButton({ label: host.t('remove.name', { name }), icon: 'close', look: 'sm ghost', bare: true, run: remove }) : nothing}
    ${renderProblem(writing, path)}${set.field && set.how !== 'value' ? renderProblem(writing, value) : nothing}</li>`
}

/** A field that is gone, or that the reader may not see: what is said of it stays. */
function renderUnknown({ host }: Writing, { field }: DraftSet): TemplateResult | typeof nothing {
  return field === '' ? nothing : html`<span class="kept soft">${host.t('rules.param.gone')}</span>`
}

/** Kinds that only a fixed value can be for. */
const fixed = new Set(['money', 'multiChoice'])

function renderHow(writing: Writing, rows: SetRows, set: DraftSet, field: FieldView): TemplateResult {
  const { host } = writing
  const isTime = field.kind === 'date' || field.kind === 'instant'
  const isFixed = fixed.has(field.kind)
  const hows: readonly SetHow[] = [
    'value',
    ...(field.required ? [] : (['empty'] as const)),
    ...(!isFixed && pathsFor(writing, rows, field).length > 0 ? (['field'] as const) : []),
    ...(isTime ? (['now'] as const) : []),
    ...(set.how === 'kept' ? (['kept'] as const) : []),
  ]
  const choose = (event: Event) => {
    set.how = (event.target as HTMLSelectElement).value as SetHow
    writing.changed()
  }
  const label = (how: SetHow) => {
    if (how !== 'now') return host.t(`rules.how.${how}`)
    const moment = field.kind === 'date' ? 'today' : 'now'
    return host.t(writing.isOnSave ? `rules.save.how.${moment}` : `rules.how.${moment}`)
  }
  return html`<select class="select set-how" aria-label=${host.t('rules.set.how')} @change=${choose}>${hows.map((how) => html`<option value=${how} ?selected=${how === set.how}>${label(how)}</option>`)}</select>`
}

/** Where the value of a field can come from: a path, and what it is called. Where a record is saved, only its own fields are known. */
function pathsFor(writing: Writing, { target }: SetRows, field: FieldView): readonly (readonly [path: string, label: string])[] {
  const { object, host } = writing
  const isOther = target !== object
  const itself = isOther && field.kind === 'reference' && field.to === object?.name
  const plain = [
    ...(itself ? [['id', host.t('rules.thisRecord')] as const] : []),
    ...sourcesFor(object, isOther ? { ...field, name: '' } : field).map(({ name, label }) => [name, host.words(label)] as const),
  ]
  if (field.kind !== 'user' || writing.isOnSave) return plain
  const led = (object?.fields ?? []).filter(({ name, kind }) => kind === 'user' || name === 'teamId')
  const leader = host.t('rules.leader')
  return [...plain, ...led.map(({ name, label }) => [`${name}.leaderId`, `${host.words(label)} › ${leader}`] as const)]
}

function renderValue(writing: Writing, rows: SetRows, set: DraftSet, field: FieldView, path: string): unknown {
  const { host, object, view, isOnSave } = writing
  if (set.how === 'field') {
    const choose = (event: Event) => {
      set.path = (event.target as HTMLSelectElement).value
      writing.changed()
    }
    const { id, invalid, describedBy } = attributesOf(writing, path)
    const paths = pathsFor(writing, rows, field)
    return html`<select class="select set-value" id=${id} aria-label=${host.t('rules.how.field')} aria-invalid=${invalid} aria-describedby=${describedBy} @change=${choose}>
      <option value="" ?selected=${set.path === ''}>${host.t('choose')}</option>
      ${paths.map(([name, label]) => html`<option value=${name} ?selected=${name === set.path}>${label}</option>`)}
      ${set.path && !paths.some(([name]) => name === set.path) ? html`<option value=${set.path} selected>${object ? view.words.value(object, set.logic, isOnSave) : set.path}</option>` : nothing}</select>`
  }
  if (set.how === 'kept')
    return html`<span class="set-value kept soft">${object ? view.words.value(object, set.logic, isOnSave) : ''}</span>`
  if (set.how !== 'value') return nothing
  return (
    rows.text?.(set, field, path) ??
    renderFixed(writing, field, set.value, path, (value) => {
      set.value = value
    })
  )
}

/** The control of a field's own kind. */
export function renderFixed(
  writing: Writing,
  field: FieldView,
  value: unknown,
  path: string,
  put: (value: unknown) => void,
): TemplateResult {
  const { host, view } = writing
  const tag = tagOf(host, 'field')
  const problem = writing.problemAt(path)
  const change = (event: Event) => {
    event.stopPropagation()
    put((event.currentTarget as CrmField).value ?? null)
    writing.changed()
  }
  const plain = { ...field, help: null, required: false, unique: false }
  const record = { id: '', version: 0, [field.name]: value, related: { [field.name]: view.names.related(field, value) } }
  return html`<${tag} class="set-value" bare src=${host.src} .locale=${host.language} .field=${plain} .value=${value} .record=${record} .error=${problem || null} ?revealed=${problem !== ''} aria-invalid=${problem ? 'true' : nothing} @crm-change=${change}></${tag}>`
}
